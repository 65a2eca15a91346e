import Cache
import Testing

/// A clock that a test moves.
actor Steps {
    private(set) var count = 0
    func step() -> Int {
        count += 1
        return count
    }
}

@Suite struct CacheTests {
    @Test func `a value is made once and kept`() async throws {
        let steps = Steps()
        let cache = Cache<String, Int>(countMax: 8, lifetimeSeconds: 10) { 0 }
        for _ in 0..<3 {
            #expect(try await cache.value(for: "a") { await steps.step() } == 1)
        }
        #expect(cache.find("a") == 1)
        cache.forget("a")
        #expect(try await cache.value(for: "a") { await steps.step() } == 2)
    }

    @Test(arguments: [(9.99, 1), (10.0, 2), (10.01, 2)])
    func `a value lives as long as it may`(seconds: Double, expected: Int) async throws {
        let time = Clock()
        let steps = Steps()
        let cache = Cache<String, Int>(countMax: 8, lifetimeSeconds: 10) { time.now }
        _ = try await cache.value(for: "a") { await steps.step() }
        time.now = seconds
        #expect(try await cache.value(for: "a") { await steps.step() } == expected)
    }

    @Test func `the least recently used makes room`() {
        let cache = Cache<Int, Int>(countMax: 3, lifetimeSeconds: 10) { 0 }
        for key in 1...3 { cache.keep(key, for: key) }
        #expect(cache.find(1) == 1)
        cache.keep(4, for: 4)
        #expect(cache.find(2) == nil)
        #expect([1, 3, 4].map(cache.find) == [1, 3, 4])
        for key in 5...1_000 { cache.keep(key, for: key) }
        #expect(cache.count == 3)
    }

    @Test func `many who want one value make it once`() async throws {
        let steps = Steps()
        let cache = Cache<String, Int>(countMax: 8, lifetimeSeconds: 10) { 0 }
        let values = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<50 {
                group.addTask {
                    try await cache.value(for: "a") {
                        try await Task.sleep(for: .milliseconds(20))
                        return await steps.step()
                    }
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(Set(values) == [1])
        #expect(await steps.count == 1)
    }

    @Test func `a failure is nobody's memory`() async throws {
        struct Broken: Error {}
        let cache = Cache<String, Int>(countMax: 8, lifetimeSeconds: 10) { 0 }
        await #expect(throws: Broken.self) {
            try await cache.value(for: "a") { throw Broken() }
        }
        #expect(try await cache.value(for: "a") { 7 } == 7)
    }

    @Test func `what is forgotten while it is made is not kept`() async throws {
        let cache = Cache<String, Int>(countMax: 8, lifetimeSeconds: 10) { 0 }
        let value = try await cache.value(for: "a") {
            cache.forget("a")
            return 1
        }
        #expect(value == 1)
        #expect(cache.find("a") == nil)
    }
}

/// Safe: only one task of a test moves or reads it at a time.
final class Clock: @unchecked Sendable {
    var now = 0.0
}
