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
    /// What queries asked, by their very words: reading those takes longer than finding the answer.
    private let questions: Cache<String, Question>

    /// A query whose answer may be kept.
    private struct Question: Sendable {
        var key: String
        var routes: [RouteKey]
    }

    /// How many queries are known by their words, and how long these may be.
    static let questionsMax = 2_000
    static let wordsMax = 500

    init(shop: FlightShop, metrics: SearchMetrics, cache: SharedCache) {
        self.shop = shop
        self.metrics = metrics
        self.cache = cache
        questions = Cache(
            countMax: Self.questionsMax, lifetimeSeconds: Double(shop.lifetimeSeconds)
        ) { Double(shop.now().seconds) }
    }

    /// The answer to a query that was asked in these words before, if it is kept.
    func answer(toWords words: String) async -> [UInt8]? {
        guard words.utf8.count <= Self.wordsMax, let question = questions.find(words) else {
            return nil
        }
        return await cache.find(await key(of: question))
    }

    private func key(of question: Question) async -> String {
        "\(question.key).\(await shop.revision(of: question.routes))"
    }

    /// The answer as JSON.
    /// - Parameter words: the query as it was written.
    /// - Throws: `TravelError` for unknown places, `SupplyError` for days that are not on sale.
    func answer(to query: FlightSearchQuery, words: String) async throws -> [UInt8] {
        let clock = ContinuousClock()
        let start = clock.now
        let question = try Question(
            key: Self.key(query), routes: shop.routes(of: shop.search(query)))
        if words.utf8.count <= Self.wordsMax { questions.keep(question, for: words) }
        let key = await key(of: question)
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
