import Cache
import Foundation
import Support
import Testing

@Suite struct RateLimitTests {
    let bucket = UUID().uuidString

    @Test(arguments: Backend.all)
    func `so many are allowed, and the next is told when to come back`(
        backend: Backend
    ) async throws {
        let time = Clock()
        time.now = 1_200
        let cache = try await backend.cache { time.now }
        let limit = RateLimit(3, seconds: 60)
        for left in [2, 1, 0] {
            let decision = await cache.take(from: bucket, limit)
            #expect(decision == RateDecision(allowing: left))
        }
        let refused = await cache.take(from: bucket, limit)
        #expect(!refused.isAllowed)
        // All three came at once, so the estimate falls below three a moment into the next window.
        #expect(refused.retrySeconds == 61)
        #expect(await cache.take(from: "\(bucket).other", limit).isAllowed)
        time.now += 61
        #expect(await cache.take(from: bucket, limit).isAllowed)
        cache.close()
    }

    @Test(arguments: Backend.all)
    func `the window slides: no stretch of its length has more than a fraction over`(
        backend: Backend
    ) async throws {
        let time = Clock()
        time.now = 600_000
        let cache = try await backend.cache { time.now }
        let limit = RateLimit(20, seconds: 10)
        var allowed: [Double] = []
        for _ in 0..<600 {
            time.now += 0.125
            if await cache.take(from: bucket, limit).isAllowed { allowed.append(time.now) }
        }
        let most = allowed.map { end in allowed.count { $0 > end - 10 && $0 <= end } }.max()
        #expect((most ?? 0) <= 22)
        // And it is not stricter than it says either: 75 seconds at 2 a second.
        #expect(allowed.count >= 140)
        cache.close()
    }

    @Test(arguments: Backend.all)
    func `who comes when told is let in`(backend: Backend) async throws {
        let time = Clock()
        time.now = 90_000
        let cache = try await backend.cache { time.now }
        let limit = RateLimit(7, seconds: 30)
        var random = SystemRandomNumberGenerator()
        for _ in 0..<200 {
            time.now += Double.random(in: 0...3, using: &random)
            let decision = await cache.take(from: bucket, limit)
            guard !decision.isAllowed else { continue }
            time.now += Double(decision.retrySeconds)
            #expect(await cache.take(from: bucket, limit).isAllowed)
        }
        cache.close()
    }

    @Test func `a limit holds for all processes together`() async throws {
        let caches = [try await Backend.redis.cache(), try await Backend.redis.cache()]
        let bucket = bucket
        let allowed = await withTaskGroup(of: Bool.self) { group in
            for number in 0..<200 {
                group.addTask {
                    await caches[number % 2].take(from: bucket, RateLimit(25, seconds: 600))
                        .isAllowed
                }
            }
            return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        #expect(allowed == 25)
        for cache in caches { cache.close() }
    }
}

extension RateDecision {
    fileprivate init(allowing remaining: Int) {
        self.init(isAllowed: true, remaining: remaining, retrySeconds: 0)
    }
}
