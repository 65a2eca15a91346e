import Cryptography
import HTTP
import StellarXDR
import TraqoraAPI
import Travel

/// The bookings of an airline's flights and their money, for those who act for it.
struct AirlineBookingHandlers: Sendable {
    let door: AirlineDoor
    let operate: OperateAirline
    let bookings: AirlineBookingRepository
    let rows: BookingRepository
    let escrows: EscrowRepository
    let disputes: DisputeRepository
    let audit: AuditRepository

    /// How many days are told of at most.
    static let daysMax: Int64 = 400

    /// What is served here.
    var routes: [ServedRoute] {
        [
            (.airlineBookings, list), (.cancelForAirline, cancel), (.ticketForAirline, ticket),
            (.answerDispute, answer),
            (.flightSettlements, flightSettlements), (.daySettlements, daySettlements),
        ]
    }

    /// `GET /api/v1/airlines/{code}/bookings`
    func list(_ request: HTTPRequest) async throws -> HTTPResponse {
        let member = try await door.admit(request)
        let page = try await bookings.all(
            AirlineBookingSearch(request.query, of: member.code), now: operate.now())
        let named = page.items.filter { !$0.passengers.isEmpty || $0.complaint != nil }
        if !named.isEmpty {
            let whose = named.map { "\($0.number)" }.joined(separator: ", ")
            try await audit.add(
                "airlines.passengers_read", by: member.subject,
                to: "\(member.code), bookings \(whose)", now: operate.now())
        }
        return try .json(
            AirlineBookingsResponse(
                bookings: page.items, nextCursor: page.cursor?.description),
            headers: AirlineDoor.secrecy)
    }

    /// `POST /api/v1/airlines/{code}/bookings/{number}/cancellation`
    func cancel(_ request: HTTPRequest) async throws -> HTTPResponse {
        let member = try await door.admit(request)
        let booking = try await booking(of: request, member)
        return try .toSign(try await operate.cancel(booking, by: member))
    }

    /// `POST /api/v1/airlines/{code}/bookings/{number}/ticket`
    func ticket(_ request: HTTPRequest) async throws -> HTTPResponse {
        let member = try await door.admit(request)
        let booking = try await booking(of: request, member)
        guard let row = try await rows.published(booking.number) else {
            throw ProblemCode.airlineBookingUnknown.problem(
                "It was not made here: whoever sold it tickets it.")
        }
        return try .toSign(
            try await operate.ticket(
                booking, hash: FulfilmentWorker.ticketHash(of: row), by: member))
    }

    /// `POST /api/v1/airlines/{code}/bookings/{number}/answer`
    func answer(_ request: HTTPRequest) async throws -> HTTPResponse {
        let member = try await door.admit(request)
        let booking = try await booking(of: request, member)
        let statement = try request.json(as: AnswerDisputeRequest.self).statement
        guard let row = try await rows.published(booking.number) else {
            throw ProblemCode.airlineBookingUnknown.problem(
                "It was not made here: answer where it was made.")
        }
        return try .toSign(
            try await operate.answer(
                booking, of: row, statement: statement, keeping: disputes, by: member))
    }

    /// `GET /api/v1/airlines/{code}/settlements/flights`
    func flightSettlements(_ request: HTTPRequest) async throws -> HTTPResponse {
        let member = try await door.admit(request)
        let token = SCAddress.contract(operate.token).description
        let page = try await door.airlines.settlements(
            AirlineFlightSearch(request.query, of: member.code), in: token)
        return try .json(
            FlightSettlementsResponse(
                token: token, flights: page.items, nextCursor: page.cursor?.description),
            headers: AirlineDoor.secrecy)
    }

    /// `GET /api/v1/airlines/{code}/settlements/days`
    func daySettlements(_ request: HTTPRequest) async throws -> HTTPResponse {
        let member = try await door.admit(request)
        let query = try request.query
        let today = LocalDate(daysSinceEpoch: Int(operate.now().seconds / 86_400))
        let day = { (name: String) in try query[name].map { try LocalDate(parsing: $0) } }
        let (from, until) = (
            try day("from") ?? today.adding(days: -30), try day("until") ?? today.adding(days: 60)
        )
        guard from.began.seconds(until: until.began) < Self.daysMax * 86_400 else {
            throw Problem.invalidParameter("until", "name at most \(Self.daysMax) days.")
        }
        let token = SCAddress.contract(operate.token).description
        let airline = try await door.airlines.find(
            member.code, token: token, now: operate.now())
        guard let airline else { throw ProblemCode.airlineUnknown.problem() }
        return try .json(
            DaySettlementsResponse(
                token: token, payout: airline.payout,
                credit: try await escrows.credit(of: airline.payout, token: token)
                    ?? TokenAmount(baseUnits: 0),
                days: try await door.airlines.settlements(
                    of: member.code, from: from.began, before: until.ended, in: token)),
            headers: AirlineDoor.secrecy)
    }

    private func booking(of request: HTTPRequest, _ member: AirlineDoor.Member) async throws
        -> AirlineBooking
    {
        let number: UInt64 = try request.parameters.require("number")
        let found = try await bookings.all(
            AirlineBookingSearch(number, of: member.code), now: operate.now())
        guard let booking = found.items.first else {
            throw ProblemCode.airlineBookingUnknown.problem()
        }
        return booking
    }
}
