internal import StellarXDR

/// Which events are asked for: all conditions of a filter must hold, one filter suffices.
struct EventFilter: Sendable {
    /// What must stand at a place among the topics.
    enum Segment: Sendable, Hashable {
        /// Anything.
        case any
        /// This value, which its mark stands for.
        case value(SCVal, EventMark)
    }

    /// What the topics must be.
    struct Topics: Sendable, Hashable {
        var segments: [Segment]
        /// Whether any number may follow.
        var isOpen: Bool

        func matches(_ topics: [SCVal]) -> Bool {
            guard isOpen ? topics.count >= segments.count : topics.count == segments.count else {
                return false
            }
            return zip(segments, topics).allSatisfy { segment, topic in
                switch segment {
                case .any: true
                case .value(let wanted, _): wanted == topic
                }
            }
        }
    }

    /// Kinds of events; all if empty.
    var types: Set<ContractEventType> = []
    /// Whose events; everyone's if empty.
    private(set) var contracts: Set<Hash> = []
    /// Topics, any of them; all if empty.
    var topics: [Topics] = []

    /// Wants the events of a contract too.
    mutating func add(contract: Hash) {
        contracts.insert(contract)
    }

    func matches(_ event: ContractEvent) -> Bool {
        guard types.isEmpty || types.contains(event.type) else { return false }
        if !contracts.isEmpty {
            guard let contract = event.contractID, contracts.contains(contract) else {
                return false
            }
        }
        guard !topics.isEmpty else { return true }
        switch event.body {
        case .v0(let content): return topics.contains { $0.matches(content.topics) }
        }
    }
}
