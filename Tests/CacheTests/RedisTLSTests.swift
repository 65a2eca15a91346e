import Cache
import Foundation
import Support
import Testing

/// Redis over TLS: whoever cannot prove to be the server gets nothing, not even the password.
@Suite struct RedisTLSTests {
    private func reason(_ url: String, _ words: String) async throws {
        let cache = SharedCache(redisURL: try RedisURL(url), now: { 1_000 })
        var reason = ""
        for _ in 0..<500 {
            if case .fallenBack(let found) = cache.state { reason = found }
            if reason.contains(words) { break }
            try await Task.sleep(for: .milliseconds(20))
        }
        #expect(reason.contains(words), "\(reason)")
        cache.close()
    }

    @Test func `what is kept over TLS is found by others, and lost servers come back`()
        async throws
    {
        let server = try await RedisServer.startWithTLS()
        let authority = try #require(server.certificates).authority
        let url = try RedisURL(server.tlsURL("localhost", "?ssl_ca_certs=\(authority)"))
        #expect(url.description == server.tlsURL())
        let (one, two) = (
            SharedCache(redisURL: url, now: { 1_000 }), SharedCache(redisURL: url, now: { 1_000 })
        )
        for cache in [one, two] { try await cache.wait(for: .shared) }
        let long = (0..<300_000).map { UInt8(truncatingIfNeeded: $0) }
        await one.keep(long, for: "long", seconds: 60)
        #expect(await two.find("long") == long)
        await one.forget("long")
        for _ in 0..<200 where await two.find("long") != nil {
            try await Task.sleep(for: .milliseconds(10))
        }
        #expect(await two.find("long") == nil)
        // Many at a time, in one stream.
        let limit = RateLimit(150, seconds: 60)
        let allowed = await withTaskGroup { group in
            for number in 0..<200 {
                group.addTask { await [one, two][number % 2].take(from: "many", limit).isAllowed }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(allowed == 150)
        // What its plain socket says is the same server.
        let plain = SharedCache(redisURL: try RedisURL(server.url), now: { 1_000 })
        try await plain.wait(for: .shared)
        await plain.keep([5], for: "plain", seconds: 60)
        #expect(await one.find("plain") == [5])
        for cache in [one, two, plain] { cache.close() }
    }

    @Test func `a certificate that nobody trusts, or for another host, is refused`() async throws {
        let (server, other) = (
            try await RedisServer.startWithTLS(), try await RedisServer.startWithTLS()
        )
        let authority = try #require(server.certificates).authority
        let strange = try #require(other.certificates).authority
        try await reason(server.tlsURL(), "certificate is not good for localhost")
        try await reason(
            server.tlsURL("localhost", "?ssl_ca_certs=\(strange)"),
            "certificate is not good for localhost")
        try await reason(
            server.tlsURL("127.0.0.1", "?ssl_ca_certs=\(authority)"),
            "certificate is not good for 127.0.0.1: IP address mismatch")
        try await reason(
            server.tlsURL("localhost", "?ssl_ca_certs=/nowhere.pem"), "`/nowhere.pem` failed")
    }

    @Test func `a server that asks who comes is shown a certificate`() async throws {
        let server = try await RedisServer.startWithTLS(asksForCertificates: true)
        let files = try #require(server.certificates)
        let trust = "?ssl_ca_certs=\(files.authority)"
        try await reason(server.tlsURL("localhost", trust), "certificate")
        let url = server.tlsURL(
            "localhost", "\(trust)&ssl_certfile=\(files.certificate)&ssl_keyfile=\(files.key)")
        let cache = SharedCache(redisURL: try RedisURL(url), now: { 1_000 })
        try await cache.wait(for: .shared)
        cache.close()
    }

    @Test(arguments: [
        "rediss://anna:hunter2@host?nonsense=1", "rediss://", "rediss://anna:hunter2@host/x",
    ])
    func `an address over TLS that cannot be read is refused without its secret`(text: String) {
        let error = #expect(throws: RedisURL.Malformed.self) { try RedisURL(text) }
        #expect(error?.description.contains("hunter2") == false)
    }
}
