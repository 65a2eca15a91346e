public import Travel

/// How one supplier answered a search.
public struct SupplierAnswer: Hashable, Sendable {
    /// The supplier's name.
    public let supplier: String
    /// How many offers it had.
    public let offerCount: Int
    /// Why it had none to tell; `nil` when it answered.
    public let failure: SupplyError?
    /// How long it took.
    public let duration: Duration

    /// An answer.
    public init(supplier: String, offerCount: Int, failure: SupplyError?, duration: Duration) {
        self.supplier = supplier
        self.offerCount = offerCount
        self.failure = failure
        self.duration = duration
    }
}

/// What all suppliers together had on offer.
public struct FoundOffers: Sendable {
    /// The offers, the cheapest first, the shortest first among equals.
    public let offers: [Offer]
    /// How each supplier answered, in the order in which they are configured.
    public let answers: [SupplierAnswer]

    /// Whether a supplier is missing.
    public var isPartial: Bool { answers.contains { $0.failure != nil } }
}

/// All suppliers together.
public struct Suppliers: Sendable {
    let list: [any FlightSupplier]
    private let timeMax: Duration
    private let timesMax: [String: Duration]
    let onAnswer: @Sendable (SupplierAnswer) -> Void

    /// These, in the order in which they are asked for names.
    /// - Parameters:
    ///   - timeMax: how long one may take for a search.
    ///   - timesMax: the same for some of them, by name.
    ///   - onAnswer: told how each answered.
    public init(
        _ list: [any FlightSupplier], timeMax: Duration = .seconds(20),
        timesMax: [String: Duration] = [:],
        onAnswer: @escaping @Sendable (SupplierAnswer) -> Void = { _ in }
    ) {
        self.list = list
        self.timeMax = timeMax
        self.timesMax = timesMax
        self.onAnswer = onAnswer
    }

    /// Their names.
    public var names: [String] { list.map(\.name) }

    /// Whether the supplier of a name may be asked many times for one answer.
    public func isCheapToAsk(_ name: String) -> Bool {
        list.first { $0.name == name }?.isCheapToAsk == true
    }

    /// How long a supplier may take for a search.
    func timeMax(of supplier: any FlightSupplier) -> Duration {
        timesMax[supplier.name] ?? timeMax
    }

    /// Who made an offer.
    public func of(_ offer: Offer) -> (any FlightSupplier)? {
        list.first { $0.name == offer.supplier }
    }

    /// What all have on offer.
    ///
    /// They are asked at once, and each has its time. One that fails takes nothing from the
    /// others; where there is nothing to take, the first failure is told: no offer is not the same
    /// as no answer.
    /// - Throws: ``SupplyError``.
    public func offers(for search: FlightSearch, at now: Instant) async throws -> FoundOffers {
        let results = await withTaskGroup { group in
            for (index, supplier) in list.enumerated() {
                group.addTask { (index, await ask(supplier, search, at: now)) }
            }
            var results: [(Int, ([Offer], SupplierAnswer))] = []
            for await result in group { results.append(result) }
            return results.sorted { $0.0 < $1.0 }.map(\.1)
        }
        let offers = results.flatMap(\.0)
        if offers.isEmpty, let failure = results.lazy.compactMap(\.1.failure).first {
            throw failure
        }
        return FoundOffers(offers: Self.sorted(offers), answers: results.map(\.1))
    }

    /// The offer as it stands now.
    /// - Throws: ``SupplyError``.
    public func price(_ id: OfferID, at now: Instant) async throws -> Offer {
        guard let supplier = list.first(where: { $0.owns(id) }) else {
            throw SupplyError.unknownOffer
        }
        return try await supplier.price(id, at: now)
    }

    /// The seats of each flight of an offer whose airline shows them.
    /// - Throws: ``SupplyError``.
    public func seatMaps(of id: OfferID, at now: Instant) async throws(SupplyError) -> [SeatMap] {
        guard let supplier = list.first(where: { $0.owns(id) }) else { throw .unknownOffer }
        return try await supplier.seatMaps(of: id, at: now)
    }

    /// The name of an airline.
    public func airlineName(_ code: AirlineCode) async throws -> String? {
        for supplier in list {
            if let name = try await supplier.airlineName(code) { return name }
        }
        return nil
    }

    private func ask(
        _ supplier: any FlightSupplier, _ search: FlightSearch, at now: Instant
    ) async -> ([Offer], SupplierAnswer) {
        let clock = ContinuousClock()
        let start = clock.now
        let result = await within(timeMax(of: supplier)) {
            try await supplier.offers(for: search, at: now)
        }
        let (offers, failure): ([Offer], SupplyError?) =
            switch result {
            case .success(let offers): (offers, nil)
            case .failure(let error as SupplyError): ([], error)
            case .failure(let error): ([], .failed(status: 0, reason: "\(error)"))
            }
        let answer = SupplierAnswer(
            supplier: supplier.name, offerCount: offers.count, failure: failure,
            duration: clock.now - start)
        onAnswer(answer)
        return (offers, answer)
    }

    /// What `work` gives, or `timedOut`; work that is late is cancelled.
    func within<Value: Sendable>(
        _ limit: Duration, _ work: @escaping @Sendable () async throws -> Value
    ) async -> Result<Value, any Error> {
        await withTaskGroup { group in
            group.addTask { () -> Result<Value, any Error> in
                do { return .success(try await work()) } catch { return .failure(error) }
            }
            group.addTask {
                try? await Task.sleep(for: limit)
                return .failure(SupplyError.timedOut)
            }
            let first = await group.next() ?? .failure(SupplyError.timedOut)
            group.cancelAll()
            return first
        }
    }

    private static func sorted(_ offers: [Offer]) -> [Offer] {
        offers.sorted {
            ($0.total.minorUnits, $0.itinerary.minutes, $0.id.text)
                < ($1.total.minorUnits, $1.itinerary.minutes, $1.id.text)
        }
    }
}
