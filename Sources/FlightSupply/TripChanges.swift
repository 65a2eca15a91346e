public import Travel

/// A change that the airline made to a trip after it was booked, as its supplier tells it.
public struct TripChange: Hashable, Sendable {
    /// What the supplier calls it.
    public let id: String
    /// The journeys that are changed, as they were.
    public let before: [Slice]
    /// The same as they are now; none if they are not flown any more.
    public let after: [Slice]
    /// When the supplier heard of it.
    public let detectedAt: Instant
    /// Whether one can say yes through the supplier.
    public let isAcceptable: Bool
    /// Whether it has been accepted there, or was answered in another way.
    public let answer: Answer?

    /// What was said to it.
    public enum Answer: String, Hashable, Sendable {
        case accepted
        /// The order was given up, or changed to something else.
        case other
    }

    /// A change.
    public init(
        id: String, before: [Slice], after: [Slice], detectedAt: Instant, isAcceptable: Bool,
        answer: Answer? = nil
    ) {
        self.id = id
        self.before = before
        self.after = after
        self.detectedAt = detectedAt
        self.isAcceptable = isAcceptable
        self.answer = answer
    }

    /// The trip with the change in it: journeys that were changed are exchanged for what they are
    /// now, in their places.
    /// - Returns: `nil` if nothing of it is flown any more, or what is does not fit together.
    public func applied(to itinerary: Itinerary) -> Itinerary? {
        guard !after.isEmpty else { return nil }
        var slices = itinerary.slices
        // As many there as here: one by one. Else the whole trip is what it is now.
        if before.count == after.count {
            for (old, new) in zip(before, after) {
                let place =
                    slices.firstIndex(of: old)
                    ?? slices.firstIndex {
                        $0.origin == old.origin && $0.destination == old.destination
                    }
                guard let place else { return nil }
                slices[place] = new
            }
        } else {
            slices = after
        }
        return try? Itinerary(slices: slices)
    }
}
