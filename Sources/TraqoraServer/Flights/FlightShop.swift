import Cache
import FlightSupply
import Foundation
import HTTP
import TraqoraAPI
import Travel

/// What the suppliers had for a question, and until when it may be told again.
struct FoundFlights: Sendable {
    var offers: [Offer]
    var reports: [SupplierReport]
    var searchedAt: Instant
    var goodUntil: Instant
}

/// Asks the suppliers, once for all who want to know the same, whatever they filter and sort by.
struct FlightShop: Sendable {
    let suppliers: Suppliers
    let revisions: RouteRevisions
    let memory: FareMemory
    let kept: Cache<String, FoundFlights>
    let now: @Sendable () -> Instant
    /// How long an answer is given again.
    let lifetimeSeconds: Int

    /// How many answers are kept to be filtered and sorted in other ways.
    static let keptMax = 64
    /// How long an answer that lacks a supplier is given again: the missing one may be back soon.
    static let partialSecondsMax = 5

    init(
        suppliers: Suppliers, revisions: RouteRevisions, memory: FareMemory, lifetimeSeconds: Int,
        now: @escaping @Sendable () -> Instant
    ) {
        self.suppliers = suppliers
        self.revisions = revisions
        self.memory = memory
        self.lifetimeSeconds = lifetimeSeconds
        self.now = now
        kept = Cache(countMax: Self.keptMax, lifetimeSeconds: Double(lifetimeSeconds)) {
            Double(now().seconds)
        }
    }

    /// What the suppliers have, or had a moment ago.
    /// - Throws: `TravelError` for unknown places, `SupplyError`.
    func find(_ query: FlightSearchQuery) async throws -> FoundFlights {
        let search = try search(query)
        let key = "\(Self.key(query)).\(await revision(of: routes(of: search)))"
        if let found = kept.find(key), found.goodUntil < now() { kept.forget(key) }
        return try await kept.value(for: key) { try await ask(search) }
    }

    /// Which state of the ledger an answer for these routes belongs to: it is part of the question.
    func revision(of routes: [RouteKey]) async -> String { await revisions.text(of: routes) }

    /// From where to where a search looks.
    func routes(of search: FlightSearch) -> [RouteKey] {
        search.slices.flatMap { slice in
            slice.origin.airports.flatMap { origin in
                slice.destination.airports.map { destination in
                    RouteKey(origin: origin.code.text, destination: destination.code.text)
                }
            }
        }
    }

    /// What a query asks the suppliers.
    func search(_ query: FlightSearchQuery) throws -> FlightSearch {
        try FlightSearch(
            query.journeys.map { journey in
                SearchSlice(
                    origin: try SearchPlace(journey.origin),
                    destination: try SearchPlace(journey.destination), date: journey.date)
            }, passengers: query.passengers, ages: query.ages, cabin: query.cabin,
            connectionsMax: query.connectionsMax, at: now())
    }

    /// What the suppliers are asked has the same key, whatever is done with the answer.
    private static func key(_ query: FlightSearchQuery) -> String {
        var question = query
        question.filter = OfferFilter()
        question.sort = .price
        question.cursor = nil
        question.limit = FlightSearchQuery.defaultLimit
        return SearchFlights.key(question)
    }

    private func ask(_ search: FlightSearch) async throws -> FoundFlights {
        let time = now()
        let found = try await suppliers.offers(for: search, at: time)
        await memory.learn(found, of: search, from: suppliers)
        let seconds =
            found.isPartial ? min(Self.partialSecondsMax, lifetimeSeconds) : lifetimeSeconds
        return FoundFlights(
            offers: found.offers, reports: found.answers.map(SupplierReport.init),
            searchedAt: time, goodUntil: time.adding(seconds: Int64(seconds)))
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
