import Cache
import Cryptography
import Database
import FareRules
import Foundation
import HTTP
import Stellar
import StellarXDR
import Telemetry
import Testing
import TraqoraAPI
import Travel

@testable import TraqoraServer

@Suite struct DocumentTests {
    private static let adminKey = "7vX2mQ9zLkTr"

    /// A server with everything that can be served.
    private func wholeServer(_ world: TestWorld) -> TraqoraServer {
        var configuration = world.configuration
        configuration.adminKey = Secret(Self.adminKey)
        configuration.testDollars = TestDollars(token: configuration.settlementToken) { _, _ in
            Hash(fitting: [7])
        }
        configuration.registry = RegistryContracts(
            airline: Hash(fitting: [1]), flights: Hash(fitting: [2]), refund: Hash(fitting: [3]))
        configuration.loyalty = Hash(fitting: [4])
        configuration.governance = GovernanceContracts(
            governance: Hash(fitting: [5]), token: Hash(fitting: [6]))
        let clock = world.clock
        return TraqoraServer(
            configuration, database: world.database,
            cache: SharedCache(now: { Double(clock.now.seconds) }), client: world.client,
            log: .silent, now: { clock.now })
    }

    @Test func `a server serves every route, and its document has every one of them`() async throws
    {
        let world = try await TestWorld()
        let server = wholeServer(world)
        let served = server.parts.router.routes.map { "\($0.method) \($0.pattern)" }
        #expect(Set(served) == Set(Route.allCases.map(\.description)))
        let response = await server.answer(to: HTTPRequest(.get, Route.openAPI.pattern))
        let document = try response.json(as: JSONValue.self)
        #expect(document["openapi"] == "3.1.0")
        let paths = try #require(document["paths"]?.members)
        let described = paths.flatMap { path, methods in
            (methods.members ?? [:]).keys.map { "\($0.uppercased()) \(path)" }
        }
        #expect(Set(described) == Set(served))
        // What this server does not give, its document does not promise.
        let other = await world.server.answer(to: HTTPRequest(.get, Route.openAPI.pattern))
        let fewer = try other.json(as: JSONValue.self)["paths"]?[Route.testDollars.pattern]
        #expect(fewer == nil)
        await world.close()
    }

    @Test func `the page has every route, type and problem, no script, and nothing from elsewhere`()
        async throws
    {
        let world = try await TestWorld()
        let response = await wholeServer(world).answer(to: HTTPRequest(.get, Route.docs.pattern))
        let page = String(decoding: try await response.body.bytes(), as: UTF8.self)
        for route in Route.allCases {
            #expect(page.contains("<section id=\"\(route.name)\">"), "\(route)")
            for problem in route.problems { #expect(page.contains("id=\"\(problem.code)\"")) }
        }
        for name in try OpenAPIDocument(Route.allCases).definitions.keys {
            #expect(page.contains("id=\"type-\(name)\""), "\(name)")
        }
        for word in ["<script", "http://", "https://", "javascript:", " style=\"", "src="] {
            #expect(!page.contains(word), "\(word)")
        }
        let style = try #require(page.firstMatch(of: /<style>((?s).*)<\/style>/)?.1)
        let hash = Data(SHA256.hash(Array(style.utf8))).base64EncodedString()
        let policy = try #require(response.headers["Content-Security-Policy"])
        #expect(policy.contains("default-src 'none'; style-src 'sha256-\(hash)'"))
        let tag = try #require(response.headers["ETag"])
        let again = await world.server.respond(
            to: HTTPRequest(.get, Route.docs.pattern, headers: ["If-None-Match": tag]))
        #expect(again.status == .ok, "another server has another document")
        await world.close()
    }

    @Test func `the type of a problem leads to its place in the page`() async throws {
        let world = try await TestWorld()
        let refused = await world.server.answer(to: HTTPRequest(.get, Route.sessions.pattern))
        let type = try #require(try refused.json(as: ProblemResponse.self).type)
        let place = await world.server.answer(to: HTTPRequest(.get, type))
        #expect(place.headers["Location"] == "/docs#auth.token_missing")
        let nowhere = await world.server.answer(to: HTTPRequest(.get, "/problems/none"))
        #expect(nowhere.status == .notFound)
        await world.close()
    }

    @Test func `every route gives every good answer that is documented of it`() async throws {
        let world = try await TestWorld()
        let server = wholeServer(world)
        let seen = try await GoodAnswers(world, server).all()
        for route in Route.allCases {
            let documented = Set(route.answers.map(\.status.code).filter { $0 < 400 })
            #expect(seen[route, default: []].isSuperset(of: documented), "\(route)")
        }
        await world.close()
    }
}
