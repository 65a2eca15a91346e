public import Travel

/// What the simulator's airlines change after they have sold: on one route, every flight.
extension Simulator {
    /// Yes.
    public var tellsChanges: Bool { true }

    /// By how much flights are late that are changed.
    static let changeSeconds: Int64 = 7_200

    /// The trip two hours later, on the route where that happens.
    public func changes(of request: OrderRequest, at now: Instant) async throws(SupplyError)
        -> [TripChange]
    {
        let before = request.offer.itinerary.slices
        guard scenario(of: before) == .rescheduled,
            await orders.find(request.reference) != nil,
            let sold = try? read(request.offer.id).slices,
            let after = try? sold.map(Self.later)
        else { return [] }
        let id = "later-\(request.reference)"
        let isAccepted = await orders.hasAccepted(id)
        return [
            TripChange(
                id: id, before: sold, after: after, detectedAt: now, isAcceptable: true,
                answer: isAccepted ? .accepted : nil)
        ]
    }

    /// Yes it is.
    public func accept(_ change: String, of request: OrderRequest, at now: Instant)
        async throws(SupplyError)
    {
        guard change == "later-\(request.reference)" else { throw .offerGone }
        await orders.accept(change)
    }

    private static func later(_ slice: Slice) throws -> Slice {
        try Slice(
            segments: slice.segments.map { segment in
                try Segment(
                    flight: segment.flight, operatedBy: segment.operatedBy,
                    origin: segment.origin, destination: segment.destination,
                    departs: later(segment.departs), arrives: later(segment.arrives),
                    aircraft: segment.aircraft, distanceKilometers: segment.distanceKilometers,
                    originTerminal: segment.originTerminal,
                    destinationTerminal: segment.destinationTerminal,
                    technicalStops: segment.technicalStops)
            })
    }

    private static func later(_ time: ZonedTime) throws -> ZonedTime {
        try ZonedTime(time.instant.adding(seconds: changeSeconds), in: time.zone)
    }
}
