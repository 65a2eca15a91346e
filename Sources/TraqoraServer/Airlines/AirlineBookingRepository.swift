import Database
import HTTP
import TraqoraAPI
import Travel

/// Which bookings of an airline's flights are looked for, the newest first.
struct AirlineBookingSearch: Sendable {
    var code: String
    var flight: UInt64?
    var state: EscrowState?
    var cursor: PageCursor<UInt64>?
    var number: UInt64?
    var limit: Int

    /// What a request asks for.
    /// - Throws: `Problem`.
    init(_ query: HTTPQuery, of code: String) throws {
        self.code = code
        flight = try query.optional("flight", as: UInt64.self)
        state = try query.choice("state", of: EscrowState.self)
        cursor = try query["cursor"].map { try PageCursor(parsing: $0) { UInt64($0) } }
        limit = try query.number("limit", 1...100) ?? 50
    }

    /// One booking.
    init(_ number: UInt64, of code: String) {
        self.code = code
        self.number = number
        limit = 1
    }
}

/// The bookings of flights that airlines published. Who flies is opened while the airline needs to
/// know, and no longer.
struct AirlineBookingRepository: Sendable {
    let database: Database
    let cipher: ColumnCipher

    /// How long after arrival an airline is told who flew.
    static let namesSeconds: Int64 = 3 * 86_400

    /// Bookings, with names as `now` allows.
    func all(_ wanted: AirlineBookingSearch, now: Instant) async throws -> Page<
        AirlineBooking, PageCursor<UInt64>
    > {
        let rows = try await database.run(
            """
            SELECT escrows.escrow_id, escrows.flight_id, escrows.carrier, escrows.departs,
                escrows.arrives, escrows.cabin, escrows.seats, escrows.price, escrows.state,
                escrows.refunded, escrows.paid_out, escrows.booked_at, escrows.ticket_deadline,
                escrows.passenger, escrows.resolve_by, registry_flights.number, bookings.id,
                bookings.locator, bookings.passengers, disputes.statement
            FROM escrows
            JOIN registry_flights ON registry_flights.flight_id = escrows.flight_id
            LEFT JOIN bookings
            ON bookings.seller = escrows.seller AND bookings.nonce = escrows.nonce
            LEFT JOIN disputes ON disputes.booking_id = bookings.id
            WHERE \(Self.condition(wanted))
            ORDER BY escrows.booked_at DESC, escrows.escrow_id DESC LIMIT \(wanted.limit + 1)
            """
        ).rows
        return Page(try rows.map { try read($0, now: now) }, limit: wanted.limit) {
            .init($0.bookedAt, $0.number)
        }
    }

    private static func condition(_ wanted: AirlineBookingSearch) -> SQL {
        var condition: SQL = """
            escrows.carrier = \(wanted.code) AND escrows.seller = \(EscrowRow.published)
            """
        if let flight = wanted.flight {
            condition = "\(condition) AND escrows.flight_id = \(Int64(bitPattern: flight))"
        }
        if let state = wanted.state { condition = "\(condition) AND escrows.state = \(state)" }
        if let cursor = wanted.cursor {
            condition = """
                \(condition) AND escrows.booked_at <= \(cursor.time)
                AND (escrows.booked_at < \(cursor.time)
                OR escrows.escrow_id < \(Int64(bitPattern: cursor.id)))
                """
        }
        if let number = wanted.number {
            condition = "\(condition) AND escrows.escrow_id = \(Int64(bitPattern: number))"
        }
        return condition
    }

    private func read(_ row: Row, now: Instant) throws -> AirlineBooking {
        let state: EscrowState = try row.value("state")
        let price: TokenAmount = try row.value("price")
        let seats: Int = try row.value("seats")
        let carrier: String = try row.value("carrier")
        let number: Int = try row.value("number")
        return AirlineBooking(
            number: UInt64(bitPattern: try row.value("escrow_id", as: Int64.self)),
            flightID: UInt64(bitPattern: try row.value("flight_id", as: Int64.self)),
            flight: "\(carrier)\(number)", departs: try row.value("departs"),
            cabin: try row.value("cabin"), seats: seats, price: price, state: state,
            escrowed: TokenAmount(
                baseUnits: state.isFinal ? 0 : price.baseUnits &* Int64(seats)),
            refunded: try row.value("refunded"), paidOut: try row.value("paid_out"),
            bookedAt: try row.value("booked_at"),
            ticketDeadline: try row.value("ticket_deadline"),
            payer: try row.value("passenger"), resolveBy: try row.value("resolve_by"),
            complaint: try complaint(of: row, state),
            locator: try row.value("locator", as: RecordLocator?.self),
            passengers: try passengers(of: row, state, now: now))
    }

    /// What has to be answered, as long as it has.
    private func complaint(of row: Row, _ state: EscrowState) throws -> String? {
        guard state == .disputed, let id = try row.value("id", as: BookingID?.self),
            let sealed = try row.value("statement", as: [UInt8]?.self)
        else { return nil }
        return try cipher.open(sealed, for: SealedTable.disputes.place("statement", id.text))
    }

    private func passengers(of row: Row, _ state: EscrowState, now: Instant) throws
        -> [AirlinePassenger]
    {
        let arrives: Instant = try row.value("arrives")
        guard !state.isFinal, now < arrives.adding(seconds: Self.namesSeconds),
            let id = try row.value("id", as: BookingID?.self),
            let sealed = try row.value("passengers", as: [UInt8]?.self)
        else { return [] }
        let place = SealedTable.bookings.place("passengers", id.text)
        return try cipher.open(sealed, for: place, as: [Passenger].self).map {
            AirlinePassenger(name: $0.name.ticketed, type: $0.type)
        }
    }
}
