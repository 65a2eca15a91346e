import HTTP
public import Travel

/// Orders at Duffel. There is no key that makes a repetition harmless, so nothing is ever sent
/// twice: an order carries our reference, and is looked for by it.
extension DuffelSupply {
    /// Where our reference stands in an order.
    static let referenceKey = "traqora_reference"
    /// How many orders a page has when one is looked for, and how many pages are turned.
    static let pageSize = 200
    static let pagesMax = 5
    /// How long after an offer's end an order of it may still turn up.
    static let settleSeconds: Int64 = 120
    /// How long Duffel lets a name be.
    static let nameLengthMax = 20

    /// Title, gender, mail and telephone of everybody, names short enough and no two the same,
    /// documents where the airline wants them, and the ages the offer was made for.
    public func check(_ passengers: [Passenger], for offer: Offer) throws(SupplyError) {
        for passenger in passengers {
            guard passenger.title != nil else { throw .detailsMissing("title") }
            guard passenger.gender == .female || passenger.gender == .male else {
                throw .detailsMissing("gender, f or m,")
            }
            guard passenger.email != nil else { throw .detailsMissing("email") }
            guard passenger.phone != nil else { throw .detailsMissing("phone") }
            let parts = passenger.name.parts
            guard parts.given.count <= Self.nameLengthMax,
                parts.family.count <= Self.nameLengthMax
            else { throw .detailsMissing("a name of \(Self.nameLengthMax) letters at most") }
        }
        guard Set(passengers.map(\.name.ticketed)).count == passengers.count else {
            throw .detailsMissing("a name of its own, with a second given name if need be,")
        }
        try offer.checkDocuments(of: passengers)
        try offer.checkAges(of: passengers)
    }

    /// Yes, as services of the order.
    public var ordersSeats: Bool { true }

    /// Reads the offer once more and orders it if it still costs no more than was paid.
    public func order(_ request: OrderRequest, at now: Instant) async -> OrderOutcome {
        let wire: DuffelWire.Offer
        let question: DuffelWire.OrderQuestion
        do throws(SupplyError) {
            try check(request.passengers, for: request.offer)
            wire = try await read(request.offer.id)
            question = try DuffelOrder.question(
                request, wire, seats: try await seats(of: request, in: wire), at: now)
        } catch {
            // Nothing was ordered yet.
            return error.isFault ? .notPlaced(error) : .refused(error)
        }
        do throws(SupplyError) {
            let bytes = try await orders.change(
                SupplierClient.Question(
                    .post, "/air/orders", headers: headers,
                    body: SupplierJSON.encode(
                        DuffelWire.Question(data: question), isSnakeCase: true)))
            return Self.outcome(ofAnswer: bytes)
        } catch {
            return Self.outcome(ofFailure: error)
        }
    }

    /// Looks through the orders of somebody of that name for our reference.
    ///
    /// That there is none is certain only when the offer is over and nothing can be under way any
    /// more: after a failure an order may exist at the airline that Duffel does not show yet.
    public func order(placedAs request: OrderRequest, at now: Instant) async throws(SupplyError)
        -> SupplierOrder?
    {
        guard let order = try await find(request), order.cancelledAt == nil else {
            guard request.offer.expiresAt.adding(seconds: Self.settleSeconds) <= now else {
                throw .orderUnconfirmed
            }
            return nil
        }
        return Self.supplierOrder(order)
    }

    /// Asks for a quote of the cancellation and confirms it, whatever comes back to us: the
    /// traveller has been paid by the contract.
    public func cancelOrder(placedAs request: OrderRequest, at now: Instant)
        async throws(SupplyError)
    {
        guard let order = try await find(request) else {
            guard request.offer.expiresAt.adding(seconds: Self.settleSeconds) <= now else {
                throw .orderUnconfirmed
            }
            return
        }
        guard order.cancelledAt == nil else { return }
        do throws(SupplyError) {
            let quote = try await orders.change(
                SupplierClient.Question(
                    .post, "/air/order_cancellations", headers: headers,
                    body: SupplierJSON.encode(
                        DuffelWire.Question(
                            data: DuffelWire.CancellationQuestion(orderId: order.id)),
                        isSnakeCase: true)))
            let cancellation = try SupplierJSON.decode(
                DuffelWire.Wrapped<DuffelWire.Cancellation>.self, from: quote, isSnakeCase: true
            ).data
            _ = try await orders.change(
                SupplierClient.Question(
                    .post, "/air/order_cancellations/\(cancellation.id)/actions/confirm",
                    headers: headers))
        } catch {
            if case .rejected("already_cancelled", _) = error { return }
            throw error
        }
    }

    /// The maps, if somebody has chosen a seat.
    private func seats(of request: OrderRequest, in wire: DuffelWire.Offer)
        async throws(SupplyError) -> [DuffelWire.SeatMap]
    {
        guard request.passengers.contains(where: { $0.seats?.isEmpty == false }) else { return [] }
        return try await seatMaps(of: wire)
    }

    func find(_ request: OrderRequest) async throws(SupplyError) -> DuffelWire.Order? {
        guard let family = request.passengers.first?.name.parts.family else {
            throw .detailsMissing("name")
        }
        var after: String?
        for _ in 0..<Self.pagesMax {
            var query = [("passenger_name[]", family), ("limit", "\(Self.pageSize)")]
            if let after { query.append(("after", after)) }
            let bytes = try await search.read(
                SupplierClient.Question(.get, "/air/orders", query: query, headers: headers))
            let page = try SupplierJSON.decode(
                DuffelWire.Wrapped<LossyList<DuffelWire.Order>>.self, from: bytes,
                isSnakeCase: true)
            let found = page.data.elements.first {
                $0.metadata?[Self.referenceKey] == request.reference
            }
            if let found { return found }
            guard page.data.firstFault == nil else {
                throw .unreadable("an order in the list cannot be read")
            }
            after = page.meta?.after
            guard after != nil, !page.data.elements.isEmpty else { return nil }
        }
        throw .orderUnconfirmed
    }

    private static func outcome(ofAnswer bytes: [UInt8]) -> OrderOutcome {
        do throws(SupplyError) {
            let order = try SupplierJSON.decode(
                DuffelWire.Wrapped<DuffelWire.Order>.self, from: bytes, isSnakeCase: true
            ).data
            guard let found = supplierOrder(order) else { return .unknown(.orderUnconfirmed) }
            return .confirmed(found)
        } catch {
            // It said yes, in words that cannot be read; or 202: it will say by and by.
            return .unknown(error)
        }
    }

    /// What is not certainly a no is no no.
    private static func outcome(ofFailure error: SupplyError) -> OrderOutcome {
        switch error {
        case .failed(502, DuffelFailure.orderNotCreated): return .notPlaced(error)
        case .offerGone, .offerExpired, .priceChanged, .unknownOffer: return .refused(error)
        case .rejected(let code, _):
            // The first says that there is one; the others are the airline's failures.
            let isOpen = ["duplicate_booking", "airline_internal", "airline_unknown"]
                .contains(code)
            return isOpen ? .unknown(error) : .refused(error)
        default: return error.isCertainlyWithoutEffect ? .notPlaced(error) : .unknown(error)
        }
    }

    private static func supplierOrder(_ order: DuffelWire.Order) -> SupplierOrder? {
        guard let reference = order.bookingReference, !reference.isEmpty else { return nil }
        let tickets = (order.documents ?? [])
            .filter { $0.type == nil || $0.type == "electronic_ticket" }
            .compactMap(\.uniqueIdentifier)
        return SupplierOrder(reference: reference, tickets: tickets)
    }
}
