import Cryptography
import Foundation
import HTTP
import TraqoraAPI
import Travel

/// The bookings over HTTP.
struct BookingHandlers: Sendable {
    let identity: Identity
    let signing: SignBookingCalls
    let create: CreateBooking
    let read: ReadBooking
    let payment: PreparePayment
    let cancel: CancelBooking
    let dispute: DisputeBooking
    let claim: ClaimDelay

    /// What is served here.
    var routes: [ServedRoute] {
        [
            (.createBooking, createBooking), (.listBookings, listBookings),
            (.readBooking, readBooking), (.payBooking, payBooking),
            (.cancelBooking, cancelBooking), (.disputeBooking, disputeBooking),
            (.claimDelay, claimDelay),
        ]
    }

    /// `POST /api/v1/bookings`
    func createBooking(_ request: HTTPRequest) async throws -> HTTPResponse {
        let key = try IdempotencyKey(request)
        let wanted = try request.json(as: CreateBookingRequest.self)
        // The same request written with other blanks is the same request.
        let owner = try await identity.callerIfSignedIn(request)?.subject
        let digest = SHA256.hash(
            Array(try HTTPResponse.jsonEncoder.encode(wanted)) + Array((owner ?? "").utf8))
        let result = try await create.create(wanted, key: key, digest: digest, owner: owner)
        var response = CreateBookingResponse(
            booking: try await read.response(for: result.booking), token: result.token.text)
        switch result.toSign {
        case .transaction(let row): response.transaction = read.response(for: row)
        case .authorization(let offer): response.authorization = offer.response
        }
        return try .json(
            response, status: .created,
            headers: [
                "Location": Route.readBooking.path(result.booking.booking.id),
                "Cache-Control": "no-store",
            ])
    }

    /// `GET /api/v1/bookings`: of the account that is signed in.
    func listBookings(_ request: HTTPRequest) async throws -> HTTPResponse {
        var wanted = try BookingSearch(request.query)
        wanted.owner = try await identity.caller(of: request).subject
        let page = try await read.bookings.all(wanted)
        return try .json(
            BookingsResponse(
                bookings: try await read.responses(for: page.items),
                nextCursor: page.cursor?.description),
            headers: ["Cache-Control": "no-store"])
    }

    /// `GET /api/v1/bookings/{id}`
    func readBooking(_ request: HTTPRequest) async throws -> HTTPResponse {
        let row = try await read.booking(request, identity)
        return try await answer(row, status: .ok)
    }

    /// `POST /api/v1/bookings/{id}/payment`: with what was signed sends it; else something to sign.
    func payBooking(_ request: HTTPRequest) async throws -> HTTPResponse {
        let row = try await read.booking(request, identity)
        let step = try SigningStep(request)
        guard case .offer(let isSponsored) = step else {
            return try await submit(step, .payment, for: row)
        }
        try await payment.check(row)
        if isSponsored, let open = try await payment.openAuthorization(of: row) {
            return try .json(try await signing.sponsor.offerAgain(open), status: .ok)
        }
        let call = try payment.call(for: row)
        return try answer(
            try await signing.offer(call, for: row.booking, isSponsored: isSponsored))
    }

    /// `POST /api/v1/bookings/{id}/cancellation`: what cancels, to sign; with it, signed, sends it.
    func cancelBooking(_ request: HTTPRequest) async throws -> HTTPResponse {
        let row = try await read.booking(request, identity)
        let step = try SigningStep(request)
        guard case .offer(let isSponsored) = step else {
            return try await submit(step, .cancellation, for: row)
        }
        let plan = try await cancel.plan(row)
        switch try await signing.offer(plan.call, for: row.booking, isSponsored: isSponsored) {
        case .transaction(let transaction):
            return try .json(
                CancellationResponse(
                    transaction: read.response(for: transaction), refund: plan.refund,
                    penalty: plan.penalty), status: .created)
        case .authorization(let offer):
            return try .json(
                SponsoredCancellationResponse(
                    authorization: offer.response, refund: plan.refund, penalty: plan.penalty),
                status: .ok)
        }
    }

    /// `POST /api/v1/bookings/{id}/dispute`: with what went wrong what asks the arbiters, to sign;
    /// with it, signed, sends it.
    func disputeBooking(_ request: HTTPRequest) async throws -> HTTPResponse {
        let row = try await read.booking(request, identity)
        let wanted = try request.json(as: DisputeRequest.self)
        let step = try SigningStep(
            isSponsored: wanted.sponsored, transaction: wanted.transaction,
            authorization: wanted.authorization, signature: wanted.signature)
        switch (wanted.statement, step) {
        case (let statement?, .offer(let isSponsored)):
            return try answer(
                try await dispute.prepare(row, statement: statement, isSponsored: isSponsored))
        case (nil, .transaction), (nil, .authorization):
            return try await submit(step, .dispute, for: row)
        case (nil, .offer), (_?, .transaction), (_?, .authorization):
            throw ProblemCode.statementMalformed.problem(
                "Send `statement` first, then what was signed.")
        }
    }

    /// `POST /api/v1/bookings/{id}/claim`: what claims, to sign; with it, signed, sends it.
    func claimDelay(_ request: HTTPRequest) async throws -> HTTPResponse {
        let row = try await read.booking(request, identity)
        let step = try SigningStep(request)
        guard case .offer(let isSponsored) = step else {
            return try await submit(step, .claim, for: row)
        }
        let plan = try await claim.plan(row)
        switch try await signing.offer(plan.call, for: row.booking, isSponsored: isSponsored) {
        case .transaction(let transaction):
            return try .json(
                ClaimResponse(
                    transaction: read.response(for: transaction), amount: plan.amount),
                status: .created)
        case .authorization(let offer):
            return try .json(
                SponsoredClaimResponse(authorization: offer.response, amount: plan.amount),
                status: .ok)
        }
    }

    private func submit(
        _ step: SigningStep, _ purpose: TransactionPurpose, for row: BookingRow
    ) async throws -> HTTPResponse {
        try await answer(signing.submit(step, purpose, for: row), status: .accepted)
    }

    private func answer(_ toSign: ToSign) throws -> HTTPResponse {
        switch toSign {
        case .transaction(let row): try .json(read.response(for: row), status: .created)
        case .authorization(let offer): try .json(offer.response, status: .ok)
        }
    }

    private func answer(_ row: BookingRow, status: HTTPStatus) async throws -> HTTPResponse {
        try .json(
            try await read.response(for: row), status: status,
            headers: ["Cache-Control": "no-store"])
    }
}
