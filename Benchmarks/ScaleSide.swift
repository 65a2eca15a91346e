internal import Cryptography
internal import Database
internal import Foundation
internal import HTTP
internal import Stellar
internal import StellarXDR
internal import Telemetry
internal import TraqoraAPI
internal import Travel

/// One of the two services, and those who ask it: somebody who books without signing in, a
/// traveller who is signed in, an airline's owner, and whoever runs the service.
struct ScaleSide: Sendable {
    let world: BookingWorld
    let payer: Payer
    let offer: Offer
    /// Held, and never paid.
    let booked: CreateBookingResponse
    /// Paid and ticketed.
    let paid: CreateBookingResponse
    let traveller: Person
    let airline: Person
    /// What is signed for.
    let network: Network
    /// A hash of what an account signed in the archive; payments are told with their booking.
    let signed: String

    /// Nobody is turned away for asking too often.
    static let settings = [
        "RATE_LIMIT_ANONYMOUS": "1000000", "RATE_LIMIT_USER": "1000000",
        "RATE_LIMIT_OPERATOR": "1000000", "RATE_LIMIT_ADMIN": "1000000",
        "RATE_LIMIT_SIGN_IN": "1000000",
    ]

    /// Somebody who is signed in.
    struct Person: Sendable {
        let key: KeyPair
        let session: SignInResponse
        /// The refresh token that is good next.
        let refresh: Lock<String>

        var headers: HTTPHeaders { ["Authorization": "Bearer \(session.accessToken)"] }
    }

    init(_ world: BookingWorld) async throws {
        self.world = world
        payer = try await world.payer(with: 50_000)
        offer = try await world.offer()
        booked = try await payer.hold(offer)
        paid = try await payer.pay(offer)
        traveller = try await Self.signIn(payer.key, world)
        // The keys of a standalone network's roles follow from the network and their names.
        guard let passphrase = booked.transaction?.network else {
            throw BenchmarkFailure(what: "there is nothing to sign")
        }
        network = Network(passphrase: passphrase)
        let seed = SHA256.hash(network.id.bytes + Array("traqora traqora-air".utf8))
        airline = try await Self.signIn(KeyPair(seed: seed), world)
        signed =
            try await world.database.value(
                "SELECT hash FROM account_transactions ORDER BY hash LIMIT 1",
                as: String.self) ?? ""
    }

    static func signIn(_ key: KeyPair, _ world: BookingWorld) async throws -> Person {
        let challenge: SignInChallengeResponse = try await world.send(
            .post, "/api/v1/auth/challenge", body: SignInChallengeRequest(account: key.address)
        ).json()
        let signature = Base64.encode(key.signMessage(Array(challenge.message.utf8)))
        let session: SignInResponse = try await world.send(
            .post, "/api/v1/auth/verify",
            body: SignInRequest(id: challenge.id, signature: signature, device: "a benchmark")
        ).json()
        return Person(key: key, session: session, refresh: Lock(session.refreshToken))
    }

    var holder: HTTPHeaders { ["Authorization": "Bearer \(booked.token)"] }
    var payerOfTicket: HTTPHeaders { ["Authorization": "Bearer \(paid.token)"] }
    static let admin: HTTPHeaders = ["X-Admin-Key": BookingWorld.adminKey]

    func get(_ path: String, _ headers: HTTPHeaders = [:]) async throws {
        _ = try await world.send(.get, path, headers)
    }

    static func day(_ ahead: Int) -> LocalDate {
        LocalDate(daysSinceEpoch: Int(Date().timeIntervalSince1970) / 86_400 + ahead)
    }
}

extension BookingWorld {
    /// Asks, and takes any answer that says yes.
    @discardableResult
    func send(
        _ method: HTTPMethod, _ path: String, _ headers: HTTPHeaders = [:],
        body: (any Encodable)? = nil
    ) async throws -> HTTPResponse {
        var headers = headers
        var bytes: [UInt8] = []
        if let body {
            headers["Content-Type"] = "application/json"
            bytes = Array(try HTTPResponse.jsonEncoder.encode(body))
        }
        let response = try await client.send(
            HTTPClient.Request(method, address + path, headers: headers, body: bytes))
        guard response.status.isSuccess else {
            let text = String(decoding: try await response.body.bytes(), as: UTF8.self)
            throw BenchmarkFailure(what: "\(method) \(path) answers \(response.status): \(text)")
        }
        return response
    }
}

extension Payer {
    /// Holds the offer, pays, and waits for the ticket.
    fileprivate func pay(_ offer: Offer) async throws -> CreateBookingResponse {
        let created = try await hold(offer)
        guard let offered = created.transaction else {
            throw BenchmarkFailure(what: "there is nothing to sign")
        }
        var envelope = try TransactionEnvelope(base64: offered.transaction)
        try envelope.sign(with: key, on: Network(passphrase: offered.network))
        _ = try await world.api.pay(
            created.booking.id, token: created.token, signed: envelope.base64())
        for _ in 0..<600 {
            let booking = try await world.api.booking(created.booking.id, token: created.token)
            if booking.status == .confirmed { return created }
            try await Task.sleep(for: .milliseconds(100))
        }
        throw BenchmarkFailure(what: "there is no ticket after a minute")
    }
}
