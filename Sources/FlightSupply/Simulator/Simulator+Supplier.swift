public import Travel

extension Simulator: FlightSupplier {
    /// `simulator`.
    public var name: String { Self.name }

    /// It is asked in this process.
    public var isCheapToAsk: Bool { true }

    /// Yes.
    public var ordersSeats: Bool { true }

    /// Whether it wrote the id.
    public func owns(_ id: OfferID) -> Bool { id.text.hasPrefix("sim1.") }

    /// Orders what was priced, for money that is there.
    public func order(_ request: OrderRequest, at now: Instant) async -> OrderOutcome {
        guard let trip = try? read(request.offer.id) else { return .refused(.unknownOffer) }
        let scenario = scenario(of: trip.slices)
        guard scenario != .refused else { return .refused(.offerGone) }
        let order = await orders.place(request.reference) {
            SimulatorOrders.order(
                request.reference, passengers: request.passengers.count, seed: configuration.seed)
        }
        return scenario == .unanswered ? .unknown(.timedOut) : .confirmed(order)
    }

    /// The order under our reference; the simulator always knows.
    public func order(placedAs request: OrderRequest, at now: Instant) async throws(SupplyError)
        -> SupplierOrder?
    {
        await orders.find(request.reference)
    }

    /// Forgets the order.
    public func cancelOrder(placedAs request: OrderRequest, at now: Instant)
        async throws(SupplyError)
    {
        await orders.remove(request.reference)
    }

    /// The name of an airline, `nil` for one that does not fly here.
    public func airlineName(_ code: AirlineCode) async throws -> String? {
        Self.airlineName(code)
    }
}
