import Cache
import Foundation
import HTTP
import Stellar
import StellarXDR
import Telemetry
import Testing
import TraqoraAPI
import Travel

@testable import TraqoraServer

/// Wallets that vouch for their users: SEP-10's `client_domain`.
@Suite struct ClientDomainTests {
    private struct NotThere: Error {}

    private func server(_ world: TestWorld, _ files: [String: String]) throws -> TraqoraServer {
        var configuration = world.configuration
        var identity = Identity.Configuration.local(
            key: configuration.seller, random: { [UInt8](repeating: 7, count: $0) })
        identity.refreshSecret = Secret("another secret of more than thirty-two")
        identity.fetch = { url in
            guard let text = files[url] else { throw NotThere() }
            return text
        }
        configuration.identity = identity
        let clock = world.clock
        return TraqoraServer(
            configuration, database: world.database,
            cache: SharedCache(now: { Double(clock.now.seconds) }), client: world.client,
            log: .silent, now: { clock.now })
    }

    private func challenge(
        _ world: TestWorld, _ server: TraqoraServer, _ domain: String
    ) async -> HTTPResponse {
        await server.answer(
            to: HTTPRequest(
                .get,
                "/auth?account=\(world.traveller.address)&client_domain="
                    + PercentCoding.encode(domain)))
    }

    private func file(_ key: KeyPair) -> [String: String] {
        [
            "https://wallet.example/.well-known/stellar.toml":
                "VERSION = \"2.7.0\"\n  SIGNING_KEY=\"\(key.address)\"\n[DOCUMENTATION]\n"
        ]
    }

    private func answer(
        _ world: TestWorld, _ server: TraqoraServer, signedBy keys: [KeyPair]
    ) async throws -> HTTPResponse {
        let given = try await challenge(world, server, "wallet.example")
            .json(as: WebAuthChallengeResponse.self)
        var envelope = try TransactionEnvelope(base64: given.transaction)
        for key in keys { try envelope.sign(with: key, on: ScriptedLedger.network) }
        return try await world.post(
            .webAuthToken, nil, WebAuthTokenRequest(transaction: envelope.base64()), to: server)
    }

    @Test func `a wallet's domain signs too, and the token says which`() async throws {
        let world = try await TestWorld()
        let wallet = try KeyPair.random()
        let server = try server(world, file(wallet))
        let token = try await answer(world, server, signedBy: [world.traveller, wallet])
            .json(as: WebAuthTokenResponse.self).token
        let claims = server.parts.identity.access.claims(
            of: token, now: world.clock.now.seconds)
        #expect(claims?.client_domain == "wallet.example")
        for keys in [[world.traveller], [wallet], [world.traveller, try KeyPair.random()]] {
            let refused = try await answer(world, server, signedBy: keys)
            #expect(refused.status == .badRequest)
        }
        await world.close()
    }

    @Test(arguments: [
        "localhost", "127.0.0.1", "wallet.example:8080", "user@wallet.example", "wallet.example/x",
        "-a.example", "a..example", "", "wallet.example.", "ex ample.org", "[::1]", "a.7",
        "\(String(repeating: "a", count: 64)).example",
    ])
    func `what is no name of a host is not fetched`(domain: String) async throws {
        let world = try await TestWorld()
        let server = try server(world, [:])
        let refused = await challenge(world, server, domain)
        #expect(refused.status == .badRequest)
        let error = try refused.json(as: WebAuthErrorResponse.self).error
        #expect(error.contains("no name of a host"), "\(error)")
        await world.close()
    }

    @Test(arguments: [nil, "", "[X]\nSIGNING_KEY=\"G\"", "SIGNING_KEY=\"GAAA\"", "<html>"])
    func `a domain without a key is refused`(text: String?) async throws {
        let world = try await TestWorld()
        var files: [String: String] = [:]
        files["https://wallet.example/.well-known/stellar.toml"] = text
        let server = try server(world, files)
        let refused = await challenge(world, server, "wallet.example")
        #expect(refused.status == .badRequest)
        #expect(try refused.json(as: WebAuthErrorResponse.self).error.contains("stellar.toml"))
        await world.close()
    }
}
