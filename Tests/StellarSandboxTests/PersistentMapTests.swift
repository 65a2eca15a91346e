import StellarXDR
import Testing

@testable import StellarSandbox

/// A key of which many have the same hash.
private struct Key: PlacedKey {
    let number: Int
    let hashes: Int

    func hash(into hasher: inout Hasher) { hasher.combine(number % hashes) }
}

extension Int: PlacedKey {}

@Suite struct PersistentMapTests {
    /// A thread of the pool has half a megabyte of stack.
    @Test func `keys of one hash may be many`() async throws {
        let (map, copy) = await Task.detached {
            var map = PersistentMap<Key, Int>()
            for number in 0..<4_000 { map.update(Key(number: number, hashes: 1)) { _ in number } }
            let copy = map
            for number in 0..<2_000 { map.update(Key(number: number, hashes: 1)) { _ in nil } }
            return (map, copy)
        }.value
        #expect(map.count == 2_000 && copy.count == 4_000)
        #expect(copy[Key(number: 7, hashes: 1)] == 7)
        #expect(map[Key(number: 7, hashes: 1)] == nil)
        #expect(map[Key(number: 3_000, hashes: 1)] == 3_000)
    }

    /// Numbers whose exclusive or is the same, shifted as one may, or with their top bits turned.
    @Test func `keys that are chosen to stand together do not`() {
        var accounts: Set<UInt> = []
        func place(_ words: [UInt64]) -> UInt {
            var bytes: [UInt8] = []
            for word in words { withUnsafeBytes(of: word.bigEndian) { bytes += $0 } }
            return LedgerKey.account(.ed25519(Uint256(fitting: bytes))).place
        }
        for number in UInt64(0)..<1_000 {
            accounts.insert(place([1, number << 1, number, 0]))
            accounts.insert(place([2, number << 2, 0, number]))
            accounts.insert(place([3, 0, number << 1, number]))
        }
        let turned: UInt64 = 1 << 63 | 1 << 31
        for top in 0..<16 {
            var words: [UInt64] = [5, 5, 5, 5]
            for index in 0..<4 where top >> index & 1 == 1 { words[index] |= turned }
            accounts.insert(place(words))
        }
        #expect(accounts.count == 3_016)
        var data: Set<UInt> = []
        let values: [SCVal] = [
            .vec([.u32(1), .u32(2)]), .vec([.vec([.u32(1)]), .u32(2)]),
            .vec([.vec([.u32(1), .u32(2)])]), .vec([.u64(1), .u32(2)]), .vec([]), .vec(nil),
            .vec([.vec([])]), .bytes(SCBytes([0])), .bytes(SCBytes([0, 0])),
            .bytes(SCBytes([0, 0, 0, 0, 0, 0, 0, 0])), .symbol("a"), .bytes(SCBytes([97])),
        ]
        for value in values {
            data.insert(
                LedgerKey.contractData(
                    LedgerKeyContractData(
                        contract: .contract(.zero), key: value, durability: .persistent)
                ).place)
        }
        #expect(data.count == values.count)
    }

    @Test func `a key stands where its equal does, and apart from most others`() throws {
        var keys: [LedgerKey] = []
        for number in UInt8(0)..<100 {
            let bytes = [UInt8](repeating: number, count: 32)
            let address = SCAddress.contract(ContractID(fitting: bytes))
            let values: [SCVal] = [
                .ledgerKeyContractInstance, .u32(UInt32(number)), .symbol("Balance"),
                .vec([.symbol("Balance"), .address(address)]), .bytes(SCBytes(bytes)),
                .string(SCString(bytes)), .vec(nil),
            ]
            for (value, durability) in values.flatMap({
                [($0, ContractDataDurability.persistent), ($0, .temporary)]
            }) {
                keys.append(
                    .contractData(
                        LedgerKeyContractData(
                            contract: address, key: value, durability: durability)))
            }
            keys.append(.contractCode(LedgerKeyContractCode(hash: Hash(fitting: bytes))))
            keys.append(.account(.ed25519(Uint256(fitting: bytes))))
        }
        #expect(Set(keys.map(\.place)).count == keys.count)
        for key in keys {
            #expect(try LedgerKey(xdr: key.xdr()).place == key.place)
        }
    }

    /// Like a dictionary, whatever is done and however hashes collide; copies stay as they were.
    @Test(arguments: [1, 3, 50, 100_000])
    func `it holds what a dictionary holds, and so do its copies`(hashes: Int) {
        var random = SystemRandomNumberGenerator()
        var (map, wanted) = (PersistentMap<Key, Int>(), [Key: Int]())
        var copies: [(PersistentMap<Key, Int>, [Key: Int])] = []
        for step in 0..<3_000 {
            let key = Key(number: Int.random(in: 0..<200, using: &random), hashes: hashes)
            let value: Int? = Int.random(in: 0..<3, using: &random) == 0 ? nil : step
            let (before, after) = map.update(key) { _ in value }
            #expect(before == wanted[key] && after == value)
            wanted[key] = value
            if step % 300 == 0 { copies.append((map, wanted)) }
        }
        for (map, wanted) in copies + [(map, wanted)] {
            #expect(map.count == wanted.count)
            var found: [Key: Int] = [:]
            map.forEach { found[$0] = $1 }
            #expect(found == wanted)
            for number in 0..<200 {
                let key = Key(number: number, hashes: hashes)
                #expect(map[key] == wanted[key])
            }
        }
    }

    @Test func `taking everything away leaves nothing`() {
        var map = PersistentMap<Int, Int>()
        for number in 0..<10_000 { map.update(number) { _ in number } }
        let full = map
        for number in 0..<10_000 { #expect(map.update(number) { _ in nil }.before == number) }
        #expect(map.count == 0 && full.count == 10_000)
        #expect(full[9_999] == 9_999 && map[9_999] == nil)
        map.forEach { _, _ in Issue.record("an entry is left") }
    }
}
