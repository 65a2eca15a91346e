import Cache
import FlightSupply
import Foundation
import HTTP
import TraqoraAPI
import Travel

/// Searching: answers come from the supplier, and for a while from the cache, as the bytes that are
/// sent.
struct SearchFlights: Sendable {
    let suppliers: Suppliers
    let revisions: RouteRevisions
    let cache: SharedCache
    let now: @Sendable () -> Instant
    /// How long an answer is given again.
    let lifetimeSeconds: Int
    /// The answer as JSON.
    /// - Throws: `TravelError` for unknown airports, `SupplyError` for days that are not on sale.
    func answer(to query: FlightSearchQuery) async throws -> [UInt8] {
        let route = RouteKey(origin: query.origin.text, destination: query.destination.text)
        // What the ledger had for the route belongs to the question.
        let key = "\(Self.key(query)).\(revisions.count(route))"
        return try await cache.value(for: key, seconds: Double(lifetimeSeconds)) {
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
        let offers = try await suppliers.offers(for: search, at: time).prefix(query.limit)
        let segments = offers.flatMap(\.itinerary.segments)
        var airports: [String: Airport] = [:]
        var airlines: [String: String] = [:]
        for segment in segments {
            for code in [segment.origin, segment.destination] {
                airports[code.text] = Airports.all[code]
            }
            let carrier = segment.flight.carrier
            if airlines[carrier.text] == nil {
                airlines[carrier.text] = try await suppliers.airlineName(carrier)
            }
        }
        return FlightSearchResponse(
            offers: Array(offers), airports: airports, airlines: airlines, searchedAt: time)
    }
}
