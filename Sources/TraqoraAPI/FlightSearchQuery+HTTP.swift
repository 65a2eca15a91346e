public import HTTP
import Travel

extension FlightSearchQuery {
    /// Reads the query of an address.
    /// - Throws: ``Problem`` naming the parameter that is missing or wrong; `TravelError`.
    public init(_ query: HTTPQuery) throws {
        self.init(
            origin: try AirportCode(parsing: query.require("origin")),
            destination: try AirportCode(parsing: query.require("destination")),
            date: try LocalDate(parsing: query.require("date")),
            passengers: try PassengerCounts(
                adults: Self.number("adults", in: query, 0...PassengerCounts.seatsMax) ?? 1,
                children: Self.number("children", in: query, 0...PassengerCounts.seatsMax) ?? 0,
                infants: Self.number("infants", in: query, 0...PassengerCounts.seatsMax) ?? 0),
            cabin: try Self.cabin(in: query),
            connectionsMax: try Self.number("connections_max", in: query, 0...2) ?? 2,
            limit: try Self.number("limit", in: query, 1...Self.limitMax) ?? Self.defaultLimit)
    }

    private static func number(
        _ name: String, in query: HTTPQuery, _ range: ClosedRange<Int>
    ) throws -> Int? {
        guard let value = try query.optional(name, as: Int.self) else { return nil }
        guard range.contains(value) else {
            throw Problem.invalidParameter(
                name, "use a number from \(range.lowerBound) to \(range.upperBound).")
        }
        return value
    }

    private static func cabin(in query: HTTPQuery) throws -> Cabin? {
        guard let text = query["cabin"] else { return nil }
        guard let cabin = Cabin(rawValue: text) else {
            let known = Cabin.allCases.map(\.rawValue).joined(separator: ", ")
            throw Problem.invalidParameter("cabin", "use one of \(known).")
        }
        return cabin
    }
}
