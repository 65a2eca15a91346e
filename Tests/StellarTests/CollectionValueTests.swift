import Stellar
import StellarXDR
import Testing

@Suite struct CollectionValueTests {
    @Test func `a map is written in the order of its keys, as the ledger demands`() throws {
        let numbers: [Int32: Bool] = [3: true, -1: false, 0: true]
        #expect(
            numbers.scVal
                == .map([
                    SCMapEntry(key: .i32(-1), val: .bool(false)),
                    SCMapEntry(key: .i32(0), val: .bool(true)),
                    SCMapEntry(key: .i32(3), val: .bool(true)),
                ]))
        #expect(try [Int32: Bool](scVal: numbers.scVal) == numbers)
        let texts: [SCBytes: UInt32] = [SCBytes([2]): 0, SCBytes([1, 9]): 1, SCBytes([1]): 2]
        guard case .map(let entries?) = texts.scVal else { throw SCValError.outOfRange }
        #expect(entries.map(\.key) == [[1], [1, 9], [2]].map { .bytes(SCBytes($0)) })
    }

    @Test func `keys of different types are ordered by type, lists by their elements`() throws {
        let keys: [SCVal] = [
            .bool(false), .bool(true), .u32(1), .i32(-5), .int128(-1), .int128(2),
            .symbol("a"), .symbol("b"), .vec([]), .vec([.u32(1)]), .vec([.u32(1), .u32(0)]),
            .vec([.u32(2)]),
            .address(.contract(try ContractID([UInt8](repeating: 1, count: 32)))),
        ]
        let map = Dictionary(uniqueKeysWithValues: keys.shuffled().map { ($0, true) })
        guard case .map(let entries?) = map.scVal else { throw SCValError.outOfRange }
        #expect(entries.map(\.key) == keys)
    }

    @Test func `a key that is there twice is refused`() {
        let entry = SCMapEntry(key: .u32(1), val: .void)
        #expect(throws: SCValError.wrongCount(2, expected: 1)) {
            try [UInt32: SCVal](scVal: .map([entry, entry]))
        }
    }

    @Test func `a tuple is a list of as many values`() throws {
        let tuple = ContractTuple(7 as UInt32, "a", SCBytes([1]) as SCBytes?)
        #expect(tuple.scVal == .vec([.u32(7), .string("a"), .bytes(SCBytes([1]))]))
        let read = try ContractTuple<UInt32, String, SCBytes?>(scVal: tuple.scVal)
        #expect(read == tuple)
        #expect(read.hashValue == tuple.hashValue)
        #expect(read.elements.1 == "a")
        #expect(ContractTuple(8 as UInt32, "a", nil as SCBytes?) != tuple)
        #expect(throws: SCValError.wrongCount(3, expected: 2)) {
            try ContractTuple<UInt32, String>(scVal: tuple.scVal)
        }
    }

    @Test func `bytes of a fixed number are that many`() throws {
        let bytes = try ContractBytes<3>([1, 2, 3])
        #expect(try ContractBytes<3>(scVal: bytes.scVal) == bytes)
        #expect(throws: SCValError.wrongCount(2, expected: 3)) { try ContractBytes<3>([1, 2]) }
        #expect(throws: SCValError.wrongCount(1, expected: 3)) {
            try ContractBytes<3>(scVal: .bytes(SCBytes([1])))
        }
    }
}
