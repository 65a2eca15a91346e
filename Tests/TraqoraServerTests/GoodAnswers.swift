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

/// A traveller who asks everything once.
struct GoodAnswers {
    let world: TestWorld
    private let server: TraqoraServer
    var seen: [Route: Set<Int>] = [:]

    init(_ world: TestWorld, _ server: TraqoraServer) {
        self.world = world
        self.server = server
    }

    /// The status of each answer, by route.
    func all() async throws -> [Route: Set<Int>] {
        var asking = self
        try await asking.watch()
        try await asking.book()
        try await asking.changeTrips()
        try await asking.complain()
        try await asking.act()
        try await asking.signIn()
        try await asking.administrate()
        try await asking.flyForAirline()
        return asking.seen
    }

    @discardableResult
    mutating func ask(
        _ route: Route, _ places: [String: String] = [:], _ body: (any Encodable)? = nil,
        query: String = "", headers: HTTPHeaders = [:]
    ) async throws -> HTTPResponse {
        var path = route.pattern
        for (name, value) in places { path = path.replacing("{\(name)}", with: value) }
        let bytes = try body.map { Array(try HTTPResponse.jsonEncoder.encode($0)) } ?? []
        let response = await server.answer(
            to: HTTPRequest(route.method, path + query, headers: headers, body: bytes))
        seen[route, default: []].insert(response.status.code)
        return response
    }

    private mutating func watch() async throws {
        // The indexer has something to say only after it has read.
        try await world.work(server)
        for route: Route in [.health, .live, .ready, .metrics, .openAPI, .docs, .stellarToml] {
            try await ask(route)
        }
        try await ask(.problem, ["code": "flights.same_airport"])
    }

    private mutating func book() async throws {
        let found = try await ask(
            .searchFlights,
            query: "?origin=LHR&destination=JFK&date=2026-12-24&adults=1&children=0&infants=0"
                + "&connections_max=2&limit=5&cabin=economy"
        ).json(as: FlightSearchResponse.self)
        let offer = try #require(found.offers.first)
        try await ask(.readOffer, ["id": offer.id.text])
        try await ask(.seatMaps, ["id": offer.id.text])
        try await ask(.findPlaces, query: "?q=lon&limit=3")
        try await ask(
            .fareCalendar, query: "?origin=LHR&destination=FRA&month=2026-12&cabin=economy")
        let made = try await ask(
            .createBooking, [:], world.request(offer),
            headers: ["Idempotency-Key": "a-key-of-enough-length"]
        ).json(as: CreateBookingResponse.self)
        let (id, holder) = (made.booking.id.text, HTTPHeaders(bearer: made.token))
        try await ask(.readBooking, ["id": id], headers: holder)
        try await ask(.payBooking, ["id": id], SigningRequest(sponsored: true), headers: holder)
        let payment = try await ask(.payBooking, ["id": id], headers: holder)
            .json(as: UnsignedTransactionResponse.self)
        let signed = SignedTransactionRequest(transaction: try world.sign(payment))
        try await ask(.payBooking, ["id": id], signed, headers: holder)
        try await world.work(server)
        try await ask(
            .cancelBooking, ["id": id], SigningRequest(sponsored: true), headers: holder)
        let preview = try await ask(.cancelBooking, ["id": id], headers: holder)
            .json(as: CancellationResponse.self)
        let cancelled = SignedTransactionRequest(
            transaction: try world.sign(preview.transaction))
        try await ask(.cancelBooking, ["id": id], cancelled, headers: holder)
        try await world.work(server)
        try await ask(.readBooking, ["id": id], headers: holder)
        try await ask(.testDollars, [:], TestDollarsRequest(account: world.traveller.address))
    }

    private mutating func changeTrips() async throws {
        let request = try await world.request(world.offer("LGW", "STN"))
        let made = try await world.create(request).json(as: CreateBookingResponse.self)
        _ = try await world.pay(made)
        try await world.work(server)
        _ = try await server.parts.watch.run()
        let (id, holder) = (made.booking.id.text, HTTPHeaders(bearer: made.token))
        let found = try await ask(.bookingChanges, ["id": id], headers: holder)
            .json(as: BookingChangesResponse.self)
        let change = try #require(found.changes.first)
        try await ask(
            .decideChange, ["id": id, "change": change.id], DecideChangeRequest(accept: true),
            headers: holder)
        let decided = try await ask(.bookingChanges, ["id": id], headers: holder)
            .json(as: BookingChangesResponse.self)
        #expect(decided.changes.first?.decision == .accepted)
    }

    private mutating func complain() async throws {
        let made = try await world.book()
        _ = try await world.pay(made)
        try await world.work(server)
        let (id, holder) = (made.booking.id.text, HTTPHeaders(bearer: made.token))
        for route: Route in [.bookingEvents, .itinerary, .itineraryCalendar, .itineraryPage] {
            try await ask(route, ["id": id], headers: holder)
        }
        // As if an airline had published the flight.
        try await world.database.execute("UPDATE escrows SET flight_id = 1")
        try await ask(
            .claimDelay, ["id": id], SigningRequest(sponsored: true), headers: holder)
        let claim = try await ask(.claimDelay, ["id": id], headers: holder)
            .json(as: ClaimResponse.self)
        #expect(Int128(claim.amount.baseUnits) == ScriptedLedger.compensation)
        #expect(claim.transaction.purpose == .claim)
        let signedClaim = SignedTransactionRequest(
            transaction: try world.sign(claim.transaction))
        try await ask(.claimDelay, ["id": id], signedClaim, headers: holder)
        try await world.work(server)
        try await ask(
            .disputeBooking, ["id": id],
            DisputeRequest(statement: "Eleven hours late.", sponsored: true), headers: holder)
        let dispute = try await ask(
            .disputeBooking, ["id": id], DisputeRequest(statement: "Eleven hours late."),
            headers: holder
        ).json(as: UnsignedTransactionResponse.self)
        let signed = DisputeRequest(transaction: try world.sign(dispute))
        try await ask(.disputeBooking, ["id": id], signed, headers: holder)
        try await world.work(server)
        let booking = try await ask(.readBooking, ["id": id], headers: holder)
            .json(as: BookingResponse.self)
        #expect(booking.status == .disputed)
        #expect(booking.chain.transactions.map(\.status) == [.applied, .applied, .applied])
    }

    private mutating func signIn() async throws {
        let account = world.traveller.address
        let first = try await signInOnce()
        let pair = try await ask(.refresh, [:], RefreshRequest(refreshToken: first.refreshToken))
            .json(as: SignInResponse.self)
        let bearer = HTTPHeaders(bearer: pair.accessToken)
        try await ask(.listBookings, headers: bearer)
        try await ask(.airlineAccess, ["code": "BA"], headers: bearer)
        try await ask(.sessions, headers: bearer)
        let added = try await ask(
            .addWebhook, [:], AddWebhookRequest(url: "https://example.com/traqora"),
            headers: bearer
        ).json(as: AddWebhookResponse.self)
        try await ask(.webhooks, headers: bearer)
        try await ask(
            .ledgerEvents, query: "?topics=loyalty,refunds",
            headers: bearer.with("Last-Event-ID", "0"))
        try await ask(.removeWebhook, ["id": added.webhook.id], headers: bearer)
        let other = try await signInOnce()
        try await ask(.endSession, ["id": other.sessionID], headers: bearer)
        try await ask(.signOut, headers: bearer)
        let challenge = try await ask(.webAuthChallenge, query: "?account=\(account)")
            .json(as: WebAuthChallengeResponse.self)
        var envelope = try TransactionEnvelope(base64: challenge.transaction)
        try envelope.sign(with: world.traveller, on: ScriptedLedger.network)
        try await ask(
            .webAuthToken, [:], WebAuthTokenRequest(transaction: try envelope.base64()))
        let refused = try await ask(.webAuthChallenge, query: "?account=nobody")
        #expect(refused.status == .badRequest)
    }

    private mutating func signInOnce() async throws -> SignInResponse {
        let challenge = try await ask(
            .signInChallenge, [:], SignInChallengeRequest(account: world.traveller.address)
        ).json(as: SignInChallengeResponse.self)
        let signature = Base64.encode(
            world.traveller.signMessage(Array(challenge.message.utf8)))
        return try await ask(
            .signIn, [:], SignInRequest(id: challenge.id, signature: signature, device: "a test")
        ).json()
    }

    private mutating func administrate() async throws {
        let admin: HTTPHeaders = ["X-Admin-Key": "7vX2mQ9zLkTr"]
        try await ask(.audit, query: "?after=0&limit=10", headers: admin)
        let account = world.traveller.address
        try await ask(.users, query: "?account=\(account)&after=G&limit=5", headers: admin)
        let signedIn = try await signInOnce()
        try await ask(.userSessions, ["account": account], headers: admin)
        try await ask(.endAnySession, ["id": signedIn.sessionID], headers: admin)
        let found = try await ask(
            .findBookings,
            query: "?account=\(account)&status=confirmed,disputed&from=2026-11-01"
                + "&until=2026-12-01&limit=1", headers: admin
        ).json(as: BookingSummariesResponse.self)
        let booking = try #require(found.bookings.first)
        try await ask(
            .findBookings, query: "?locator=\(booking.locator)", headers: admin)
        try await ask(.bookingHistory, ["id": booking.id.text], headers: admin)
        // As if a supplier had not said what became of an order.
        let silent = try await world.book()
        _ = try await world.pay(silent)
        try await world.database.execute(
            "UPDATE bookings SET fulfilment = 'uncertain' WHERE id = \(silent.booking.id)")
        try await ask(
            .settleOrder, ["id": silent.booking.id.text], SettleOrderRequest(isAbsent: true),
            headers: admin)
        try await ask(.contracts, headers: admin)
        let now = world.clock.now.seconds
        try await world.database.transaction { transaction in
            try await Outbox(world.database).add(
                "a-job", topic: "work", payload: [], now: now, in: transaction)
        }
        try await ask(.jobs, query: "?topic=work&state=due&limit=5", headers: admin)
        try await ask(.retryJob, ["id": "a-job"], headers: admin)
        let notice = MaintenanceRequest(message: "Back soon.", retryAfterSeconds: 60)
        try await ask(.beginMaintenance, [:], notice, headers: admin)
        try await ask(.maintenance, headers: admin)
        try await ask(.endMaintenance, headers: admin)
    }
}

extension HTTPHeaders {
    fileprivate init(bearer token: String) { self = ["Authorization": "Bearer \(token)"] }
}
