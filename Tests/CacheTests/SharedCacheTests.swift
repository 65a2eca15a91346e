import Cache
import Foundation
import Support
import Testing

/// Where a test keeps things.
enum Backend: CaseIterable {
    case inProcess, redis

    static var all: [Backend] { allCases }

    /// A cache, once Redis can be reached; and what makes its keys its own.
    func cache(now: @escaping @Sendable () -> Double = { 1_000 }) async throws -> SharedCache {
        switch self {
        case .inProcess: return SharedCache(now: now)
        case .redis:
            let cache = SharedCache(
                redisURL: try RedisURL(await RedisServer.shared().url), now: now)
            try await cache.wait(for: .shared)
            return cache
        }
    }
}

extension SharedCache {
    /// Waits until things are kept there.
    func wait(for wanted: State) async throws {
        for _ in 0..<500 where state != wanted { try await Task.sleep(for: .milliseconds(20)) }
        #expect(state == wanted)
    }

    /// Waits until Redis is known to be gone.
    func waitForFallback() async throws {
        for _ in 0..<500 {
            if case .fallenBack = state { return }
            try await Task.sleep(for: .milliseconds(20))
        }
        Issue.record("\(state)")
    }
}

@Suite struct SharedCacheTests {
    let key = UUID().uuidString

    @Test(arguments: Backend.all, [[], [0], [UInt8](repeating: 255, count: 300_000)])
    func `bytes come back as they were kept, until they are forgotten`(
        backend: Backend, bytes: [UInt8]
    ) async throws {
        let cache = try await backend.cache()
        #expect(await cache.find(key) == nil)
        await cache.keep(bytes, for: key, seconds: 60)
        #expect(await cache.find(key) == bytes)
        await cache.forget(key)
        #expect(await cache.find(key) == nil)
        cache.close()
    }

    @Test(arguments: Backend.all)
    func `bytes live as long as they may`(backend: Backend) async throws {
        let time = Clock()
        time.now = 1_000
        let cache = try await backend.cache { time.now }
        await cache.keep([1], for: key, seconds: 10)
        time.now = 1_009.9
        #expect(await cache.find(key) == [1])
        time.now = 1_010
        #expect(await cache.find(key) == nil)
        cache.close()
    }

    @Test func `what one process keeps another finds, and forgets when told`() async throws {
        let (one, two) = (try await Backend.redis.cache(), try await Backend.redis.cache())
        await one.keep([7], for: key, seconds: 60)
        #expect(await two.find(key) == [7])
        await one.forget(key)
        for _ in 0..<200 where await two.find(key) != nil {
            try await Task.sleep(for: .milliseconds(10))
        }
        #expect(await two.find(key) == nil)
        one.close()
        two.close()
    }

    @Test func `a copy ends when the original does`() async throws {
        let time = Clock()
        time.now = 1_000
        let one = try await Backend.redis.cache { time.now }
        let two = try await Backend.redis.cache { time.now }
        await one.keep([7], for: key, seconds: 10)
        time.now = 1_009
        #expect(await two.find(key) == [7])
        time.now = 1_010
        #expect(await two.find(key) == nil)
        one.close()
        two.close()
    }

    @Test(arguments: Backend.all)
    func `many who want one value make it once`(backend: Backend) async throws {
        let cache = try await backend.cache()
        let (steps, key) = (Steps(), key)
        let values = try await withThrowingTaskGroup(of: [UInt8].self) { group in
            for _ in 0..<50 {
                group.addTask {
                    try await cache.value(for: key, seconds: 60) {
                        try await Task.sleep(for: .milliseconds(20))
                        return [UInt8(await steps.step())]
                    }
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(Set(values) == [[1]])
        #expect(try await cache.value(for: key, seconds: 60) { [9] } == [1])
        cache.close()
    }

    @Test(arguments: Backend.all)
    func `a failure is nobody's memory`(backend: Backend) async throws {
        struct Broken: Error {}
        let cache = try await backend.cache()
        await #expect(throws: Broken.self) {
            try await cache.value(for: key, seconds: 60) { throw Broken() }
        }
        #expect(try await cache.value(for: key, seconds: 60) { [7] } == [7])
        cache.close()
    }

    @Test(arguments: Backend.all)
    func `what is forgotten while it is made is not kept`(backend: Backend) async throws {
        let cache = try await backend.cache()
        let key = key
        let value = try await cache.value(for: key, seconds: 60) {
            await cache.forget(key)
            return [1]
        }
        #expect(value == [1])
        #expect(await cache.find(key) == nil)
        cache.close()
    }

    @Test(arguments: Backend.all)
    func `hundreds of commands at once each get their own answer`(
        backend: Backend
    ) async throws {
        let cache = try await backend.cache()
        let key = key
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<400 {
                group.addTask {
                    let bytes = [UInt8](repeating: UInt8(number % 251), count: number)
                    await cache.keep(bytes, for: "\(key).\(number)", seconds: 60)
                    #expect(await cache.find("\(key).\(number)") == bytes)
                }
            }
        }
        cache.close()
    }

    @Test(arguments: [
        "redis://", "http://localhost", "redis://host/name", "rediss://a?b=1", "", "redis+unix://x",
    ])
    func `a URL that is none is refused`(url: String) {
        #expect(throws: RedisURL.Malformed.self) { try RedisURL(url) }
    }

    @Test func `a URL prints without its password`() throws {
        let url = try RedisURL("redis://anna:hunter2@cache.example.org:6380/3")
        #expect(url.description == "redis://cache.example.org:6380/3")
        var text = ""
        dump(url, to: &text)
        #expect(!text.contains("hunter2"))
    }
}
