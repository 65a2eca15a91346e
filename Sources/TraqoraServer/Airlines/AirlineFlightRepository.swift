public import Database
import HTTP
public import TraqoraAPI
import Travel

/// Which of an airline's flights are looked for, in the order in which they leave.
struct AirlineFlightSearch: Sendable {
    var code: String
    var from: Instant
    var before: Instant
    var status: PublishedFlightStatus?
    var cursor: PageCursor<UInt64>?
    var limit: Int

    /// What a request asks for; all flights if it names no days.
    /// - Throws: `Problem`, `TravelError`.
    init(_ query: HTTPQuery, of code: String) throws {
        self.code = code
        let day = { (name: String) in try query[name].map { try LocalDate(parsing: $0) } }
        from = try day("from")?.began ?? Instant(seconds: .min)
        before = try day("until")?.ended ?? Instant(seconds: .max)
        status = try query.choice("status", of: PublishedFlightStatus.self)
        limit = try query.number("limit", 1...100) ?? 50
        cursor = try query["cursor"].map { try PageCursor(parsing: $0) { UInt64($0) } }
    }

    /// The condition on `registry_flights`.
    var condition: SQL {
        var condition: SQL = """
            registry_flights.carrier = \(code) AND registry_flights.departs >= \(from)
            AND registry_flights.departs < \(before)
            """
        if let status { condition = "\(condition) AND registry_flights.status = \(status)" }
        if let cursor {
            condition = """
                \(condition) AND registry_flights.departs >= \(cursor.time)
                AND (registry_flights.departs > \(cursor.time)
                OR registry_flights.flight_id > \(Int64(bitPattern: cursor.id)))
                """
        }
        return condition
    }
}

extension LocalDate {
    /// Its first moment by the clock of UTC.
    var began: Instant { Instant(seconds: Int64(daysSinceEpoch) * 86_400) }
    /// The first moment of the next day.
    var ended: Instant { began.adding(seconds: 86_400) }
}

extension AirlineRepository {
    /// Flights with what is sold on them.
    func flights(_ wanted: AirlineFlightSearch) async throws(DatabaseError)
        -> Page<AirlineFlight, PageCursor<UInt64>>
    {
        let found: [AirlineFlight] = try await database.all(
            """
            SELECT flight_id, carrier, number, origin, destination, departs, arrives, is_open,
                status, status_time, is_confirmed
            FROM registry_flights WHERE \(wanted.condition)
            ORDER BY departs, flight_id LIMIT \(wanted.limit + 1)
            """)
        var page = Page(found, limit: wanted.limit) {
            PageCursor($0.departs, $0.id)
        }
        let rows = try await database.run(
            """
            SELECT flight_id, cabin, price, token, policy, seats, sold FROM registry_fares
            WHERE flight_id IN (\(list: page.items.map { Int64(bitPattern: $0.id) }))
            ORDER BY flight_id, price, cabin
            """
        ).rows
        var fares: [UInt64: [AirlineFare]] = [:]
        for row in rows {
            let id = UInt64(bitPattern: try row.value("flight_id", as: Int64.self))
            fares[id, default: []].append(try AirlineFare(row: row))
        }
        for index in page.items.indices {
            page.items[index].fares = fares[page.items[index].id] ?? []
        }
        return page
    }

    /// A flight, if the airline published it.
    func flight(_ id: UInt64, of code: String) async throws(DatabaseError) -> NamedFlight? {
        let row = try await database.run(
            """
            SELECT number, arrives FROM registry_flights
            WHERE flight_id = \(Int64(bitPattern: id)) AND carrier = \(code)
            """
        ).rows.first
        guard let row else { return nil }
        return NamedFlight(
            id: id, name: "\(code)\(try row.value("number", as: Int.self))",
            arrives: try row.value("arrives"))
    }
}

extension AirlineFlight: RowDecodable {
    /// Reads a row, without its fares.
    public init(row: Row) throws(DatabaseError) {
        let carrier: String = try row.value("carrier")
        let number: Int = try row.value("number")
        self.init(
            id: UInt64(bitPattern: try row.value("flight_id", as: Int64.self)),
            flight: "\(carrier)\(number)", origin: try row.value("origin"),
            destination: try row.value("destination"), departs: try row.value("departs"),
            arrives: try row.value("arrives"), isOpen: try row.value("is_open"),
            status: try row.value("status"), statusAt: try row.value("status_time"),
            isConfirmed: try row.value("is_confirmed"), fares: [])
    }
}

extension AirlineFare: RowDecodable {
    /// Reads a row of the table.
    public init(row: Row) throws(DatabaseError) {
        let (seats, sold): (Int, Int) = (try row.value("seats"), try row.value("sold"))
        self.init(
            cabin: try row.value("cabin"), price: try row.value("price"),
            token: try row.value("token"), policy: try row.value("policy"), seats: seats,
            sold: sold, left: seats - sold)
    }
}
