import Foundation
import HTTP
import Stellar
import StellarXDR
import Telemetry
import Testing
import TraqoraAPI
import Travel

@testable import TraqoraServer

@Suite struct SignInTests {
    private func challenge(_ world: TestWorld, _ account: String? = nil) async throws
        -> SignInChallengeResponse
    {
        let response = try await world.post(
            .signInChallenge, nil,
            SignInChallengeRequest(account: account ?? world.traveller.address))
        #expect(response.status == .created)
        return try response.json()
    }

    private func answer(
        _ challenge: SignInChallengeResponse, by key: KeyPair
    ) throws -> SignInRequest {
        SignInRequest(
            id: challenge.id,
            signature: Base64.encode(key.signMessage(Array(challenge.message.utf8))),
            device: "a test")
    }

    private func signIn(_ world: TestWorld, by key: KeyPair? = nil) async throws -> SignInResponse {
        let key = key ?? world.traveller
        let given = try await challenge(world, key.address)
        return try await world.post(.signIn, nil, answer(given, by: key)).json()
    }

    private func sessions(_ world: TestWorld, _ token: String) async throws -> HTTPResponse {
        try await world.post(.sessions, headers: ["Authorization": "Bearer \(token)"])
    }

    private func refresh(_ world: TestWorld, _ token: String) async throws -> HTTPResponse {
        try await world.post(.refresh, nil, RefreshRequest(refreshToken: token))
    }

    @Test(arguments: Engine.all)
    func `a signed message opens the API, and signing out closes it at once`(engine: Engine)
        async throws
    {
        let world = try await TestWorld(engine)
        let signedIn = try await signIn(world)
        #expect(signedIn.account == world.traveller.address)
        #expect(signedIn.expiresIn == 900)
        let list = try await sessions(world, signedIn.accessToken)
            .json(as: SessionsResponse.self)
        #expect(list.sessions.map(\.id) == [signedIn.sessionID])
        #expect(list.sessions.map(\.device) == ["a test"])
        let out = try await world.post(
            .signOut, headers: ["Authorization": "Bearer \(signedIn.accessToken)"])
        #expect(out.status == .noContent)
        #expect(
            try await sessions(world, signedIn.accessToken).problemCode == "auth.token_refused")
        #expect(
            try await refresh(world, signedIn.refreshToken).problemCode == "auth.refresh_refused")
        await world.close()
    }

    @Test func `a signed transaction signs in too, also for an account that is not there yet`()
        async throws
    {
        let world = try await TestWorld()
        for key in [world.traveller, try KeyPair.random()] {
            let given = try await challenge(world, key.address)
            var envelope = try TransactionEnvelope(base64: given.transaction)
            try envelope.sign(with: key, on: ScriptedLedger.network)
            let response = try await world.post(
                .signIn, nil, SignInRequest(transaction: try envelope.base64()))
            #expect(try response.json(as: SignInResponse.self).account == key.address)
        }
        await world.close()
    }

    @Test func `a challenge is answered once, in time, by its account`() async throws {
        let world = try await TestWorld()
        let given = try await challenge(world)
        let other = try KeyPair.random()
        let wrong = try await world.post(.signIn, nil, answer(given, by: other))
        #expect(wrong.problemCode == "auth.signature_refused")
        #expect(wrong.status == .unauthorized)
        var stranger = try answer(given, by: other)
        stranger.signer = other.address
        #expect(
            try await world.post(.signIn, nil, stranger).problemCode == "auth.signature_refused")
        let right = try answer(given, by: world.traveller)
        #expect(try await world.post(.signIn, nil, right).status == .ok)
        #expect(try await world.post(.signIn, nil, right).problemCode == "auth.challenge_unknown")

        let late = try await challenge(world)
        world.clock.advance(by: 899)
        let inTime = try await challenge(world)
        world.clock.advance(by: 1)
        #expect(
            try await world.post(.signIn, nil, answer(late, by: world.traveller)).problemCode
                == "auth.challenge_unknown")
        #expect(
            try await world.post(.signIn, nil, answer(inTime, by: world.traveller)).status == .ok)
        await world.close()
    }

    @Test func `a challenge of another server is none of ours`() async throws {
        let world = try await TestWorld()
        let rules = world.server.parts.identity.rules
        let forged = WebAuthChallenge(
            account: MuxedAccount(world.traveller.accountID), homeDomain: rules.homeDomains[0],
            webAuthDomain: rules.webAuthDomain, nonce: [UInt8](repeating: 1, count: 48),
            now: UInt64(world.clock.now.seconds))
        // Signed as ours are, but never given out.
        var envelope = try forged.envelope(
            signedBy: world.configuration.seller, on: ScriptedLedger.network)
        try envelope.sign(with: world.traveller, on: ScriptedLedger.network)
        let request = SignInRequest(transaction: try envelope.base64())
        #expect(
            try await world.post(.signIn, nil, request).problemCode == "auth.challenge_unknown")
        await world.close()
    }

    @Test(arguments: Engine.all)
    func `fifty who answer one challenge at once sign in once`(engine: Engine) async throws {
        let world = try await TestWorld(engine)
        let request = try answer(try await challenge(world), by: world.traveller)
        let statuses = try await withThrowingTaskGroup(of: HTTPStatus.self) { group in
            for _ in 0..<50 {
                group.addTask { try await world.post(.signIn, nil, request).status }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(statuses.filter { $0 == .ok }.count == 1)
        #expect(statuses.filter { $0 == .gone }.count == 49)
        await world.close()
    }

    @Test(arguments: Engine.all)
    func `a refresh token works once; when an old one comes back, the sign-in ends`(
        engine: Engine
    ) async throws {
        let world = try await TestWorld(engine)
        let first = try await signIn(world)
        world.clock.advance(by: 900)
        #expect(try await sessions(world, first.accessToken).problemCode == "auth.token_refused")
        let second = try await refresh(world, first.refreshToken).json(as: SignInResponse.self)
        #expect(second.sessionID == first.sessionID)
        #expect(try await sessions(world, second.accessToken).status == .ok)
        let other = try await signIn(world)
        #expect(
            try await refresh(world, first.refreshToken).problemCode == "auth.refresh_refused")
        #expect(try await sessions(world, second.accessToken).status == .unauthorized)
        #expect(try await refresh(world, second.refreshToken).status == .unauthorized)
        // Another device of the same account goes on.
        #expect(try await sessions(world, other.accessToken).status == .ok)
        await world.close()
    }

    @Test func `of fifty who refresh at once with one token, one gets a pair`() async throws {
        let world = try await TestWorld()
        let first = try await signIn(world)
        let statuses = try await withThrowingTaskGroup(of: HTTPStatus.self) { group in
            for _ in 0..<50 {
                group.addTask { try await refresh(world, first.refreshToken).status }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(statuses.filter { $0 == .ok }.count == 1)
        #expect(statuses.filter { $0 == .unauthorized }.count == 49)
        await world.close()
    }

    @Test func `one device ends another of its account, and of nobody else's`() async throws {
        let world = try await TestWorld()
        let (phone, laptop) = (try await signIn(world), try await signIn(world))
        let stranger = try await signIn(world, by: KeyPair.random())
        func end(_ id: String, _ token: String) async -> HTTPResponse {
            await world.server.answer(
                to: HTTPRequest(
                    .delete, Route.endSession.pattern.replacing("{id}", with: id),
                    headers: ["Authorization": "Bearer \(token)"]))
        }
        #expect(
            await end(phone.sessionID, stranger.accessToken).problemCode == "auth.session_unknown")
        #expect(await end(phone.sessionID, laptop.accessToken).status == .noContent)
        #expect(try await sessions(world, phone.accessToken).status == .unauthorized)
        let left = try await sessions(world, laptop.accessToken).json(as: SessionsResponse.self)
        #expect(left.sessions.map(\.id) == [laptop.sessionID])
        await world.close()
    }

    @Test(arguments: Engine.all)
    func `a booking belongs to whoever was signed in, and its own token opens it still`(
        engine: Engine
    ) async throws {
        let world = try await TestWorld(engine)
        let mine = ["Authorization": "Bearer \(try await signIn(world).accessToken)"]
        let theirs = [
            "Authorization": "Bearer \(try await signIn(world, by: KeyPair.random()).accessToken)"
        ]
        func headers(_ fields: [String: String]) -> HTTPHeaders {
            var headers: HTTPHeaders = ["Idempotency-Key": "one-key-for-this-test"]
            headers["Authorization"] = fields["Authorization"]
            return headers
        }
        let request = try await world.request(world.offer())
        let made = try await world.post(.createBooking, nil, request, headers: headers(mine))
            .json(as: CreateBookingResponse.self)
        let id = made.booking.id
        #expect(try await world.post(.readBooking, id, headers: headers(mine)).status == .ok)
        #expect(try await world.read(made).id == id)
        #expect(
            try await world.post(.readBooking, id, headers: headers(theirs)).problemCode
                == "bookings.not_found")
        let list = try await world.post(.listBookings, headers: headers(mine))
            .json(as: BookingsResponse.self)
        #expect(list.bookings.map(\.id) == [id])
        let empty = try await world.post(.listBookings, headers: headers(theirs))
            .json(as: BookingsResponse.self)
        #expect(empty.bookings.isEmpty)
        // The same key of another account is another key.
        let others = try await world.post(.createBooking, nil, request, headers: headers(theirs))
            .json(as: CreateBookingResponse.self)
        #expect(others.booking.id != id)
        #expect(try await world.post(.listBookings).problemCode == "auth.token_missing")
        await world.close()
    }

    @Test func `a refresh token opens no route, an access token refreshes nothing`() async throws {
        let world = try await TestWorld()
        let tokens = try await signIn(world)
        #expect(try await sessions(world, tokens.refreshToken).status == .unauthorized)
        #expect(try await refresh(world, tokens.accessToken).status == .unauthorized)
        #expect(try await world.post(.sessions).problemCode == "auth.token_missing")
        await world.close()
    }

    @Test func `a token that was tampered with is none`() throws {
        let token = JSONWebToken(secret: .init("a secret of at least thirty-two bytes"))
        let claims = JSONWebToken.Claims(
            iss: "x", sub: "G", iat: 1, exp: 10, jti: "a", sid: "b")
        let text = try token.token(of: claims)
        #expect(token.claims(of: text, now: 9) == claims)
        #expect(token.claims(of: text, now: 10) == nil)
        let parts = text.split(separator: ".").map(String.init)
        let none = JSONWebToken.encode(Array(#"{"alg":"none","typ":"JWT"}"#.utf8))
        let other = JSONWebToken.encode(
            Array(#"{"exp":10,"iat":1,"iss":"x","jti":"a","sid":"b","sub":"H"}"#.utf8))
        for forged in [
            "\(none).\(parts[1]).", "\(none).\(parts[1]).\(parts[2])",
            "\(parts[0]).\(other).\(parts[2])", "\(parts[0]).\(parts[1])", "", "..",
            text + "A",
        ] {
            #expect(token.claims(of: forged, now: 9) == nil)
        }
        #expect(JSONWebToken(secret: .init("another")).claims(of: text, now: 9) == nil)
    }

    @Test func `SEP-10's own routes speak its words, and a form is taken as JSON is`() async throws
    {
        let world = try await TestWorld()
        let key = world.traveller
        let response = await world.server.answer(
            to: HTTPRequest(.get, "/auth?account=\(key.address)&memo=7"))
        let given = try response.json(as: [String: String].self)
        #expect(given["network_passphrase"] == ScriptedLedger.network.passphrase)
        #expect(response.headers["Access-Control-Allow-Origin"] == "*")
        var envelope = try TransactionEnvelope(base64: #require(given["transaction"]))
        try envelope.sign(with: key, on: ScriptedLedger.network)
        let form = "transaction=\(PercentCoding.encode(try envelope.base64()))"
        let answered = await world.server.answer(
            to: HTTPRequest(
                .post, "/auth",
                headers: ["Content-Type": "application/x-www-form-urlencoded"],
                body: Array(form.utf8)))
        let token = try #require(try answered.json(as: [String: String].self)["token"])
        let list = try await sessions(world, token).json(as: SessionsResponse.self)
        #expect(list.account == "\(key.address):7")
        for target in ["/auth", "/auth?account=X", "/auth?account=\(key.address)&home_domain=x"] {
            let refused = await world.server.answer(to: HTTPRequest(.get, target))
            #expect(refused.status == .badRequest)
            #expect(try refused.json(as: [String: String].self)["error"] != nil)
            #expect(refused.headers["Access-Control-Allow-Origin"] == "*")
        }
        await world.close()
    }
}
