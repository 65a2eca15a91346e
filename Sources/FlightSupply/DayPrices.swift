public import Travel

/// A month, or another span of days, of which the cheapest prices are wanted.
public struct DaysQuestion: Hashable, Sendable {
    /// Where from.
    public let origin: SearchPlace
    /// Where to.
    public let destination: SearchPlace
    /// The days of departure, in order; never none.
    public let days: [LocalDate]
    /// How many nights later the way back is; `nil` for one way.
    public let nights: Int?
    /// Who travels.
    public let passengers: PassengerCounts
    /// The cabin, or any.
    public let cabin: Cabin?
    /// How often one may have to change on each journey.
    public let connectionsMax: Int

    /// A question.
    public init(
        origin: SearchPlace, destination: SearchPlace, days: [LocalDate], nights: Int? = nil,
        passengers: PassengerCounts, cabin: Cabin? = nil, connectionsMax: Int = 2
    ) {
        self.origin = origin
        self.destination = destination
        self.days = days
        self.nights = nights
        self.passengers = passengers
        self.cabin = cabin
        self.connectionsMax = connectionsMax
    }

    /// What a search for one of the days asks.
    /// - Throws: ``SupplyError``: `sameAirport`, `dateOutOfRange`.
    public func search(on date: LocalDate, at now: Instant) throws -> FlightSearch {
        var slices = [SearchSlice(origin: origin, destination: destination, date: date)]
        if let nights {
            slices.append(
                SearchSlice(
                    origin: destination, destination: origin, date: date.adding(days: nights)))
        }
        return try FlightSearch(
            slices, passengers: passengers, cabin: cabin, connectionsMax: connectionsMax, at: now)
    }

    /// The same question of other days; `nil` if there are none.
    public func of(_ days: [LocalDate]) -> DaysQuestion? {
        guard !days.isEmpty else { return nil }
        return DaysQuestion(
            origin: origin, destination: destination, days: days, nights: nights,
            passengers: passengers, cabin: cabin, connectionsMax: connectionsMax)
    }
}

/// What the cheapest trip that begins on a day costs, all passengers together.
public struct DayPrice: Hashable, Sendable {
    /// The day of departure.
    public let date: LocalDate
    /// What it costs.
    public let price: Money

    /// A price.
    public init(date: LocalDate, price: Money) {
        self.date = date
        self.price = price
    }
}

/// How one supplier answered for a span of days.
public struct DaysAnswer: Sendable {
    /// The supplier's name.
    public let supplier: String
    /// What it said; `nil` if it has no such question, and nothing when it failed.
    public let prices: [DayPrice]?
    /// Why it did not answer.
    public let failure: SupplyError?
}

extension Suppliers {
    /// What each supplier says of a span of days: all at once, each in its time. One that fails
    /// takes nothing from the others.
    public func cheapestDays(_ question: DaysQuestion, at now: Instant) async -> [DaysAnswer] {
        await withTaskGroup { group in
            for (index, supplier) in list.enumerated() {
                group.addTask { (index, await ask(supplier, question, at: now)) }
            }
            var answers: [(Int, DaysAnswer)] = []
            for await answer in group { answers.append(answer) }
            return answers.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }

    private func ask(
        _ supplier: any FlightSupplier, _ question: DaysQuestion, at now: Instant
    ) async -> DaysAnswer {
        let clock = ContinuousClock()
        let start = clock.now
        let result = await within(timeMax(of: supplier)) {
            guard supplier.isCheapToAsk else {
                return try await supplier.cheapestDays(question, at: now)
            }
            return try await Self.searched(supplier, question, at: now)
        }
        let answer =
            switch result {
            case .success(let prices):
                DaysAnswer(supplier: supplier.name, prices: prices, failure: nil)
            case .failure(let error):
                DaysAnswer(
                    supplier: supplier.name, prices: [],
                    failure: error as? SupplyError ?? .failed(status: 0, reason: "\(error)"))
            }
        if answer.prices != nil {
            onAnswer(
                SupplierAnswer(
                    supplier: supplier.name, offerCount: answer.prices?.count ?? 0,
                    failure: answer.failure, duration: clock.now - start))
        }
        return answer
    }

    /// The cheapest offer of a search for each day. Prices in other currencies than dollars cannot
    /// be compared.
    private static func searched(
        _ supplier: any FlightSupplier, _ question: DaysQuestion, at now: Instant
    ) async throws -> [DayPrice] {
        var prices: [DayPrice] = []
        for date in question.days {
            let offers = try await supplier.offers(
                for: question.search(on: date, at: now), at: now)
            let price = offers.map(\.total).filter { $0.currency == .usd }
                .min { $0.minorUnits < $1.minorUnits }
            if let price { prices.append(DayPrice(date: date, price: price)) }
            try Task.checkCancellation()
        }
        return prices
    }
}
