import HTTP
public import Travel

/// Orders at Amadeus. It can be asked for an order by its own id or by the airline's reference,
/// never by ours. Of an answer that was lost, what arrived of it is searched for either; if
/// neither came, people can look for our remark at the airline and say what they found. Else the
/// order is unknown until the airline has dropped what was not ticketed.
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
                body: try AmadeusOrder.body(
                    of: request, ordering: try await offerToOrder(request)))
            // Without a token nothing is sent.
            _ = try await token.text()
        } catch {
            return error.isFault ? .notPlaced(error) : .refused(error)
        }
        do throws(SupplyError) {
            let answer = try await withToken(question) { question throws(SupplyError) in
                try await orders.changeKeepingParts(question)
            }
            return await outcome(of: answer, at: now)
        } catch {
            switch error {
            case .offerGone, .priceChanged, .rejected: return .refused(error)
            default: return error.isCertainlyWithoutEffect ? .notPlaced(error) : .unknown(error)
            }
        }
    }

    /// What an answer means that says yes, however much of it came.
    private func outcome(of answer: SupplierClient.Parts, at now: Instant) async -> OrderOutcome {
        let order = try? SupplierJSON.decode(AmadeusWire.Ordered.self, from: answer.bytes).data
        if answer.fault == nil, let found = order.flatMap(Self.supplierOrder) {
            return .confirmed(found)
        }
        let fault = answer.fault ?? .unreadable("the order has no reference")
        guard let trace = order?.id ?? AmadeusTrace.id(in: answer.bytes) else {
            return .unknown(fault)
        }
        // It said yes: what it says of the order now only has to be asked for.
        let found = try? await find(id: trace)
        return found.flatMap { $0 }.flatMap(Self.supplierOrder).map { .confirmed($0) }
            ?? .unknown(fault, trace: trace)
    }

    /// The order, if Amadeus ever told us what it calls it.
    ///
    /// What it said yes to is there, even if it cannot be found for a moment.
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

    /// The order of that reference, if it has our remark, or, where airlines left that out, exactly
    /// our passengers.
    public func order(called reference: String, placedAs request: OrderRequest, at now: Instant)
        async throws(SupplyError) -> SupplierOrder?
    {
        guard let order = try await find(reference: reference),
            AmadeusTrace.isOurs(order, request)
        else { return nil }
        return Self.supplierOrder(order)
    }

    /// - Returns: `nil` when there certainly is none.
    private func find(_ request: OrderRequest, at now: Instant) async throws(SupplyError)
        -> AmadeusWire.Order?
    {
        if let reference = request.airlineReference { return try await find(reference: reference) }
        if let trace = request.trace, let order = try await find(id: trace) { return order }
        let dropped = request.offer.expiresAt.adding(seconds: Int64(Self.dropDays + 1) * 86_400)
        guard dropped <= now else { throw .orderUnconfirmed }
        return nil
    }

    private func find(reference: String) async throws(SupplyError) -> AmadeusWire.Order? {
        try await found(
            SupplierClient.Question(
                .get, "/v1/booking/flight-orders/by-reference",
                query: [("reference", reference), ("originSystemCode", "GDS")],
                headers: Self.headers))
    }

    private func find(id: String) async throws(SupplyError) -> AmadeusWire.Order? {
        try await found(
            SupplierClient.Question(
                .get, "/v1/booking/flight-orders/\(PercentCoding.encode(id))",
                headers: Self.headers))
    }

    private func found(_ question: SupplierClient.Question) async throws(SupplyError)
        -> AmadeusWire.Order?
    {
        do throws(SupplyError) {
            return try SupplierJSON.decode(
                AmadeusWire.Ordered.self, from: try await read(question)
            ).data
        } catch .rejected(let code, let reason) {
            guard Self.isNotFound(code) else { throw .rejected(code: code, reason: reason) }
            return nil
        } catch {
            throw error
        }
    }

    static func isNotFound(_ code: String) -> Bool { code == "38196" || code == "1797" }

    private static func supplierOrder(_ order: AmadeusWire.Order) -> SupplierOrder? {
        guard let reference = order.associatedRecords?.lazy.compactMap(\.reference).first,
            !reference.isEmpty
        else { return nil }
        return SupplierOrder(
            reference: reference, tickets: (order.tickets ?? []).compactMap(\.documentNumber))
    }
}
