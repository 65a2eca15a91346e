import Cache
import Cryptography
import FlightSupply
import HTTP
import Support
import Telemetry
import Testing
import TraqoraAPI
import Travel

@testable import TraqoraServer

/// What was found is not found again once the ledger had news of its route, in any process.
@Suite struct RouteRevisionTests {
    private let route = RouteKey(origin: "LIS", destination: "ZRH")
    private let other = RouteKey(origin: "ZRH", destination: "LIS")

    private func revisions(_ cache: SharedCache) -> RouteRevisions {
        RouteRevisions(cache: cache, random: SecureRandom.bytes)
    }

    @Test func `a route has changed once that can be read, not when it is written`() async {
        let revisions = revisions(SharedCache(now: { 0 }))
        let (before, beforeOther) = (
            await revisions.text(of: [route]), await revisions.text(of: [other])
        )
        #expect(before != beforeOther)
        revisions.willChange(route)
        #expect(await revisions.text(of: [route]) == before)
        await revisions.didChange()
        let after = await revisions.text(of: [route])
        #expect(after != before)
        await revisions.didChange()
        #expect(await revisions.text(of: [route]) == after)
        #expect(await revisions.text(of: [other]) == beforeOther)
        revisions.willChange(.all)
        await revisions.didChange()
        #expect(await revisions.text(of: [other]) != beforeOther)
    }

    /// Waits until `revisions` says something else of the route, or the same.
    private func settle(
        _ revisions: RouteRevisions, until isEnough: (String) -> Bool
    ) async throws -> Bool {
        for _ in 0..<250 {
            if isEnough(await revisions.text(of: [route])) { return true }
            try await Task.sleep(for: .milliseconds(10))
        }
        return false
    }

    @Test func `processes that share a cache agree, also on what one missed while it was gone`()
        async throws
    {
        let server = try await RedisServer.start()
        let caches = try (0..<2).map { _ in
            SharedCache(redisURL: try RedisURL(server.url), now: { 1_000 })
        }
        for cache in caches { try await wait(cache) { $0 == .shared } }
        let (reader, seller) = (revisions(caches[0]), revisions(caches[1]))
        let first = await reader.text(of: [route])
        #expect(await seller.text(of: [route]) == first)
        reader.willChange(route)
        await reader.didChange()
        #expect(try await settle(seller) { $0 != first })
        let second = await seller.text(of: [route])
        #expect(try await settle(reader) { $0 == second })

        // News that come while Redis hangs, and still has what was: told once it answers again.
        try await server.hang(true)
        reader.willChange(route)
        await reader.didChange()
        try await wait(caches[0]) { $0 != .shared }
        try await server.hang(false)
        for cache in caches { try await wait(cache) { $0 == .shared } }
        #expect(try await settle(seller) { $0 != second })
        let third = await seller.text(of: [route])
        #expect(try await settle(reader) { $0 == third })
        for cache in caches { cache.close() }
    }

    private func wait(_ cache: SharedCache, for isRight: (SharedCache.State) -> Bool) async throws {
        for _ in 0..<1_000 where !isRight(cache.state) {
            try await Task.sleep(for: .milliseconds(10))
        }
        #expect(isRight(cache.state))
    }
}
