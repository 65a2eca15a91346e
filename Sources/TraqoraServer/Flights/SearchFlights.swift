import Cache
import FlightSupply
import Foundation
import HTTP
import Telemetry
import TraqoraAPI
import Travel

/// Searching: answers come from the supplier, and for a while from the cache, as the bytes that are
/// sent.
struct SearchFlights: Sendable {
    let suppliers: Suppliers
    let metrics: SearchMetrics
    let revisions: RouteRevisions
    let cache: SharedCache
    let now: @Sendable () -> Instant
    /// How long an answer is given again.
    let lifetimeSeconds: Int

    /// How long an answer that lacks a supplier is given again.
    static let partialSecondsMax = 5

    /// The answer as JSON.
    /// - Throws: `TravelError` for unknown airports, `SupplyError` for days that are not on sale.
    func answer(to query: FlightSearchQuery) async throws -> [UInt8] {
        let route = RouteKey(origin: query.origin.text, destination: query.destination.text)
        // What the ledger had for the route belongs to the question.
        let key = "\(Self.key(query)).\(revisions.count(route))"
        let isPartial = Lock(false)
        let bytes = try await cache.value(for: key, seconds: Double(lifetimeSeconds)) {
            let found = try await find(query)
            if found.suppliers.contains(where: { $0.code != nil }) {
                isPartial.withLock { $0 = true }
            }
            return Array(try HTTPResponse.jsonEncoder.encode(found))
        }
        if isPartial.withLock({ $0 }) {
            // The one that is missing may be back soon.
            let seconds = min(Self.partialSecondsMax, lifetimeSeconds)
            await cache.keep(bytes, for: key, seconds: Double(seconds))
        }
        return bytes
    }

    /// Queries that ask for the same have the same key.
    private static func key(_ query: FlightSearchQuery) -> String {
        query.items.reduce(into: "search") { key, item in key += "|\(item.name)=\(item.value)" }
    }

    private func find(_ query: FlightSearchQuery) async throws -> FlightSearchResponse {
        let clock = ContinuousClock()
        let start = clock.now
        let time = now()
        let search = try FlightSearch(
            origin: Airports.all.require(query.origin),
            destination: Airports.all.require(query.destination), date: query.date,
            passengers: query.passengers, cabin: query.cabin,
            connectionsMax: query.connectionsMax, at: time)
        let asked = clock.now
        let found = try await suppliers.offers(for: search, at: time)
        let answered = clock.now
        let offers = Array(found.offers.prefix(query.limit))
        let names = try await Names(of: offers, from: suppliers)
        metrics.observeOwn((clock.now - start) - (answered - asked))
        return FlightSearchResponse(
            offers: offers, airports: names.airports, airlines: names.airlines,
            searchedAt: time, suppliers: found.answers.map(SupplierReport.init))
    }
}

extension SupplierReport {
    init(_ answer: SupplierAnswer) {
        self.init(
            name: answer.supplier, offers: answer.offerCount, code: answer.failure?.code,
            milliseconds: Int(answer.duration / .milliseconds(1)))
    }
}

/// What the codes in offers stand for.
struct Names {
    var airports: [String: Airport] = [:]
    var airlines: [String: String] = [:]

    init(of offers: [Offer], from suppliers: Suppliers) async throws {
        for segment in offers.lazy.flatMap(\.itinerary.segments) {
            for code in [segment.origin, segment.destination] where airports[code.text] == nil {
                airports[code.text] = Airports.all[code]
            }
            for carrier in [segment.flight.carrier, segment.operatedBy].compactMap({ $0 })
            where airlines[carrier.text] == nil {
                airlines[carrier.text] = try await suppliers.airlineName(carrier)
            }
        }
    }
}
