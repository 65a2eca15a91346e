import StellarXDR
import Testing

@testable import StellarSandbox

/// A key of which many have the same hash.
private struct Key: PlacedKey {
    let number: Int
    let hashes: Int

    func hash(into hasher: inout Hasher) { hasher.combine(number % hashes) }
}

extension Int: @retroactive PlacedKey {}

@Suite struct PersistentMapTests {
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
