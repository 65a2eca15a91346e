public import Travel

/// What `GET /api/v1/bookings/{id}/changes` answers: what the airline changed of a trip.
public struct BookingChangesResponse: Codable, Sendable {
    /// What was said to a change.
    public enum Decision: String, Codable, CaseIterable, Sendable {
        /// The traveller flies as it is now.
        case accepted
        /// The traveller does not; all of the money goes back.
        case refused
        /// The airline changed the trip again before anything was said.
        case superseded
    }

    /// A change.
    public struct Change: Codable, Sendable {
        /// Its id.
        public var id: String
        /// The journeys that are changed, as they were.
        public var before: [Slice]
        /// The same as they are now; none if they are not flown any more.
        public var after: [Slice]
        /// When it was heard of.
        public var detectedAt: Instant
        /// Whether it can be accepted here; else the airline has to be called.
        public var isAcceptable: Bool
        /// What was said to it; absent as long as nothing was.
        public var decision: Decision?
        /// When that was said.
        public var decidedAt: Instant?

        private enum CodingKeys: String, CodingKey {
            case id, before, after, decision
            case detectedAt = "detected_at"
            case isAcceptable = "is_acceptable"
            case decidedAt = "decided_at"
        }

        /// A change.
        public init(
            id: String, before: [Slice], after: [Slice], detectedAt: Instant, isAcceptable: Bool,
            decision: Decision? = nil, decidedAt: Instant? = nil
        ) {
            self.id = id
            self.before = before
            self.after = after
            self.detectedAt = detectedAt
            self.isAcceptable = isAcceptable
            self.decision = decision
            self.decidedAt = decidedAt
        }
    }

    /// The changes, the oldest first.
    public var changes: [Change]

    /// An answer.
    public init(changes: [Change]) { self.changes = changes }
}

/// What `POST /api/v1/bookings/{id}/changes/{change}` takes.
public struct DecideChangeRequest: Codable, Sendable {
    /// Whether the traveller flies as it is now; else the booking is given up, and all of the money
    /// goes back.
    public var accept: Bool

    /// A word.
    public init(accept: Bool) { self.accept = accept }
}
