import Stellar
import StellarXDR
import Testing

@Suite struct SCValTests {
    @Test(arguments: [0, 1, -1, .max, .min, 1 << 64, -(1 << 64)] as [Int128])
    func `amounts survive the way there and back`(amount: Int128) throws {
        let value = amount.scVal
        #expect(try SCVal(xdr: value.xdr()) == value)
        #expect(try value.decode(as: Int128.self) == amount)
    }

    @Test func `values of a type are not read as another`() {
        #expect(throws: SCValError.unexpectedType(expected: .i128, found: .u32)) {
            try SCVal.u32(1).decode(as: Int128.self)
        }
        #expect(throws: SCValError.unexpectedType(expected: .u32, found: .void)) {
            try SCVal.vec([.u32(1), .void]).decode(as: [UInt32].self)
        }
        #expect(throws: SCValError.wrongCount(3, expected: 32)) {
            try SCVal.bytes([1, 2, 3]).decode(as: Hash.self)
        }
    }

    @Test func `text that is no UTF-8 is read all the same`() throws {
        let text = SCVal.string(SCString([0x61, 0xFF, 0x62]))
        #expect(try text.decode(as: String.self) == "a\u{FFFD}b")
    }

    @Test func `an absent value is void`() throws {
        #expect((nil as UInt32?).scVal == .void)
        #expect(try SCVal.void.decode(as: UInt32?.self) == nil)
        #expect(try SCVal.u32(4).decode(as: UInt32?.self) == 4)
    }

    @Test func `a structure is a map in the order of its names`() throws {
        let value = SCVal.structure(["b": .u32(2), "a": 1.scVal, "aa": .void])
        guard case .map(let entries?) = value else {
            Issue.record("not a map")
            return
        }
        #expect(entries.map(\.key) == [.symbol("a"), .symbol("aa"), .symbol("b")])
        #expect(try value.field("b", as: UInt32.self) == 2)
        #expect(throws: SCValError.missingField("c")) { try value.field("c", as: UInt32.self) }
    }

    @Test func `a variant is its name and what it carries`() throws {
        let variant = try SCVal.variant("Paid", [.u32(3)]).variant()
        #expect(variant.name == "Paid")
        #expect(variant.values == [.u32(3)])
        #expect(throws: SCValError.wrongCount(0, expected: 1)) { try SCVal.vec([]).variant() }
    }
}

extension Int {
    fileprivate var scVal: SCVal { Int128(self).scVal }
}
