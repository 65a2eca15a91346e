import Cache
import FlightSupply
import Foundation
import HTTP
import TraqoraAPI
import Travel

/// The cheapest price of each day of a month.
///
/// A month is thirty searches: suppliers in this process are searched, others are asked for their
/// cheapest days if they have such a question, and of the rest is told what searches of the last
/// day found. The answer says which is which, and who failed.
struct FareCalendar: Sendable {
    let shop: FlightShop
    let cache: SharedCache

    /// How many times longer than an answer to a search a calendar is given again.
    static let lifetimeFactor = 10

    /// The answer as JSON.
    /// - Throws: `TravelError` for unknown places, `SupplyError` if no day of the month is on sale,
    ///   or nobody has a price and somebody failed.
    func answer(to query: FareCalendarQuery) async throws -> [UInt8] {
        let key =
            "calendar|\(query.origin)|\(query.destination)|\(query.firstDay)|"
            + "\(query.nights ?? 0)|\(query.passengers)|\(query.cabin?.rawValue ?? "")|"
            + "\(query.connectionsMax)|\(LocalTime(shop.now(), offsetSeconds: 0).date)"
        if let bytes = await cache.find(key) { return bytes }
        let lifetime = Double(shop.lifetimeSeconds * Self.lifetimeFactor)
        let short = min(Double(FlightShop.partialSecondsMax), lifetime)
        // Asked once for all who wait; one that lacks a supplier is given again for moments only.
        return try await cache.value(for: "asking|\(key)", seconds: short) {
            let calendar = try await calendar(query)
            let bytes = Array(try HTTPResponse.jsonEncoder.encode(calendar))
            if calendar.sources.allSatisfy({ $0.code == nil }) {
                await cache.keep(bytes, for: key, seconds: lifetime)
            }
            return bytes
        }
    }

    /// What a supplier has, in dollars.
    private struct Prices {
        var source: FareCalendarResponse.Source
        var byDay: [LocalDate: FareMemory.Remembered] = [:]
    }

    private func calendar(_ query: FareCalendarQuery) async throws -> FareCalendarResponse {
        let time = shop.now()
        let question = try Self.question(query, at: time)
        let answers = await shop.suppliers.cheapestDays(question, at: time)
        var prices: [Prices] = []
        for answer in answers { prices.append(await self.prices(answer, question, at: time)) }
        let days = question.days.map { date in
            let best = prices.compactMap { own in
                own.byDay[date].map { (name: own.source.name, basis: own.source.basis, is: $0) }
            }.min { $0.is.price.minorUnits < $1.is.price.minorUnits }
            return FareCalendarResponse.Day(
                date: date, price: best?.is.price, supplier: best?.name,
                foundAt: best?.basis == .earlierSearches ? best?.is.foundAt : nil)
        }
        let priced = days.filter { $0.price != nil }
        if priced.isEmpty, let failure = answers.lazy.compactMap(\.failure).first { throw failure }
        let cheapest = priced.min {
            ($0.price?.minorUnits ?? 0, $0.date) < ($1.price?.minorUnits ?? 0, $1.date)
        }
        return FareCalendarResponse(
            days: days, cheapest: cheapest, sources: prices.map(\.source), searchedAt: time)
    }

    private func prices(
        _ answer: DaysAnswer, _ question: DaysQuestion, at time: Instant
    ) async -> Prices {
        let name = answer.supplier
        guard let told = answer.prices else {
            let found = await shop.memory.prices(of: name, for: question)
            return Prices(
                source: FareCalendarResponse.Source(
                    name: name, basis: .earlierSearches, days: found.count,
                    oldestAt: found.values.map(\.foundAt).min()), byDay: found)
        }
        let dollars = told.filter { $0.price.currency == .usd }
        let other = told.lazy.map(\.price.currency).first { $0 != .usd }
        let byDay = Dictionary(
            dollars.map { ($0.date, FareMemory.Remembered(price: $0.price, foundAt: time)) },
            uniquingKeysWith: { $0.price.minorUnits <= $1.price.minorUnits ? $0 : $1 })
        return Prices(
            source: FareCalendarResponse.Source(
                name: name, basis: shop.suppliers.isCheapToAsk(name) ? .searches : .cheapestDays,
                days: byDay.count, code: answer.failure?.code, currency: other), byDay: byDay)
    }

    /// The days of the month that are on sale.
    private static func question(_ query: FareCalendarQuery, at time: Instant) throws
        -> DaysQuestion
    {
        let whole = DaysQuestion(
            origin: try SearchPlace(query.origin),
            destination: try SearchPlace(query.destination), days: query.days,
            nights: query.nights, passengers: query.passengers, cabin: query.cabin,
            connectionsMax: query.connectionsMax)
        var refusal: SupplyError?
        let onSale = try whole.days.filter { date in
            do {
                _ = try whole.search(on: date, at: time)
                return true
            } catch let error as SupplyError {
                guard case .dateOutOfRange = error else { throw error }
                refusal = refusal ?? error
                return false
            }
        }
        guard let question = whole.of(onSale) else { throw refusal ?? .journeyCount(0) }
        return question
    }
}
