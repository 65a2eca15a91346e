import Stellar
import StellarXDR
import TraqoraContracts

/// What a contract keeps, as far as its events tell: nothing else is looked at.
struct ContractIndex {
    let code: ContractCode
    let address: SCAddress
    /// What is kept under a key of its own.
    private(set) var entries: [SCVal: SCVal] = [:]
    /// What is kept with the contract, but for what its constructor was given and nobody changes.
    private(set) var instance: [SCSymbol: SCVal] = [:]

    init(_ code: ContractCode, at address: SCAddress) {
        self.code = code
        self.address = address
        switch code {
        case .governance:
            instance["last_id"] = .u32(0)
            instance["safety"] = .fields([
                "guardian": .void, "is_spent": .bool(false), "paused_at": .u64(0),
                "paused_until": .u64(0), "version": .u32(1),
            ])
            return
        case .flightRegistry: instance["last_id"] = .u64(0)
        case .refund: instance["last_id"] = .u32(0)
        default: break
        }
        instance["paused"] = .bool(false)
        instance["version"] = .u32(1)
    }

    /// What the constructor was given for good, by contract.
    static let constants: [ContractCode: Set<SCSymbol>] = [
        .token: ["name", "symbol", "decimals", "cap"], .airline: ["refund", "cooling"],
        .flightRegistry: ["airline", "booking", "refund"], .booking: ["others"],
        .refund: ["airline", "booking", "flights"], .loyalty: ["booking", "token"],
        .governance: ["token"],
    ]

    static func key(_ name: SCSymbol, _ rest: [SCVal]) -> SCVal { .vec([.symbol(name)] + rest) }

    func kept(_ name: SCSymbol, _ rest: SCVal...) -> SCVal? { entries[Self.key(name, rest)] }

    mutating func keep(_ value: SCVal?, _ name: SCSymbol, _ rest: SCVal...) {
        entries[Self.key(name, rest)] = value
    }

    /// Changes fields of what is kept.
    mutating func change(
        _ name: SCSymbol, _ rest: SCVal..., fields: KeyValuePairs<String, SCVal>
    ) {
        let key = Self.key(name, rest)
        for (field, value) in fields { entries[key] = entries[key]?.setting(field, value) }
    }

    mutating func store(_ value: SCVal, as name: SCSymbol) { instance[name] = value }

    mutating func apply(_ event: PastEvent) throws {
        guard case .symbol(let name)? = event.topics.first else {
            throw WorldError.unexpected(.list(event.topics))
        }
        let topics = Array(event.topics.dropFirst())
        if code != .governance, administer(name, topics, event.data) { return }
        let isKnown =
            switch code {
            case .token: try applyToken(name, topics, event)
            case .airline: applyAirline(name, topics, event.data)
            case .flightRegistry: applyFlights(name, topics, event.data)
            case .booking: applyBooking(name, topics, event.data)
            case .refund: applyRefund(name, topics, event.data)
            case .loyalty: applyLoyalty(name, topics, event)
            case .governance: applyGovernance(name, topics, event)
            }
        guard isKnown else { throw WorldError.unexpected(.list(event.topics)) }
    }

    /// What every contract tells.
    private mutating func administer(_ name: SCSymbol, _ topics: [SCVal], _ data: SCVal) -> Bool {
        switch name {
        case "admin":
            instance["admin"] = topics[0]
            instance["proposed"] = .void
        case "proposed": instance["proposed"] = topics[0]
        case "guardian": instance["guardian"] = data
        case "paused": instance["paused"] = .bool(true)
        case "unpaused": instance["paused"] = .bool(false)
        case "migrated": instance["version"] = data
        case "upgraded": break
        default: return false
        }
        return true
    }
}

extension SCVal {
    /// The struct with another value in a field.
    func setting(_ field: String, _ value: SCVal) -> SCVal {
        guard case .map(let entries?) = self else { return self }
        return .map(
            entries.map { entry in
                entry.key == .symbol(SCSymbol(field))
                    ? SCMapEntry(key: entry.key, val: value) : entry
            })
    }

    var elements: [SCVal] {
        guard case .vec(let list?) = self else { return [] }
        return Array(list)
    }

    var number: UInt64 {
        switch self {
        case .u32(let number): UInt64(number)
        case .u64(let number): number
        default: 0
        }
    }
}
