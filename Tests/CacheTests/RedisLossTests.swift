import Cache
import Foundation
import Support
import Testing

/// Redis goes away and comes back.
@Suite struct RedisLossTests {
    @Test func `without Redis everything goes on in the process, which says so, and recovers`()
        async throws
    {
        let server = try await RedisServer.start()
        let cache = SharedCache(redisURL: try RedisURL(server.url), now: { 1_000 })
        try await cache.wait(for: .shared)
        await cache.keep([1], for: "before", seconds: 60)
        try await server.stop()
        try await cache.waitForFallback()
        // What was there is still known here, what comes new is kept here, limits go on here.
        #expect(await cache.find("before") == [1])
        #expect(try await cache.value(for: "during", seconds: 60) { [2] } == [2])
        #expect(try await cache.value(for: "during", seconds: 60) { [3] } == [2])
        let limit = RateLimit(2, seconds: 60)
        let allowed = [
            await cache.take(from: "a", limit), await cache.take(from: "a", limit),
            await cache.take(from: "a", limit),
        ].map(\.isAllowed)
        #expect(allowed == [true, true, false])
        await cache.forget("during")
        #expect(await cache.find("during") == nil)

        try await server.startAgain()
        try await cache.wait(for: .shared)
        // What others forgot meanwhile was not heard, so nothing is remembered.
        #expect(await cache.find("before") == nil)
        await cache.keep([4], for: "after", seconds: 60)
        let other = SharedCache(redisURL: try RedisURL(server.url), now: { 1_000 })
        try await other.wait(for: .shared)
        #expect(await other.find("after") == [4])
        cache.close()
        other.close()
    }

    @Test func `a Redis that hangs delays nobody for long`() async throws {
        let server = try await RedisServer.start()
        let cache = SharedCache(redisURL: try RedisURL(server.url), now: { 1_000 })
        try await cache.wait(for: .shared)
        try await server.hang(true)
        #expect(try await cache.value(for: "a", seconds: 60) { [1] } == [1])
        try await cache.waitForFallback()
        #expect(try await cache.value(for: "b", seconds: 60) { [2] } == [2])
        try await server.hang(false)
        try await cache.wait(for: .shared)
        cache.close()
    }

    @Test func `a Redis that refuses is as good as gone, which is said`() async throws {
        let server = try await RedisServer.start()
        let cache = SharedCache(redisURL: try RedisURL(server.url), now: { 1_000 })
        try await cache.wait(for: .shared)
        await cache.keep([1], for: "a", seconds: 60)
        try await server.refuseChanges(true)
        await cache.keep([2], for: "b", seconds: 60)
        #expect(await cache.find("b") == [2])
        guard case .fallenBack(let reason) = cache.state else {
            Issue.record("\(cache.state)")
            return
        }
        #expect(reason.contains("OOM"))
        let limit = RateLimit(1, seconds: 60)
        #expect(await cache.take(from: "a", limit).isAllowed)
        #expect(await !cache.take(from: "a", limit).isAllowed)
        try await server.refuseChanges(false)
        await cache.keep([3], for: "c", seconds: 60)
        #expect(cache.state == .shared)
        cache.close()
    }

    @Test func `a Redis that was never there is no reason not to start`() async throws {
        let cache = SharedCache(
            redisURL: try RedisURL("redis+unix:///nowhere/redis.sock"), now: { 1_000 })
        try await cache.waitForFallback()
        await cache.keep([1], for: "a", seconds: 60)
        #expect(await cache.find("a") == [1])
        #expect(await cache.take(from: "a", RateLimit(1, seconds: 60)).isAllowed)
        cache.close()
    }

    @Test func `a Redis that refuses what the URL asks for is no Redis`() async throws {
        let server = try await RedisServer.shared()
        let cache = SharedCache(redisURL: try RedisURL(server.url + "?99"), now: { 1_000 })
        for _ in 0..<100 {
            if case .fallenBack(let reason) = cache.state, reason.contains("DB index") { break }
            try await Task.sleep(for: .milliseconds(20))
        }
        guard case .fallenBack(let reason) = cache.state else {
            Issue.record("\(cache.state)")
            return
        }
        #expect(reason.contains("DB index is out of range"))
        cache.close()
    }
}
