import HTTP
public import Travel

extension DuffelWire {
    /// A change that an airline made.
    struct AirlineChange: Decodable {
        var id: String
        var createdAt: String
        var added: [Slice]
        var removed: [Slice]
        var availableActions: [String]?
        var actionTaken: String?
    }
}

/// What airlines change of orders at Duffel: read, and accepted. Refusing is giving the order up.
extension DuffelSupply {
    /// Yes.
    public var tellsChanges: Bool { true }

    /// All changes of the order, the oldest first; one that cannot be read takes none from the
    /// others unless it is the newest.
    public func changes(of request: OrderRequest, at now: Instant) async throws(SupplyError)
        -> [TripChange]
    {
        guard let order = try await find(request) else { return [] }
        return try await changes(ofOrder: order.id)
    }

    /// Says yes. What was accepted before stays so; a change that is none any more is refused.
    public func accept(_ change: String, of request: OrderRequest, at now: Instant)
        async throws(SupplyError)
    {
        guard let order = try await find(request) else { throw .orderUnconfirmed }
        // An answer that was lost may have been a yes: it is looked at first, not said again.
        let found = try await changes(ofOrder: order.id).first { $0.id == change }
        guard let found else { throw .offerGone }
        if found.answer == .accepted { return }
        guard found.isAcceptable, found.answer == nil else {
            throw .notSupported("way to accept this change: the airline has to be called")
        }
        _ = try await orders.change(
            SupplierClient.Question(
                .post,
                "/air/airline_initiated_changes/\(PercentCoding.encode(change))/actions/accept",
                headers: headers))
    }

    private func changes(ofOrder id: String) async throws(SupplyError) -> [TripChange] {
        let bytes = try await search.read(
            SupplierClient.Question(
                .get, "/air/airline_initiated_changes", query: [("order_id", id)],
                headers: headers))
        let list = try SupplierJSON.decode(
            DuffelWire.Wrapped<LossyList<DuffelWire.AirlineChange>>.self, from: bytes,
            isSnakeCase: true
        ).data
        var changes: [TripChange] = []
        var fault = list.firstFault
        for wire in list.elements {
            do {
                changes.append(try DuffelChange.change(wire))
            } catch {
                fault = fault ?? "\(error)"
            }
        }
        // Nobody is told that nothing has changed where something may have.
        if let fault { throw .unreadable(fault) }
        return changes.sorted { ($0.detectedAt, $0.id) < ($1.detectedAt, $1.id) }
    }
}

/// Reads a change of Duffel's.
enum DuffelChange {
    static func change(_ wire: DuffelWire.AirlineChange) throws -> TripChange {
        let slices = { (list: [DuffelWire.Slice]) in
            try list.map { try Slice(segments: $0.segments.map(DuffelOffer.segment)) }
        }
        let answer: TripChange.Answer? =
            switch wire.actionTaken {
            case nil: nil
            case "accepted": .accepted
            default: .other
            }
        return TripChange(
            id: wire.id, before: try slices(wire.removed), after: try slices(wire.added),
            detectedAt: try SupplierTime.instant(wire.createdAt),
            isAcceptable: wire.availableActions?.contains("accept") == true, answer: answer)
    }
}
