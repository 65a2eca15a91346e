import Cache
import FlightSupply
import Foundation
import HTTP
import TraqoraAPI
import Travel

/// Searching: answers come from the supplier, and for a while from the cache, as the bytes that are
/// sent.
struct SearchFlights: Sendable {
    let supplier: Simulator
    let cache: SharedCache
    let now: @Sendable () -> Instant

    /// How long an answer is given again.
    static let lifetimeSeconds = 60.0
    /// The answer as JSON.
    /// - Throws: `TravelError` for unknown airports, `SupplyError` for days that are not on sale.
    func answer(to query: FlightSearchQuery) async throws -> [UInt8] {
        try await cache.value(for: Self.key(query), seconds: Self.lifetimeSeconds) {
            Array(try HTTPResponse.jsonEncoder.encode(await find(query)))
        }
    }

    /// Queries that ask for the same have the same key.
    private static func key(_ query: FlightSearchQuery) -> String {
        query.items.reduce(into: "search") { key, item in key += "|\(item.name)=\(item.value)" }
    }

    private func find(_ query: FlightSearchQuery) async throws -> FlightSearchResponse {
        let time = now()
        let search = try FlightSearch(
            origin: Airports.all.require(query.origin),
            destination: Airports.all.require(query.destination), date: query.date,
            passengers: query.passengers, cabin: query.cabin,
            connectionsMax: query.connectionsMax, at: time)
        let offers = try await supplier.offers(for: search, at: time).prefix(query.limit)
        let segments = offers.flatMap(\.itinerary.segments)
        var airports: [String: Airport] = [:]
        var airlines: [String: String] = [:]
        for segment in segments {
            for code in [segment.origin, segment.destination] {
                airports[code.text] = Airports.all[code]
            }
            airlines[segment.flight.carrier.text] = Simulator.airlineName(segment.flight.carrier)
        }
        return FlightSearchResponse(
            offers: Array(offers), airports: airports, airlines: airlines, searchedAt: time)
    }
}
