import Cache
import Cryptography
import Foundation
import HTTP
import Stellar
import StellarXDR
import Telemetry
import TraqoraAPI
import Travel

@testable import TraqoraServer

extension TestWorld {
    static let adminKey = "7vX2mQ9zLkTr"

    /// Another server over the same database, with a key of administration and what airlines sell.
    func administeredServer(
        _ change: (inout TraqoraServer.Configuration) -> Void = { _ in }
    ) -> TraqoraServer {
        var configuration = configuration
        configuration.adminKey = Secret(Self.adminKey)
        configuration.registry = ScriptedLedger.registry
        change(&configuration)
        let clock = clock
        return TraqoraServer(
            configuration, database: database,
            cache: SharedCache(now: { Double(clock.now.seconds) }), client: client, log: .silent,
            now: { clock.now })
    }

    /// A request of whoever runs the service.
    func administer(
        _ route: Route, _ server: TraqoraServer, _ places: [String: String] = [:],
        query: String = "", body: (any Encodable)? = nil, key: String? = adminKey
    ) async throws -> HTTPResponse {
        var headers: HTTPHeaders = [:]
        if let key { headers["X-Admin-Key"] = key }
        return try await ask(route, server, places, query: query, body: body, headers: headers)
    }

    /// A request.
    func ask(
        _ route: Route, _ server: TraqoraServer? = nil, _ places: [String: String] = [:],
        query: String = "", body: (any Encodable)? = nil, headers: HTTPHeaders = [:]
    ) async throws -> HTTPResponse {
        var path = route.pattern
        for (name, value) in places {
            path = path.replacing("{\(name)}", with: PercentCoding.encode(value))
        }
        let bytes = try body.map { Array(try HTTPResponse.jsonEncoder.encode($0)) } ?? []
        return await (server ?? self.server).answer(
            to: HTTPRequest(route.method, path + query, headers: headers, body: bytes))
    }

    /// Signs in, and gives what opens the API.
    func signIn(_ key: KeyPair? = nil, to server: TraqoraServer? = nil) async throws -> (
        headers: HTTPHeaders, response: SignInResponse
    ) {
        let key = key ?? traveller
        let challenge = try await ask(
            .signInChallenge, server, body: SignInChallengeRequest(account: key.address)
        ).json(as: SignInChallengeResponse.self)
        let signature = Base64.encode(key.signMessage(Array(challenge.message.utf8)))
        let response = try await ask(
            .signIn, server,
            body: SignInRequest(id: challenge.id, signature: signature, device: "a test")
        ).json(as: SignInResponse.self)
        return (["Authorization": "Bearer \(response.accessToken)"], response)
    }
}

extension ScriptedLedger {
    /// The contracts in which airlines sell.
    static let registry = RegistryContracts(
        airline: Hash(fitting: [1]), flights: Hash(fitting: [2]), refund: Hash(fitting: [3]))
}

extension HTTPHeaders {
    /// With one more.
    func with(_ name: String, _ value: String) -> HTTPHeaders {
        var all = self
        all[name] = value
        return all
    }
}
