import HTTP
public import Travel

extension AmadeusWire {
    struct FlightDates: Decodable {
        struct Meta: Decodable { var currency: String? }

        var data: LossyList<FlightDate>
        var meta: Meta?
    }

    struct FlightDate: Decodable {
        struct Price: Decodable { var total: String }

        var departureDate: String
        var returnDate: String?
        var price: Price
    }
}

/// The cheapest days: one question (Flight Cheapest Date Search) in place of thirty searches.
extension AmadeusSupply {
    /// What Amadeus has seen of late for one adult.
    /// - Returns: `nil` for what this question cannot ask: several passengers, a cabin beyond
    ///   economy, one change at most.
    public func cheapestDays(_ question: DaysQuestion, at now: Instant) async throws -> [DayPrice]?
    {
        guard Self.canAsk(question), let first = question.days.min(),
            let last = question.days.max()
        else { return nil }
        var query = [
            ("origin", question.origin.code.text),
            ("destination", question.destination.code.text),
            ("departureDate", "\(first),\(last)"), ("oneWay", "\(question.nights == nil)"),
            ("nonStop", "\(question.connectionsMax == 0)"), ("viewBy", "DATE"),
            ("currency", configuration.currency.code),
        ]
        if let nights = question.nights { query.append(("duration", "\(nights)")) }
        let bytes: [UInt8]
        do throws(SupplyError) {
            bytes = try await read(
                SupplierClient.Question(
                    .get, "/v1/shopping/flight-dates", query: query, headers: Self.headers))
        } catch .rejected(let code, let reason) {
            // Nobody asked for these days of late: no answer is not a failure.
            guard Self.isNotFound(code) else {
                throw SupplyError.rejected(code: code, reason: reason)
            }
            return []
        } catch {
            throw error
        }
        let answer = try SupplierJSON.decode(AmadeusWire.FlightDates.self, from: bytes)
        if answer.data.elements.isEmpty, let fault = answer.data.firstFault {
            throw SupplyError.unreadable(fault)
        }
        let currency =
            try answer.meta?.currency.map { try Currency(parsing: $0) } ?? configuration.currency
        return try Self.cheapest(answer.data.elements, for: question, in: currency)
    }

    private static func canAsk(_ question: DaysQuestion) -> Bool {
        let people = question.passengers
        return people.adults == 1 && people.children == 0 && people.infants == 0
            && (question.cabin == nil || question.cabin == .economy)
            && question.connectionsMax != 1
    }

    /// The cheapest of each day that was asked for, with the way back that was asked for.
    private static func cheapest(
        _ found: [AmadeusWire.FlightDate], for question: DaysQuestion, in currency: Currency
    ) throws -> [DayPrice] {
        let days = Set(question.days)
        var best: [LocalDate: Money] = [:]
        for item in found {
            let date = try LocalDate(parsing: item.departureDate)
            let wayBack = question.nights.map { date.adding(days: $0).description }
            guard days.contains(date), wayBack == nil || wayBack == item.returnDate else {
                continue
            }
            let price = try Money(parsing: item.price.total, currency: currency)
            guard price.minorUnits > 0 else { continue }
            if let known = best[date], known.minorUnits <= price.minorUnits { continue }
            best[date] = price
        }
        return best.map { DayPrice(date: $0.key, price: $0.value) }.sorted { $0.date < $1.date }
    }
}
