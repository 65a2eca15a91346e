public import Database
import FareRules
public import FlightSupply
import Foundation
import Stellar
import StellarXDR
import TraqoraContracts
import Travel

/// What airlines sell on the ledger, as its events tell it. The indexer alone writes here.
struct RegistryRepository: Sendable {
    let database: Database

    func setAirline(_ code: String, name: String, in transaction: DatabaseTransaction)
        async throws(DatabaseError)
    {
        try await transaction.execute(
            """
            INSERT INTO registry_airlines (code, name, is_active)
            VALUES (\(code), \(name), \(false)) ON CONFLICT (code) DO UPDATE SET name = \(name)
            """)
    }

    /// - Returns: whether the airline is known.
    func setActive(_ isActive: Bool, airline code: String, in transaction: DatabaseTransaction)
        async throws(DatabaseError) -> Bool
    {
        try await transaction.execute(
            "UPDATE registry_airlines SET is_active = \(isActive) WHERE code = \(code)") == 1
    }

    func airlineName(_ code: String) async throws(DatabaseError) -> String? {
        try await database.value(
            "SELECT name FROM registry_airlines WHERE code = \(code)", as: String.self)
    }

    func addPolicy(
        _ number: UInt32, carrier: String, _ rule: RefundRule<[RefundTier]>,
        in transaction: DatabaseTransaction
    ) async throws(DatabaseError) {
        try await transaction.execute(
            """
            INSERT INTO registry_policies (number, carrier, rule)
            VALUES (\(number), \(carrier), \(JSONColumn(PolicyColumn(rule))))
            """)
    }

    func add(
        _ id: UInt64, _ flight: FlightRegistryContract.Flight, in transaction: DatabaseTransaction
    ) async throws(DatabaseError) {
        let number = Int64(bitPattern: id)
        try await transaction.execute(
            """
            INSERT INTO registry_flights (flight_id, carrier, number, origin, destination, departs,
                arrives, is_open, status, status_time, is_confirmed)
            VALUES (\(number), \(flight.carrier.description), \(flight.number),
                \(flight.origin.description), \(flight.destination.description),
                \(Instant(clamping: flight.departs)), \(Instant(clamping: flight.arrives)),
                \(true), 'scheduled', \(Instant(clamping: flight.arrives)), \(false))
            """)
        for fare in flight.fares {
            try await transaction.execute(
                """
                INSERT INTO registry_fares (flight_id, cabin, price, seats, sold, token, policy)
                VALUES (\(number), \(fare.cabin.description), \(Int64(clamping: fare.price)),
                    \(fare.seats), 0, \(fare.token.description), \(fare.policy))
                """)
        }
    }

    /// A flight that was published before anything was read, as it is now.
    func add(
        _ id: UInt64, _ flight: FlightRegistryContract.FlightRecord,
        _ status: FlightRegistryContract.StatusView, in transaction: DatabaseTransaction
    ) async throws(DatabaseError) {
        let number = Int64(bitPattern: id)
        try await transaction.execute("DELETE FROM registry_fares WHERE flight_id = \(number)")
        try await transaction.execute("DELETE FROM registry_flights WHERE flight_id = \(number)")
        try await transaction.execute(
            """
            INSERT INTO registry_flights (flight_id, carrier, number, origin, destination, departs,
                arrives, is_open, status, status_time, is_confirmed)
            VALUES (\(number), \(flight.carrier.description), \(flight.number),
                \(flight.origin.description), \(flight.destination.description),
                \(Instant(clamping: flight.departs)), \(Instant(clamping: flight.arrives)),
                \(flight.open), \("\(status.status)"), \(Instant(clamping: status.time)),
                \(status.confirmed))
            """)
        for fare in flight.fares {
            try await transaction.execute(
                """
                INSERT INTO registry_fares (flight_id, cabin, price, seats, sold, token, policy)
                VALUES (\(number), \(fare.cabin.description), \(Int64(clamping: fare.price)),
                    \(fare.seats), \(fare.sold), \(fare.token.description), \(fare.policy))
                """)
        }
    }

    /// - Returns: whether the fare is known; so below.
    func setFare(
        _ id: UInt64, _ cabin: String, price: TokenAmount, seats: UInt32,
        in transaction: DatabaseTransaction
    ) async throws(DatabaseError) -> Bool {
        try await transaction.execute(
            """
            UPDATE registry_fares SET price = \(price), seats = \(seats)
            WHERE flight_id = \(Int64(bitPattern: id)) AND cabin = \(cabin)
            """) == 1
    }

    func setSold(
        _ id: UInt64, _ cabin: String, _ sold: UInt32, in transaction: DatabaseTransaction
    ) async throws(DatabaseError) -> Bool {
        try await transaction.execute(
            """
            UPDATE registry_fares SET sold = \(sold)
            WHERE flight_id = \(Int64(bitPattern: id)) AND cabin = \(cabin)
            """) == 1
    }

    func close(_ id: UInt64, in transaction: DatabaseTransaction) async throws(DatabaseError)
        -> Bool
    {
        try await transaction.execute(
            """
            UPDATE registry_flights SET is_open = \(false)
            WHERE flight_id = \(Int64(bitPattern: id))
            """) == 1
    }

    func setStatus(
        _ id: UInt64, _ status: String, at time: Instant, isConfirmed: Bool,
        in transaction: DatabaseTransaction
    ) async throws(DatabaseError) -> Bool {
        try await transaction.execute(
            """
            UPDATE registry_flights SET status = \(status), status_time = \(time),
                is_confirmed = \(isConfirmed)
            WHERE flight_id = \(Int64(bitPattern: id))
            """) == 1
    }

    /// Who flies it; `nil` when there is no such flight.
    func carrier(of id: UInt64, in executor: some SQLExecutor) async throws(DatabaseError)
        -> String?
    {
        try await executor.value(
            "SELECT carrier FROM registry_flights WHERE flight_id = \(Int64(bitPattern: id))")
    }

    /// From where to where a flight goes.
    func route(of id: UInt64, in executor: some SQLExecutor) async throws(DatabaseError)
        -> RouteKey?
    {
        try await executor.first(
            """
            SELECT origin, destination FROM registry_flights
            WHERE flight_id = \(Int64(bitPattern: id))
            """)
    }
}

/// Reading it, as somebody who looks for a flight.
extension RegistryRepository {
    private static let columns: SQL = """
        registry_flights.flight_id, registry_flights.carrier, registry_flights.number,
        registry_flights.origin, registry_flights.destination, registry_flights.departs,
        registry_flights.arrives, registry_fares.cabin, registry_fares.price,
        registry_fares.seats, registry_fares.sold, registry_fares.policy, registry_policies.rule
        """

    /// What can be sold: of active airlines, open, not over, with seats, in this token.
    private static func sold(in token: String) -> SQL {
        """
        FROM registry_flights
        JOIN registry_fares ON registry_fares.flight_id = registry_flights.flight_id
        JOIN registry_policies ON registry_policies.number = registry_fares.policy
        JOIN registry_airlines ON registry_airlines.code = registry_flights.carrier
        WHERE registry_airlines.is_active AND registry_flights.is_open
            AND registry_flights.status IN ('scheduled', 'delayed')
            AND registry_fares.sold < registry_fares.seats AND registry_fares.token = \(token)
        """
    }

    /// The fares of flights of a route that leave in a span of time.
    func fares(
        from origin: String, to destination: String, leaving span: Range<Instant>, in token: String
    ) async throws(DatabaseError) -> [PublishedFare] {
        try await database.all(
            """
            SELECT \(Self.columns) \(Self.sold(in: token))
                AND registry_flights.origin = \(origin)
                AND registry_flights.destination = \(destination)
                AND registry_flights.departs >= \(span.lowerBound)
                AND registry_flights.departs < \(span.upperBound)
            ORDER BY registry_flights.departs, registry_flights.flight_id, registry_fares.price
            LIMIT \(Self.faresMax)
            """)
    }

    /// One fare, if it can be sold.
    func fare(_ flight: UInt64, _ cabin: String, in token: String) async throws(DatabaseError)
        -> PublishedFare?
    {
        try await database.first(
            """
            SELECT \(Self.columns) \(Self.sold(in: token))
                AND registry_flights.flight_id = \(Int64(bitPattern: flight))
                AND registry_fares.cabin = \(cabin)
            """)
    }

    /// How many fares are looked at in one search.
    static let faresMax = 200
}

extension RouteKey: RowDecodable {
    init(row: Row) throws(DatabaseError) {
        self.init(
            origin: try row.value("origin"), destination: try row.value("destination"))
    }
}

extension PublishedFare: RowDecodable {
    /// Reads a row of the registry.
    public init(row: Row) throws(DatabaseError) {
        self.init(
            flight: UInt64(bitPattern: try row.value("flight_id", as: Int64.self)),
            carrier: try row.value("carrier"), number: try row.value("number"),
            origin: try row.value("origin"), destination: try row.value("destination"),
            departs: try row.value("departs"), arrives: try row.value("arrives"),
            cabin: try row.value("cabin"), price: try row.value("price"),
            seatsLeft: try row.value("seats", as: Int.self) - row.value("sold", as: Int.self),
            policy: try row.value("policy"),
            rule: try row.value("rule", as: JSONColumn<PolicyColumn>.self).value.rule)
    }
}

/// A fare rule as JSON.
struct PolicyColumn: Codable, Hashable, Sendable {
    var tiers: [RefundTier]
    var graceSeconds: UInt64
    var graceMinLeadSeconds: UInt64

    init(_ rule: RefundRule<[RefundTier]>) {
        tiers = rule.tiers
        graceSeconds = rule.graceSeconds
        graceMinLeadSeconds = rule.graceMinLeadSeconds
    }

    var rule: RefundRule<[RefundTier]> {
        RefundRule(
            tiers: tiers, graceSeconds: graceSeconds, graceMinLeadSeconds: graceMinLeadSeconds)
    }
}
