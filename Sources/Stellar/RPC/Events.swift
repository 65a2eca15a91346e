public import StellarXDR

/// Which events to look for: those that fit every part.
public struct EventFilter: Hashable, Sendable {
    /// One place of a topic.
    public enum Segment: Hashable, Sendable {
        /// This value.
        case value(SCVal)
        /// Any one value.
        case any
        /// Any further values, none too; only at the end.
        case rest
    }

    /// Contracts, any of them; all if empty. At most five.
    public var contracts: [ContractID]
    /// Topics, any of them; all if empty. At most five.
    public var topics: [[Segment]]

    /// A filter.
    public init(contracts: [ContractID] = [], topics: [[Segment]] = []) {
        self.contracts = contracts
        self.topics = topics
    }
}

/// From where on to look for events.
public enum EventStart: Hashable, Sendable {
    /// From the first event of a ledger.
    case ledger(UInt32)
    /// After what a page ended with.
    case cursor(String)
}

/// An event of a contract, and where it is.
public struct RPCEvent: Hashable, Sendable {
    /// Its place in the ledger: ids sort as events happened.
    public var id: String
    /// Whether the system told it, or what had no effect: it is not what a contract did.
    public var isSystem: Bool
    /// The ledger.
    public var ledger: UInt32
    /// When the ledger closed, RFC 3339.
    public var ledgerClosedAt: String
    /// The contract.
    public var contract: ContractID?
    /// The transaction.
    public var transactionHash: Hash
    /// What it is about.
    public var topics: [SCVal]
    /// What it says.
    public var value: SCVal
}

extension RPCEvent: Decodable {
    private enum CodingKeys: String, CodingKey {
        case id, type, ledger, ledgerClosedAt, contractId, txHash, topic, value
        case inSuccessfulContractCall
    }

    /// Reads the server's JSON.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        id = try values.decode(String.self, forKey: .id)
        // Diagnostic events, and older servers' of calls that failed, are no contract's word.
        let hasTakenEffect = try values.decodeIfPresent(
            Bool.self, forKey: .inSuccessfulContractCall)
        isSystem =
            try values.decode(String.self, forKey: .type) != "contract" || hasTakenEffect == false
        ledger = try values.decode(UInt32.self, forKey: .ledger)
        ledgerClosedAt = try values.decode(String.self, forKey: .ledgerClosedAt)
        let contract = try values.decodeIfPresent(String.self, forKey: .contractId) ?? ""
        self.contract = contract.isEmpty ? nil : try ContractID(contract: contract)
        transactionHash = try values.decode(HashField.self, forKey: .txHash).value
        topics =
            try values.decodeIfPresent([XDRField<SCVal>].self, forKey: .topic)?.map(\.value) ?? []
        value = try values.decode(XDRField<SCVal>.self, forKey: .value).value
    }
}

/// Some events, and where to go on.
public struct RPCEventPage: Hashable, Sendable, Decodable {
    /// The events, in order.
    public var events: [RPCEvent]
    /// Where to go on, even if there were none.
    public var cursor: String
    /// The newest ledger that the server knows.
    public var latestLedger: UInt32
    /// The oldest ledger that it still answers for.
    public var oldestLedger: UInt32?
}

/// The request's JSON.
struct EventsRequest: Encodable {
    var startLedger: UInt32?
    var filters: [Filter]
    var pagination: Pagination

    struct Pagination: Encodable {
        var cursor: String?
        var limit: Int
    }

    struct Filter: Encodable {
        var type = "contract"
        var contractIds: [String]
        var topics: [[String]]
    }

    init(_ start: EventStart, _ filters: [EventFilter], limit: Int) throws(XDRError) {
        self.filters = []
        pagination = Pagination(cursor: nil, limit: limit)
        switch start {
        case .ledger(let ledger): startLedger = ledger
        case .cursor(let cursor): pagination.cursor = cursor
        }
        for filter in filters {
            var topics: [[String]] = []
            for topic in filter.topics { topics.append(try Self.segments(topic)) }
            self.filters.append(
                Filter(contractIds: filter.contracts.map(\.contractText), topics: topics))
        }
    }

    private static func segments(_ topic: [EventFilter.Segment]) throws(XDRError) -> [String] {
        var segments: [String] = []
        for segment in topic {
            switch segment {
            case .any: segments.append("*")
            case .rest: segments.append("**")
            case .value(let value): segments.append(try value.base64())
            }
        }
        return segments
    }
}
