import Cache
import FlightSupply
import Foundation
import HTTP
import TraqoraAPI
import Travel

/// The cheapest price of each day of a month. A month is thirty searches, so only those suppliers
/// are asked that do not count them.
struct FareCalendar: Sendable {
    let shop: FlightShop
    let cache: SharedCache

    /// How many times longer than an answer to a search a calendar is given again.
    static let lifetimeFactor = 10

    /// The answer as JSON.
    /// - Throws: `TravelError` for unknown places, `SupplyError` if no day of the month is on sale.
    func answer(to query: FareCalendarQuery) async throws -> [UInt8] {
        let key =
            "calendar|\(query.origin)|\(query.destination)|\(query.firstDay)|"
            + "\(query.nights ?? 0)|\(query.passengers)|\(query.cabin?.rawValue ?? "")|"
            + "\(query.connectionsMax)|\(LocalTime(shop.now(), offsetSeconds: 0).date)"
        let seconds = Double(shop.lifetimeSeconds * Self.lifetimeFactor)
        return try await cache.value(for: key, seconds: seconds) {
            Array(try HTTPResponse.jsonEncoder.encode(await calendar(query)))
        }
    }

    private func calendar(_ query: FareCalendarQuery) async throws -> FareCalendarResponse {
        let time = shop.now()
        let suppliers = shop.suppliers.cheapToAsk
        var days: [FareCalendarResponse.Day] = []
        var refusal: SupplyError?
        for date in query.days {
            let search: FlightSearch
            do {
                search = try Self.search(query, on: date, at: time)
            } catch let error as SupplyError {
                guard case .dateOutOfRange = error else { throw error }
                refusal = refusal ?? error
                continue
            }
            let offers = try await suppliers.offers(for: search, at: time).offers
            let price = offers.map(\.total).filter { $0.currency == .usd }
                .min { $0.minorUnits < $1.minorUnits }
            days.append(FareCalendarResponse.Day(date: date, price: price))
            try Task.checkCancellation()
        }
        if days.isEmpty, let refusal { throw refusal }
        let cheapest = days.filter { $0.price != nil }
            .min { ($0.price?.minorUnits ?? 0, $0.date) < ($1.price?.minorUnits ?? 0, $1.date) }
        return FareCalendarResponse(
            days: days, cheapest: cheapest, suppliers: suppliers.names, searchedAt: time)
    }

    private static func search(
        _ query: FareCalendarQuery, on date: LocalDate, at time: Instant
    ) throws -> FlightSearch {
        let (origin, destination) = try (
            SearchPlace(query.origin), SearchPlace(query.destination)
        )
        var slices = [SearchSlice(origin: origin, destination: destination, date: date)]
        if let nights = query.nights {
            slices.append(
                SearchSlice(
                    origin: destination, destination: origin, date: date.adding(days: nights)))
        }
        return try FlightSearch(
            slices, passengers: query.passengers, cabin: query.cabin,
            connectionsMax: query.connectionsMax, at: time)
    }
}
