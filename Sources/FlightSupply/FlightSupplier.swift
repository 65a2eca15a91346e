public import Travel

/// Where offers come from, and who takes the order.
public protocol FlightSupplier: Sendable {
    /// What its offers name as their supplier, and what the ids of its offers begin with.
    var name: String { get }

    /// Whether it may be asked many times for one answer: it costs nothing and nobody counts.
    var isCheapToAsk: Bool { get }

    /// The cheapest prices of a span of days, as far as it can tell them without a search for each.
    /// - Returns: `nil` if it has no such question: then what searches found is all there is.
    /// - Throws: ``SupplyError`` why there is no answer.
    func cheapestDays(_ question: DaysQuestion, at now: Instant) async throws -> [DayPrice]?

    /// Whether an offer's id is one of its own.
    func owns(_ id: OfferID) -> Bool

    /// What is on offer, the cheapest first.
    func offers(for search: FlightSearch, at now: Instant) async throws -> [Offer]

    /// The offer as it stands now: to be asked before money is taken.
    /// - Throws: ``SupplyError``: `unknownOffer`, `offerExpired`, `offerGone`, or why there is no
    ///   answer.
    func price(_ id: OfferID, at now: Instant) async throws -> Offer

    /// The seats of each flight of an offer whose airline shows them.
    /// - Throws: ``SupplyError``: `notSupported`, `unknownOffer`, `offerExpired`, `offerGone`, or
    ///   why there is no answer.
    func seatMaps(of id: OfferID, at now: Instant) async throws(SupplyError) -> [SeatMap]

    /// Whether seats that passengers have chosen are ordered with the flights.
    var ordersSeats: Bool { get }

    /// Whether its orders come to have numbers of tickets.
    var issuesTickets: Bool { get }

    /// What a supplier has to know of passengers before it takes an order of this offer.
    /// - Throws: ``SupplyError``: `detailsMissing`, `agesDiffer`.
    func check(_ passengers: [Passenger], for offer: Offer) throws(SupplyError)

    /// Orders what was paid for, once: it never asks a second time by itself.
    func order(_ request: OrderRequest, at now: Instant) async -> OrderOutcome

    /// The order that was placed under our reference, `nil` when there certainly is none: then it
    /// may be placed.
    /// - Throws: ``SupplyError`` when it cannot be said: then it must be asked again.
    func order(placedAs request: OrderRequest, at now: Instant) async throws(SupplyError)
        -> SupplierOrder?

    /// The order that somebody says is ours: people at the airline have found it under this
    /// reference of the airline's.
    /// - Returns: `nil` when there is none, or it is another one.
    /// - Throws: ``SupplyError`` when it cannot be said, or cannot be asked.
    func order(called reference: String, placedAs request: OrderRequest, at now: Instant)
        async throws(SupplyError) -> SupplierOrder?

    /// Gives an order up; done twice, or for one that is not there, it changes nothing.
    /// - Throws: ``SupplyError`` when it may still be there: then it must be asked again.
    func cancelOrder(placedAs request: OrderRequest, at now: Instant) async throws(SupplyError)

    /// Whether it tells what airlines change of its orders.
    var tellsChanges: Bool { get }

    /// What airlines changed of an order, the oldest first.
    /// - Throws: ``SupplyError`` when it cannot be said.
    func changes(of request: OrderRequest, at now: Instant) async throws(SupplyError)
        -> [TripChange]

    /// Says yes to a change; said twice, it is said once.
    /// - Throws: ``SupplyError``: `offerGone` or `notSupported` if that cannot be said any more, or
    ///   here; else it must be said again.
    func accept(_ change: String, of request: OrderRequest, at now: Instant)
        async throws(SupplyError)

    /// The name of an airline, `nil` for one that this supplier does not know.
    func airlineName(_ code: AirlineCode) async throws -> String?
}

extension FlightSupplier {
    /// No.
    public var isCheapToAsk: Bool { false }

    /// It has no such question.
    public func cheapestDays(_ question: DaysQuestion, at now: Instant) async throws -> [DayPrice]?
    {
        nil
    }

    /// It cannot be asked by the airline's reference.
    public func order(called reference: String, placedAs request: OrderRequest, at now: Instant)
        async throws(SupplyError) -> SupplierOrder?
    {
        throw .notSupported("way to ask for an order by the airline's reference")
    }

    /// No.
    public var tellsChanges: Bool { false }

    /// It tells none.
    public func changes(of request: OrderRequest, at now: Instant) async throws(SupplyError)
        -> [TripChange]
    {
        []
    }

    /// It tells none that could be accepted.
    public func accept(_ change: String, of request: OrderRequest, at now: Instant)
        async throws(SupplyError)
    {
        throw .notSupported("changes of its orders")
    }

    /// No.
    public var ordersSeats: Bool { false }

    /// Yes.
    public var issuesTickets: Bool { true }

    /// It shows none.
    public func seatMaps(of id: OfferID, at now: Instant) async throws(SupplyError) -> [SeatMap] {
        throw .notSupported("seat maps")
    }

    /// Name, birth and type will do.
    public func check(_ passengers: [Passenger], for offer: Offer) throws(SupplyError) {}
}
