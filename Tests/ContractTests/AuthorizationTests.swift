import SorobanHost
import Stellar
import StellarXDR
import Synchronization
import Testing
import TraqoraContracts

/// Tries each call of a scenario without each of its signatures, and with a stranger's in its
/// place: nothing may come of it.
final class AuthorizationProbes: Sendable {
    /// What anybody may call, by contract: not tried, whoever signs it in the scenario.
    private let open: [String: Set<String>]
    private let lock = Mutex<[String: Set<String>]>([:])

    init(open: [String: Set<String>]) { self.open = open }

    /// The functions that were tried, by contract.
    var functions: [String: Set<String>] { lock.withLock { $0 } }

    func probe(
        _ call: InvokeContractArgs, _ consent: SorobanAuthorizedInvocation, _ people: [Person],
        in world: ContractWorld
    ) throws {
        guard !people.isEmpty, let contract = world.name(of: call.contractAddress),
            !open[contract, default: []].contains(call.functionName.description)
        else { return }
        let stranger = try Person("stranger")
        var other = call
        other.args.append(.void)
        let otherConsent = SorobanAuthorizedInvocation(
            function: .contractFn(other), subInvocations: consent.subInvocations)
        for index in people.indices {
            var rest = people
            let person = rest.remove(at: index)
            let signed = try rest.map { try world.signed(consent, by: $0) }
            // Nobody, a stranger, himself for another call.
            try refuse(call, signed, in: world)
            try refuse(call, signed + [world.signed(consent, by: stranger)], in: world)
            try refuse(call, signed + [world.signed(otherConsent, by: person)], in: world)
            guard !consent.subInvocations.isEmpty else { continue }
            let bare = SorobanAuthorizedInvocation(
                function: .contractFn(call), subInvocations: [])
            try refuse(call, signed + [world.signed(bare, by: person)], in: world)
        }
        lock.withLock {
            _ = $0[contract, default: []].insert(call.functionName.description)
        }
    }

    private func refuse(
        _ call: InvokeContractArgs, _ authorization: [SorobanAuthorizationEntry],
        in world: ContractWorld
    ) throws {
        switch world.outcome(.invokeContract(call), authorization).result {
        case .success(let value): throw WorldError.unexpected(value)
        case .failure(let error):
            #expect(error.description == "Error(Auth, InvalidAction)", "\(call.functionName)")
        }
    }
}

@Suite(.builds()) struct AuthorizationTests {
    private static let common: Set<String> = ["admin", "guardian", "paused", "version"]

    /// What anybody may call; all else asks for a signature.
    private static let open: [String: Set<String>] = [
        "Token": [
            "allowance", "balance", "cap", "decimals", "delegate_of", "name", "past_total_supply",
            "past_votes", "symbol", "total_supply", "votes",
        ],
        "Airline": ["airline", "bond", "extend", "is_active", "is_operator", "payout"],
        "FlightRegistry": ["availability", "extend", "find", "flight", "oracles", "status"],
        "Booking": [
            "accepts", "booking", "credit", "escrowed", "expire", "extend", "is_arbiter",
            "quote_key", "refund_cancelled", "refund_preview", "resolve_expired", "settings",
            "settle", "settle_stale",
        ],
        "Refund": ["claim", "extend", "policy", "quote", "schedule"],
        "Loyalty": [
            "accrual", "balance", "extend", "lots", "pool", "rate", "redemption", "tier", "tiers",
        ],
        "Governance": [
            "accept_admin_of", "ballot", "execute", "extend", "paused_until", "proposal",
            "proposal_actions", "queue", "settings", "state",
        ],
    ]

    /// What the scenario does not reach, each with what shows it otherwise.
    private static let elsewhere: [String: Set<String>] = [
        // `only the admin upgrades, and migrates nothing twice`, `a credit is withdrawn once, …`,
        // `nobody slashes but the Refund contract`, `nobody holds or releases seats but Booking`.
        "Token": ["migrate"], "Airline": ["migrate", "slash"],
        "FlightRegistry": ["migrate", "hold", "release"], "Booking": ["migrate", "withdraw"],
        // Its migration is anybody's.
        "Refund": ["migrate"], "Loyalty": ["migrate"], "Governance": ["migrate"],
    ]

    @Test func `nothing that asks for a signature is done without it, or with another's`() throws {
        let open = Self.open.mapValues { $0.union(Self.common) }
        let probes = AuthorizationProbes(open: open)
        try ContractWorld.$probes.withValue(probes) { try CostScenario().run() }
        for code in ContractCode.allCases {
            let name = code.rawValue
            let all = Set(
                try ContractSpec(wasm: code.wasm).functions.map(\.name.description)
            ).subtracting(["__constructor"])
            let missing = all.subtracting(open[name, default: []])
                .subtracting(probes.functions[name, default: []])
                .subtracting(Self.elsewhere[name, default: []])
            #expect(missing.isEmpty, "\(name): \(missing.sorted())")
        }
    }
}
