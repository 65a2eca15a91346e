internal import Foundation
internal import HTTP
internal import Stellar
internal import StellarXDR
internal import Telemetry
internal import TraqoraAPI

/// What travellers ask.
extension ScaleSide {
    /// Everything that reads or writes what grows. Left out is what asks the ledger alone, and what
    /// is a constant (`/docs`, `/openapi.json`, `/problems`).
    static let endpoints = flights + bookings + signIn + views + portal + administration

    private static let flights: [ScaleEndpoint] = [
        ScaleEndpoint("search, not cached") { side, turn in
            try await side.get(
                "/api/v1/flights/search?origin=LIS&destination=ZRH&date=\(day(2 + turn % 50))"
                    + "&adults=\(1 + turn / 50)")
        },
        ScaleEndpoint("calendar, not cached") { side, turn in
            let month = "\(day(40))".prefix(7)
            try await side.get(
                "/api/v1/flights/calendar?origin=LIS&destination=ZRH&month=\(month)"
                    + "&nights=\(1 + turn % 60)&adults=\(1 + turn / 60)")
        },
        ScaleEndpoint("published offer") { side, turn in
            let now = Int64(Date().timeIntervalSince1970)
            try await side.get("/api/v1/offers/reg1.\(1_000_001 + turn).economy.1-0-0.\(now)")
        },
        ScaleEndpoint("airports") { side, turn in
            try await side.get("/api/v1/airports?q=\(["li", "zur", "par", "new"][turn % 4])")
        },
    ]

    private static let bookings: [ScaleEndpoint] = [
        ScaleEndpoint("book") { side, _ in _ = try await side.payer.hold(side.offer) },
        ScaleEndpoint("booking") { side, _ in
            try await side.get("/api/v1/bookings/\(side.booked.booking.id)", side.holder)
        },
        ScaleEndpoint("bookings of an account") { side, turn in
            try await side.get("/api/v1/bookings?limit=\(1 + turn % 50)", side.traveller.headers)
        },
        ScaleEndpoint("payment, anew") { side, _ in
            _ = try await side.world.api.preparePayment(
                side.booked.booking.id, token: side.booked.token)
        },
        ScaleEndpoint("payment, sponsored") { side, _ in
            try await side.world.send(
                .post, "/api/v1/bookings/\(side.booked.booking.id)/payment", side.holder,
                body: SigningRequest(sponsored: true))
        },
        ScaleEndpoint("cancellation") { side, _ in
            try await side.world.send(
                .post, "/api/v1/bookings/\(side.paid.booking.id)/cancellation", side.payerOfTicket)
        },
        ScaleEndpoint("dispute") { side, _ in
            try await side.world.send(
                .post, "/api/v1/bookings/\(side.paid.booking.id)/dispute", side.payerOfTicket,
                body: DisputeRequest(statement: "Eleven hours late."))
        },
        ScaleEndpoint("changes of a trip") { side, _ in
            try await side.get(
                "/api/v1/bookings/\(side.paid.booking.id)/changes", side.payerOfTicket)
        },
        ScaleEndpoint("itinerary") { side, _ in
            try await side.get(
                "/api/v1/bookings/\(side.paid.booking.id)/itinerary", side.payerOfTicket)
        },
        ScaleEndpoint("itinerary, PDF") { side, _ in
            try await side.get(
                "/api/v1/bookings/\(side.paid.booking.id)/itinerary.pdf", side.payerOfTicket)
        },
        ScaleEndpoint("itinerary, iCalendar") { side, _ in
            try await side.get(
                "/api/v1/bookings/\(side.paid.booking.id)/itinerary.ics", side.payerOfTicket)
        },
        ScaleEndpoint("events of a booking") { side, _ in
            let response = try await side.world.client.stream(
                HTTPClient.Request(
                    .get,
                    "\(side.world.address)/api/v1/bookings/\(side.paid.booking.id)/events",
                    headers: side.payerOfTicket))
            guard case .stream(let pieces) = response.body else { return }
            for try await _ in pieces { break }
        },
        ScaleEndpoint("transaction") { side, _ in
            try await side.get("/api/v1/transactions/\(side.signed)")
        },
        ScaleEndpoint("webhooks") { side, _ in
            try await side.get("/api/v1/webhooks", side.traveller.headers)
        },
    ]

    private static let signIn: [ScaleEndpoint] = [
        ScaleEndpoint("challenge") { side, _ in
            try await side.world.send(
                .post, "/api/v1/auth/challenge",
                body: SignInChallengeRequest(account: side.traveller.key.address))
        },
        ScaleEndpoint("challenge and verify") { side, _ in
            _ = try await Self.signIn(side.traveller.key, side.world)
        },
        ScaleEndpoint("refresh") { side, _ in
            let token = side.traveller.refresh.withLock { $0 }
            let next: SignInResponse = try await side.world.send(
                .post, "/api/v1/auth/refresh", body: RefreshRequest(refreshToken: token)
            ).json()
            side.traveller.refresh.withLock { $0 = next.refreshToken }
        },
        ScaleEndpoint("sign-ins") { side, _ in
            try await side.get("/api/v1/auth/sessions", side.traveller.headers)
        },
        ScaleEndpoint("SEP-10 challenge") { side, _ in
            try await side.get("/auth?account=\(side.traveller.key.address)")
        },
        ScaleEndpoint("SEP-10 challenge and token") { side, _ in
            let challenge: WebAuthChallengeResponse = try await side.world.send(
                .get, "/auth?account=\(side.traveller.key.address)"
            ).json()
            var envelope = try TransactionEnvelope(base64: challenge.transaction)
            try envelope.sign(
                with: side.traveller.key,
                on: side.network)
            try await side.world.send(
                .post, "/auth", body: WebAuthTokenRequest(transaction: try envelope.base64()))
        },
        ScaleEndpoint("acts for an airline") { side, _ in
            try await side.get("/api/v1/auth/airlines/TQ", side.airline.headers)
        },
    ]

    private static let views: [ScaleEndpoint] = [
        ScaleEndpoint("points") { side, _ in
            try await side.get("/api/v1/loyalty/accounts/\(side.payer.key.address)")
        },
        ScaleEndpoint("terms of points") { side, _ in
            try await side.get("/api/v1/loyalty/terms")
        },
        ScaleEndpoint("proposals") { side, turn in
            try await side.get("/api/v1/governance/proposals?limit=\(1 + turn % 50)")
        },
        ScaleEndpoint("proposal") { side, turn in
            try await side.get("/api/v1/governance/proposals/\(1_000_001 + turn % 10)")
        },
        ScaleEndpoint("terms of votes") { side, _ in
            try await side.get("/api/v1/governance/terms")
        },
        ScaleEndpoint("votes of an account") { side, _ in
            try await side.get("/api/v1/governance/accounts/\(side.payer.key.address)")
        },
        ScaleEndpoint("refunds of an airline") { side, _ in
            try await side.get("/api/v1/refunds/carriers/TQ")
        },
        ScaleEndpoint("refunds of an account") { side, _ in
            try await side.get("/api/v1/refunds/accounts/\(side.payer.key.address)")
        },
    ]
}
