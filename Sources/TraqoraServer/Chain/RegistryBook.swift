import Database
import FareRules
import Stellar
public import StellarXDR
import Telemetry
import TraqoraContracts
import Travel

/// The contracts that say what airlines sell on the ledger.
public struct RegistryContracts: Hashable, Sendable {
    /// Who may sell.
    public var airline: ContractID
    /// What is flown.
    public var flights: ContractID
    /// Under which fare rules.
    public var refund: ContractID

    /// The contracts of a network.
    public init(airline: ContractID, flights: ContractID, refund: ContractID) {
        self.airline = airline
        self.flights = flights
        self.refund = refund
    }
}

/// Writes what the events of Airline, FlightRegistry and Refund say about what is sold.
struct RegistryBook: Sendable {
    let escrows: EscrowRepository
    let registry: RegistryRepository
    let revisions: RouteRevisions
    let contracts: RegistryContracts

    /// Applies an event of one of the contracts.
    /// - Returns: whether it was about what is sold, and new.
    func apply(
        _ event: RPCEvent, of contract: ContractID, in transaction: DatabaseTransaction
    ) async throws -> Bool {
        guard case .symbol(let name)? = event.topics.first else { return false }
        let isNew = try await escrows.record(
            event, contract: SCAddress.contract(contract).description, name: name.description,
            escrowID: nil, in: transaction)
        guard isNew else { return false }
        let (topics, value) = (event.topics, event.value)
        switch contract {
        case contracts.airline: try await applyAirline(topics, value, in: transaction)
        case contracts.refund: try await applyRefund(topics, value, in: transaction)
        case contracts.flights: try await applyFlight(topics, value, in: transaction)
        default: return false
        }
        return true
    }

    private func applyAirline(
        _ topics: [SCVal], _ value: SCVal, in transaction: DatabaseTransaction
    ) async throws {
        typealias Contract = AirlineContract
        if let event = try Contract.RegisteredEvent(topics: topics, value: value) {
            try await registry.setAirline(
                event.code.description, name: event.airline.name.ofLedger, in: transaction)
        } else if let event = try Contract.StandingChangedEvent(topics: topics, value: value) {
            let code = event.code.description
            guard
                try await registry.setActive(
                    event.standing == .active, airline: code, in: transaction)
            else { throw Indexer.Fault.unknown("airline.\(code)") }
            revisions.willChange(.all)
        }
    }

    /// Reads an airline or a flight from the ledger as it is now: `airline.TQ`, `flight.17`. What
    /// their events said before is in what they are.
    func fill(_ subject: String, from rpc: SorobanRPC, in database: Database) async throws -> Bool {
        let parts = subject.split(separator: ".")
        guard parts.count == 2 else { return false }
        let registry = registry
        switch parts[0] {
        case "airline":
            let code = String(parts[1])
            let airline = try await AirlineContract(contracts.airline)
                .airline(code: SCSymbol(code)).read(from: rpc)
            try await database.transaction { transaction in
                try await registry.setAirline(
                    code, name: airline.name.ofLedger, in: transaction)
                _ = try await registry.setActive(
                    airline.standing == .active, airline: code, in: transaction)
            }
        case "flight":
            guard let id = UInt64(parts[1]) else { return false }
            let contract = FlightRegistryContract(contracts.flights)
            let flight = try await contract.flight(id: id).read(from: rpc)
            let status = try await contract.status(id: id).read(from: rpc)
            try await database.transaction { transaction in
                try await registry.add(id, flight, status, in: transaction)
            }
        default: return false
        }
        return true
    }

    private func applyRefund(
        _ topics: [SCVal], _ value: SCVal, in transaction: DatabaseTransaction
    ) async throws {
        guard
            let event = try RefundContract.PolicyPublishedEvent(topics: topics, value: value)
        else { return }
        let rule = RefundRule(
            tiers: event.policy.tiers.map {
                RefundTier(secondsBefore: $0.secondsBefore, refundBasisPoints: $0.refundBps)
            }, graceSeconds: event.policy.graceSeconds,
            graceMinLeadSeconds: event.policy.graceMinLeadSeconds)
        try await registry.addPolicy(
            event.id, carrier: event.carrier.description, rule, in: transaction)
    }

    private func applyFlight(
        _ topics: [SCVal], _ value: SCVal, in transaction: DatabaseTransaction
    ) async throws {
        typealias Contract = FlightRegistryContract
        var changed: UInt64?
        var isKnown = true
        if let event = try Contract.PublishedEvent(topics: topics, value: value) {
            try await registry.add(event.id, event.flight, in: transaction)
            changed = event.id
        } else if let event = try Contract.FareChangedEvent(topics: topics, value: value) {
            // As a token amount: 6.3.1 passes an Int128 to this function astray.
            let price = TokenAmount(baseUnits: Int64(clamping: event.price))
            isKnown = try await registry.setFare(
                event.id, event.cabin.description, price: price, seats: event.seats,
                in: transaction)
            changed = event.id
        } else if let event = try Contract.ClosedEvent(topics: topics, value: value) {
            isKnown = try await registry.close(event.id, in: transaction)
            changed = event.id
        } else if let event = try Contract.SeatsHeldEvent(topics: topics, value: value) {
            isKnown = try await registry.setSold(
                event.id, event.cabin.description, event.sold, in: transaction)
            changed = event.id
        } else if let event = try Contract.SeatsReleasedEvent(topics: topics, value: value) {
            isKnown = try await registry.setSold(
                event.id, event.cabin.description, event.sold, in: transaction)
            changed = event.id
        } else if let event = try Contract.StatusChangedEvent(topics: topics, value: value) {
            isKnown = try await registry.setStatus(
                event.id, "\(event.status)", at: Instant(clamping: event.time),
                isConfirmed: event.confirmed, in: transaction)
            changed = event.id
        }
        if let changed, !isKnown { throw Indexer.Fault.unknown("flight.\(changed)") }
        guard let changed, let route = try await registry.route(of: changed, in: transaction)
        else { return }
        revisions.willChange(route)
    }
}
