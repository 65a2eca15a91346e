public import Database
public import TraqoraAPI
import Travel

/// What airlines were paid for what they published, and what is still in escrow.
extension AirlineRepository {
    private static let pending: SQL = """
        CASE WHEN escrows.state IN ('paid', 'ticketed', 'disputed')
            THEN escrows.price * escrows.seats ELSE 0 END
        """

    /// The longest dispute window that the contract allows: 30 days.
    private static let disputeSecondsMax: Int64 = 30 * 86_400

    /// Flight by flight.
    func settlements(_ wanted: AirlineFlightSearch, in token: String) async throws(DatabaseError)
        -> Page<FlightSettlement, PageCursor<UInt64>>
    {
        let found: [FlightSettlement] = try await database.all(
            """
            SELECT registry_flights.flight_id, registry_flights.carrier, registry_flights.number,
                registry_flights.departs, COUNT(escrows.escrow_id) AS bookings,
                CAST(COALESCE(SUM(escrows.paid_out), 0) AS BIGINT) AS paid_out,
                CAST(COALESCE(SUM(escrows.fees), 0) AS BIGINT) AS fees,
                CAST(COALESCE(SUM(escrows.refunded), 0) AS BIGINT) AS refunded,
                CAST(COALESCE(SUM(\(Self.pending)), 0) AS BIGINT) AS pending
            FROM (SELECT flight_id, carrier, number, departs FROM registry_flights
                WHERE \(wanted.condition)
                ORDER BY departs, flight_id LIMIT \(wanted.limit + 1)) AS registry_flights
            LEFT JOIN escrows
            ON escrows.flight_id = registry_flights.flight_id AND escrows.token = \(token)
            GROUP BY registry_flights.flight_id, registry_flights.carrier,
                registry_flights.number, registry_flights.departs
            ORDER BY registry_flights.departs, registry_flights.flight_id
            """)
        return Page(found, limit: wanted.limit) { PageCursor($0.departs, $0.flightID) }
    }

    /// Day by day: what was paid on it, and what may be at the earliest.
    func settlements(
        of code: String, from: Instant, before: Instant, in token: String
    ) async throws(DatabaseError) -> [DaySettlement] {
        let paid: [DaySettlement] = try await database.all(
            """
            SELECT paid_at / 86400 AS day, COUNT(*) AS payments,
                CAST(SUM(amount) AS BIGINT) AS paid_out, CAST(SUM(fee) AS BIGINT) AS fees,
                CAST(0 AS BIGINT) AS pending
            FROM airline_payments
            WHERE carrier = \(code) AND token = \(token)
                AND paid_at >= \(from) AND paid_at < \(before)
            GROUP BY paid_at / 86400
            """)
        let pending: [DaySettlement] = try await database.all(
            """
            SELECT (arrives + dispute_window) / 86400 AS day, 0 AS payments,
                CAST(0 AS BIGINT) AS paid_out, CAST(0 AS BIGINT) AS fees,
                CAST(SUM(price * seats) AS BIGINT) AS pending
            FROM escrows
            WHERE carrier = \(code) AND seller = \(EscrowRow.published) AND token = \(token)
                AND state IN ('paid', 'ticketed', 'disputed')
                AND arrives >= \(from.adding(seconds: -Self.disputeSecondsMax))
                AND arrives < \(before)
                AND arrives + dispute_window >= \(from) AND arrives + dispute_window < \(before)
            GROUP BY (arrives + dispute_window) / 86400
            """)
        var days: [LocalDate: DaySettlement] = [:]
        for settlement in paid { days[settlement.day] = settlement }
        for settlement in pending {
            days[settlement.day, default: settlement].pending = settlement.pending
        }
        return days.values.sorted { $0.day < $1.day }
    }
}

extension FlightSettlement: RowDecodable {
    /// Reads a row of the sums.
    public init(row: Row) throws(DatabaseError) {
        let carrier: String = try row.value("carrier")
        let number: Int = try row.value("number")
        self.init(
            flightID: UInt64(bitPattern: try row.value("flight_id", as: Int64.self)),
            flight: "\(carrier)\(number)", departs: try row.value("departs"),
            bookings: try row.value("bookings"), paidOut: try row.value("paid_out"),
            fees: try row.value("fees"), refunded: try row.value("refunded"),
            pending: try row.value("pending"))
    }
}

extension DaySettlement: RowDecodable {
    /// Reads a row of the sums.
    public init(row: Row) throws(DatabaseError) {
        self.init(
            day: LocalDate(daysSinceEpoch: try row.value("day")),
            payments: try row.value("payments"), paidOut: try row.value("paid_out"),
            fees: try row.value("fees"), pending: try row.value("pending"))
    }
}
