import Testing

@testable import StellarSandbox

/// A key of which many have the same hash.
private struct Key: Hashable {
    let number: Int
    let hashes: Int

    func hash(into hasher: inout Hasher) { hasher.combine(number % hashes) }
}

@Suite struct PersistentMapTests {
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
