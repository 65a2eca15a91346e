import Cache
import FlightSupply
import Foundation
import HTTP
import TraqoraAPI
import Travel

/// Searching: filters, sorts and pages what the suppliers had; answers are kept as the bytes that
/// are sent.
struct SearchFlights: Sendable {
    let shop: FlightShop
    let metrics: SearchMetrics
    let cache: SharedCache

    /// The answer as JSON.
    /// - Throws: `TravelError` for unknown places, `SupplyError` for days that are not on sale.
    func answer(to query: FlightSearchQuery) async throws -> [UInt8] {
        let clock = ContinuousClock()
        let start = clock.now
        let key = try "\(Self.key(query)).\(shop.revision(of: shop.search(query)))"
        if let bytes = await cache.find(key) { return bytes }
        let asked = clock.now
        let found = try await shop.find(query)
        let answered = clock.now
        let bytes = Array(try HTTPResponse.jsonEncoder.encode(await page(query, of: found)))
        let seconds = shop.now().seconds(until: found.goodUntil)
        if seconds > 0 { await cache.keep(bytes, for: key, seconds: Double(seconds)) }
        metrics.observeOwn((clock.now - start) - (answered - asked))
        return bytes
    }

    /// Queries that ask for the same have the same key.
    static func key(_ query: FlightSearchQuery) -> String {
        query.items.reduce(into: "search") { key, item in key += "|\(item.name)=\(item.value)" }
    }

    private func page(_ query: FlightSearchQuery, of found: FoundFlights) async throws
        -> FlightSearchResponse
    {
        let wanted = query.sort.sorted(found.offers.filter(query.filter.accepts))
        let rest =
            query.cursor.map { cursor in wanted.drop { !cursor.isBefore($0) } } ?? wanted[...]
        let offers = Array(rest.prefix(query.limit))
        let names = try await Names(of: offers, from: shop.suppliers)
        let next = rest.count > offers.count ? offers.last : nil
        return FlightSearchResponse(
            offers: offers, airports: names.airports, airlines: names.airlines,
            searchedAt: found.searchedAt, suppliers: found.reports, count: wanted.count,
            nextCursor: next.map { OfferCursor(of: $0, in: query.sort).text })
    }
}
