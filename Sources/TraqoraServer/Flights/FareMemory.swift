import Cache
import FlightSupply
import Foundation
import Telemetry
import Travel

/// What searches found the cheapest for a day, supplier by supplier, for calendars of suppliers
/// that cannot be asked for a month. What is lost is found again by the next search.
struct FareMemory: Sendable {
    let cache: SharedCache
    let now: @Sendable () -> Instant

    /// How long a price is remembered.
    static let seconds: Int64 = 86_400
    /// How many days are looked up at a time.
    static let lookUpsMax = 8

    /// A price and when a search found it.
    struct Remembered: Hashable, Codable, Sendable {
        var price: Money
        var foundAt: Instant
    }

    /// Remembers what a search found, where a calendar could ask the same: one way, or there and
    /// back.
    func learn(_ found: FoundOffers, of search: FlightSearch, from suppliers: Suppliers) async {
        guard let question = Question(search) else { return }
        let time = now()
        for answer in found.answers
        where answer.failure == nil && !suppliers.isCheapToAsk(answer.supplier) {
            let price = found.offers.lazy.filter { $0.supplier == answer.supplier }
                .map(\.total).filter { $0.currency == .usd }
                .min { $0.minorUnits < $1.minorUnits }
            let key = question.key(of: answer.supplier, on: search.slices[0].date)
            guard let price,
                let bytes = try? JSONEncoder().encode(Remembered(price: price, foundAt: time))
            else {
                // What was found before is gone.
                await cache.forget(key)
                continue
            }
            await cache.keep(Array(bytes), for: key, seconds: Double(Self.seconds))
        }
    }

    /// What is remembered of a supplier for the days of a question.
    func prices(of supplier: String, for question: DaysQuestion) async -> [LocalDate: Remembered] {
        let own = Question(question)
        let found = Lock<[LocalDate: Remembered]>([:])
        try? await question.days.forEachTogether(Self.lookUpsMax) { date in
            guard let bytes = await cache.find(own.key(of: supplier, on: date)),
                let price = try? JSONDecoder().decode(Remembered.self, from: Data(bytes))
            else { return }
            found.withLock { $0[date] = price }
        }
        return found.withLock { $0 }
    }

    /// What both a search and a calendar may ask, but for the day.
    private struct Question {
        var text: String

        init(_ question: DaysQuestion) {
            text =
                "\(question.origin.code)|\(question.destination.code)|"
                + "\(question.nights.map(String.init) ?? "one way")|\(question.passengers)|\(question.cabin?.rawValue ?? "")|"
                + "\(question.connectionsMax)"
        }

        init?(_ search: FlightSearch) {
            guard let first = search.slices.first, search.slices.count <= 2, search.ages.isEmpty
            else { return nil }
            var nights: Int?
            if search.slices.count == 2, let back = search.slices.last {
                guard back.origin.code == first.destination.code,
                    back.destination.code == first.origin.code
                else { return nil }
                nights = back.date.daysSinceEpoch - first.date.daysSinceEpoch
            }
            self.init(
                DaysQuestion(
                    origin: first.origin, destination: first.destination, days: [first.date],
                    nights: nights, passengers: search.passengers, cabin: search.cabin,
                    connectionsMax: search.connectionsMax))
        }

        func key(of supplier: String, on date: LocalDate) -> String {
            "fare|\(supplier)|\(date)|\(text)"
        }
    }
}
