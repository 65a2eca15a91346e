import HTTP
public import Travel

/// Orders at Amadeus. It cannot be asked for an order by our reference, only by its own, so an
/// answer that was lost leaves the order unknown until the airline has dropped what was not
/// ticketed.
extension AmadeusSupply {
    /// After how many days an order that nobody tickets is dropped.
    static let dropDays = 1

    /// Gender, mail and telephone of everybody, documents where the airline wants them.
    public func check(_ passengers: [Passenger], for offer: Offer) throws(SupplyError) {
        for passenger in passengers {
            guard passenger.gender != nil else { throw .detailsMissing("gender") }
            guard passenger.email != nil else { throw .detailsMissing("email") }
            guard passenger.phone != nil else { throw .detailsMissing("phone") }
        }
        try offer.checkDocuments(of: passengers)
    }

    /// Orders the offer as it was priced; Amadeus refuses it if the price is another by now.
    public func order(_ request: OrderRequest, at now: Instant) async -> OrderOutcome {
        let question: SupplierClient.Question
        do throws(SupplyError) {
            try check(request.passengers, for: request.offer)
            guard request.offer.isOpen(at: now) else {
                throw .offerExpired(request.offer.expiresAt)
            }
            question = SupplierClient.Question(
                .post, "/v1/booking/flight-orders", headers: Self.headers,
                body: try AmadeusOrder.body(of: request))
            // Without a token nothing is sent.
            _ = try await token.text()
        } catch {
            return error.isFault ? .notPlaced(error) : .refused(error)
        }
        do throws(SupplyError) {
            let bytes = try await withToken(question) { question throws(SupplyError) in
                try await orders.change(question)
            }
            guard
                let order = try? SupplierJSON.decode(AmadeusWire.Ordered.self, from: bytes).data,
                let found = Self.supplierOrder(order)
            else { return .unknown(.unreadable("the order has no reference")) }
            return .confirmed(found)
        } catch {
            switch error {
            case .offerGone, .priceChanged, .rejected: return .refused(error)
            default: return error.isCertainlyWithoutEffect ? .notPlaced(error) : .unknown(error)
            }
        }
    }

    /// The order, if Amadeus ever told us what it calls it.
    public func order(placedAs request: OrderRequest, at now: Instant) async throws(SupplyError)
        -> SupplierOrder?
    {
        guard let order = try await find(request, at: now) else { return nil }
        return Self.supplierOrder(order)
    }

    /// Cancels the order, as long as it has not been ticketed there.
    public func cancelOrder(placedAs request: OrderRequest, at now: Instant)
        async throws(SupplyError)
    {
        guard let id = try await find(request, at: now)?.id else { return }
        let question = SupplierClient.Question(
            .delete, "/v1/booking/flight-orders/\(PercentCoding.encode(id))",
            headers: Self.headers)
        do throws(SupplyError) {
            _ = try await withToken(question) { question throws(SupplyError) in
                try await orders.change(question)
            }
        } catch .rejected(let code, let reason) {
            guard Self.isNotFound(code) else { throw .rejected(code: code, reason: reason) }
        } catch {
            throw error
        }
    }

    /// - Returns: `nil` when there certainly is none.
    private func find(_ request: OrderRequest, at now: Instant) async throws(SupplyError)
        -> AmadeusWire.Order?
    {
        guard let reference = request.airlineReference else {
            let dropped = request.offer.expiresAt.adding(
                seconds: Int64(Self.dropDays + 1) * 86_400)
            guard dropped <= now else { throw .orderUnconfirmed }
            return nil
        }
        do throws(SupplyError) {
            let bytes = try await read(
                SupplierClient.Question(
                    .get, "/v1/booking/flight-orders/by-reference",
                    query: [("reference", reference), ("originSystemCode", "GDS")],
                    headers: Self.headers))
            return try SupplierJSON.decode(AmadeusWire.Ordered.self, from: bytes).data
        } catch .rejected(let code, let reason) {
            guard Self.isNotFound(code) else { throw .rejected(code: code, reason: reason) }
            return nil
        } catch {
            throw error
        }
    }

    private static func isNotFound(_ code: String) -> Bool { code == "38196" || code == "1797" }

    private static func supplierOrder(_ order: AmadeusWire.Order) -> SupplierOrder? {
        guard let reference = order.associatedRecords?.lazy.compactMap(\.reference).first,
            !reference.isEmpty
        else { return nil }
        return SupplierOrder(
            reference: reference, tickets: (order.tickets ?? []).compactMap(\.documentNumber))
    }
}
