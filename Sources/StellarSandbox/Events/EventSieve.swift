internal import StellarXDR

/// What is said of an event without looking at it.
struct EventMarks: Sendable {
    let contract: EventMark
    /// Of the first four topics.
    let topics: SIMD4<UInt32>
    let topicCount: UInt32
    let type: ContractEventType
}

/// A filter in marks: who passes may be wanted, who does not is not.
struct EventSieve: Sendable {
    private let contracts: [EventMark]
    private let types: [ContractEventType]
    private let topics: [Topics]

    /// Marks of topics where they matter, and how many there must be.
    private struct Topics {
        var matters = SIMD4<UInt32>()
        var wanted = SIMD4<UInt32>()
        let count: UInt32
        let isOpen: Bool

        init(_ topics: EventFilter.Topics) {
            count = UInt32(topics.segments.count)
            isOpen = topics.isOpen
            for (index, segment) in topics.segments.prefix(4).enumerated() {
                guard case .value(_, let mark) = segment else { continue }
                matters[index] = .max
                wanted[index] = mark.number
            }
        }

        func passes(_ marks: EventMarks) -> Bool {
            (isOpen ? marks.topicCount >= count : marks.topicCount == count)
                && marks.topics & matters == wanted
        }
    }

    init(_ filter: EventFilter) {
        contracts = filter.contracts.map { EventMark(contract: $0) }
        types = Array(filter.types)
        topics = filter.topics.map(Topics.init)
    }

    /// Whether an event may be wanted.
    func passes(_ marks: EventMarks) -> Bool {
        (contracts.isEmpty || contracts.contains(marks.contract))
            && (types.isEmpty || types.contains(marks.type))
            && (topics.isEmpty || topics.contains { $0.passes(marks) })
    }

    /// Whether any event of a ledger may be wanted.
    func passes(_ digest: EventDigest) -> Bool {
        (contracts.isEmpty || contracts.contains { digest.mayHave($0, at: 4) })
            && (topics.isEmpty
                || topics.contains { topics in
                    (0..<4).allSatisfy {
                        topics.matters[$0] == 0
                            || digest.mayHave(EventMark(number: topics.wanted[$0]), at: $0)
                    }
                })
    }
}

/// The marks of a ledger's events laid over each other (a Bloom filter): what it does not have, no
/// event has.
struct EventDigest: Sendable {
    private var words: [UInt64]

    /// Room for the marks of `count` events.
    init(count: Int) {
        words = Array(repeating: 0, count: max(1, count))
    }

    /// Adds the marks of an event.
    mutating func add(_ marks: EventMarks) {
        add(marks.contract, at: 4)
        for index in 0..<4 { add(EventMark(number: marks.topics[index]), at: index) }
    }

    /// Whether some event may have the mark at this topic; the contract's stands at 4.
    func mayHave(_ mark: EventMark, at place: Int) -> Bool {
        let (first, second) = bits(mark, place)
        return has(first) && has(second)
    }

    private mutating func add(_ mark: EventMark, at place: Int) {
        let (first, second) = bits(mark, place)
        words[first / 64] |= 1 << UInt64(first % 64)
        words[second / 64] |= 1 << UInt64(second % 64)
    }

    private func has(_ bit: Int) -> Bool { words[bit / 64] & 1 << UInt64(bit % 64) != 0 }

    private func bits(_ mark: EventMark, _ place: Int) -> (Int, Int) {
        let mixed = (UInt64(mark.number) << 3 | UInt64(place)) &* 0x9e37_79b9_7f4a_7c15
        let count = UInt64(words.count * 64)
        return (Int((mixed >> 32) % count), Int((mixed & 0xffff_ffff) % count))
    }
}
