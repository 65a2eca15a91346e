public import Travel

/// Where offers come from, and who takes the order.
public protocol FlightSupplier: Sendable {
    /// What its offers name as their supplier, and what the ids of its offers begin with.
    var name: String { get }

    /// Whether an offer's id is one of its own.
    func owns(_ id: OfferID) -> Bool

    /// What is on offer, the cheapest first.
    func offers(for search: FlightSearch, at now: Instant) async throws -> [Offer]

    /// The offer as it stands now: to be asked before money is taken.
    /// - Throws: ``SupplyError``: `unknownOffer`, `offerExpired`, `offerGone`.
    func price(_ id: OfferID, at now: Instant) async throws -> Offer

    /// Orders what was paid for. The same `reference`, which is ours, never orders twice.
    func order(_ id: OfferID, for passengers: [Passenger], reference: String) async -> OrderOutcome

    /// The order that was placed under our reference, `nil` when there is none.
    func order(placedAs reference: String) async -> SupplierOrder?

    /// Gives an order up; done twice, or for one that is not there, it changes nothing.
    func cancelOrder(placedAs reference: String) async

    /// The name of an airline, `nil` for one that this supplier does not know.
    func airlineName(_ code: AirlineCode) async throws -> String?
}

/// All suppliers together.
public struct Suppliers: Sendable {
    private let list: [any FlightSupplier]
    private let onFailure: @Sendable (_ supplier: String, _ error: any Error) -> Void

    /// These, in the order in which they are asked for names.
    /// - Parameter onFailure: told of each that could not say what it has on offer.
    public init(
        _ list: [any FlightSupplier],
        onFailure: @escaping @Sendable (_ supplier: String, _ error: any Error) -> Void = { _, _ in
        }
    ) {
        self.list = list
        self.onFailure = onFailure
    }

    /// Who made an offer.
    public func of(_ offer: Offer) -> (any FlightSupplier)? {
        list.first { $0.name == offer.supplier }
    }

    /// What all have on offer, the cheapest first, the shortest first among equals.
    ///
    /// One that fails takes nothing from the others; where there is nothing to take, the first
    /// failure is told: no offer is not the same as no answer.
    public func offers(for search: FlightSearch, at now: Instant) async throws -> [Offer] {
        let answers = await withTaskGroup { group in
            for (index, supplier) in list.enumerated() {
                group.addTask { () -> (Int, Result<[Offer], any Error>) in
                    do {
                        return (index, .success(try await supplier.offers(for: search, at: now)))
                    } catch {
                        onFailure(supplier.name, error)
                        return (index, .failure(error))
                    }
                }
            }
            var answers: [(Int, Result<[Offer], any Error>)] = []
            for await answer in group { answers.append(answer) }
            return answers.sorted { $0.0 < $1.0 }.map(\.1)
        }
        var found: [Offer] = []
        var failure: (any Error)?
        for answer in answers {
            switch answer {
            case .success(let offers): found += offers
            case .failure(let error): failure = failure ?? error
            }
        }
        if found.isEmpty, let failure { throw failure }
        return found.sorted {
            ($0.total.minorUnits, $0.itinerary.slices[0].minutes, $0.id.text)
                < ($1.total.minorUnits, $1.itinerary.slices[0].minutes, $1.id.text)
        }
    }

    /// The offer as it stands now.
    /// - Throws: ``SupplyError``.
    public func price(_ id: OfferID, at now: Instant) async throws -> Offer {
        guard let supplier = list.first(where: { $0.owns(id) }) else {
            throw SupplyError.unknownOffer
        }
        return try await supplier.price(id, at: now)
    }

    /// The name of an airline.
    public func airlineName(_ code: AirlineCode) async throws -> String? {
        for supplier in list {
            if let name = try await supplier.airlineName(code) { return name }
        }
        return nil
    }
}
