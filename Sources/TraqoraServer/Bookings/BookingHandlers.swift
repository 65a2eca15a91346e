import Cryptography
import Foundation
import HTTP
import TraqoraAPI
import Travel

/// The bookings over HTTP.
struct BookingHandlers: Sendable {
    let identity: Identity
    let sponsor: SponsorPayment
    let create: CreateBooking
    let read: ReadBooking
    let submit: SubmitTransaction
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
        let response = CreateBookingResponse(
            booking: try await read.response(for: result.booking), token: result.token.text,
            transaction: read.response(for: result.transaction))
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
        var bookings: [BookingResponse] = []
        for row in page.items { bookings.append(try await read.response(for: row)) }
        return try .json(
            BookingsResponse(bookings: bookings, nextCursor: page.cursor?.description),
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
        let wanted =
            request.body.isEmpty ? PaymentRequest() : try request.json(as: PaymentRequest.self)
        switch (wanted.transaction, wanted.authorization, wanted.signature) {
        case (nil, nil, nil):
            guard wanted.sponsored != true else {
                return try .json(try await sponsor.offer(row), status: .ok)
            }
            let transaction = try await payment.prepareAgain(row)
            return try .json(read.response(for: transaction), status: .created)
        case (let signed?, nil, nil):
            let after = try await submit.submit(signed, purpose: .payment, for: row)
            return try await answer(after, status: .accepted)
        case (nil, let authorization, let signature):
            try await sponsor.submit(
                authorization: authorization, signature: signature, for: row, submit)
            let after = try await read.bookings.find(row.booking.id) ?? row
            return try await answer(after, status: .accepted)
        case (_?, _, _):
            throw ProblemCode.malformedAuthorization.problem(
                "Send one of `transaction`, `authorization`, `signature`.")
        }
    }

    /// `POST /api/v1/bookings/{id}/cancellation`: without a body the transaction that cancels; with
    /// it, signed, sends it.
    func cancelBooking(_ request: HTTPRequest) async throws -> HTTPResponse {
        let row = try await read.booking(request, identity)
        guard request.body.isEmpty else {
            let signed = try request.json(as: SignedTransactionRequest.self)
            let after = try await submit.submit(
                signed.transaction, purpose: .cancellation, for: row)
            return try await answer(after, status: .accepted)
        }
        let prepared = try await cancel.prepare(row)
        return try .json(
            CancellationResponse(
                transaction: read.response(for: prepared.transaction), refund: prepared.refund,
                penalty: prepared.penalty),
            status: .created)
    }

    /// `POST /api/v1/bookings/{id}/dispute`: with what went wrong the transaction that asks the
    /// arbiters; with it, signed, sends it.
    func disputeBooking(_ request: HTTPRequest) async throws -> HTTPResponse {
        let row = try await read.booking(request, identity)
        let wanted = try request.json(as: DisputeRequest.self)
        switch (wanted.statement, wanted.transaction) {
        case (let statement?, nil):
            let transaction = try await dispute.prepare(row, statement: statement)
            return try .json(read.response(for: transaction), status: .created)
        case (nil, let signed?):
            let after = try await submit.submit(signed, purpose: .dispute, for: row)
            return try await answer(after, status: .accepted)
        case (nil, nil), (_?, _?):
            throw ProblemCode.statementMalformed.problem(
                "Send `statement` first, then `transaction` with the signature.")
        }
    }

    /// `POST /api/v1/bookings/{id}/claim`: without a body the transaction that claims; with it,
    /// signed, sends it.
    func claimDelay(_ request: HTTPRequest) async throws -> HTTPResponse {
        let row = try await read.booking(request, identity)
        guard request.body.isEmpty else {
            let signed = try request.json(as: SignedTransactionRequest.self)
            let after = try await submit.submit(signed.transaction, purpose: .claim, for: row)
            return try await answer(after, status: .accepted)
        }
        let prepared = try await claim.prepare(row)
        return try .json(
            ClaimResponse(
                transaction: read.response(for: prepared.transaction), amount: prepared.amount),
            status: .created)
    }

    private func answer(_ row: BookingRow, status: HTTPStatus) async throws -> HTTPResponse {
        try .json(
            try await read.response(for: row), status: status,
            headers: ["Cache-Control": "no-store"])
    }
}
