public import HTTP
public import Travel

/// What is asked for in the query of `GET /api/v1/flights/calendar`.
public struct FareCalendarQuery: Hashable, Sendable {
    /// Where from.
    public var origin: AirportCode
    /// Where to.
    public var destination: AirportCode
    /// The first day of the month.
    public var firstDay: LocalDate
    /// How many nights later the way back is; `nil` for one way.
    public var nights: Int?
    /// Who travels.
    public var passengers: PassengerCounts
    /// The cabin, or any.
    public var cabin: Cabin?
    /// How often one may have to change on each journey.
    public var connectionsMax: Int

    /// The longest stay.
    public static let nightsMax = 60

    /// Reads the query of an address.
    /// - Throws: ``Problem`` naming the parameter that is missing or wrong; `TravelError`.
    public init(_ query: HTTPQuery) throws {
        origin = try AirportCode(parsing: query.require("origin"))
        destination = try AirportCode(parsing: query.require("destination"))
        let month: String = try query.require("month")
        do {
            firstDay = try LocalDate(parsing: "\(month)-01")
        } catch {
            throw Problem.invalidParameter("month", "use a month like 2026-12.")
        }
        nights = try query.number("nights", 1...Self.nightsMax)
        passengers = try PassengerCounts(query)
        cabin = try query.choice("cabin", of: Cabin.self)
        connectionsMax = try query.number("connections_max", 0...2) ?? 2
    }

    /// The days of the month, in order.
    public var days: [LocalDate] {
        (0..<31).map { firstDay.adding(days: $0) }.filter { $0.month == firstDay.month }
    }
}
