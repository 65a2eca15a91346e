import SorobanHost
import Stellar
import StellarXDR

/// An event with the contract that emitted it and the time of its ledger.
struct PastEvent {
    var contract: SCAddress
    var topics: [SCVal]
    var data: SCVal
    var time: UInt64

    /// Those of contracts, in the order in which they were emitted.
    static func all(of outcome: InvocationOutcome, in ledger: LedgerInfo) -> [PastEvent] {
        outcome.events.compactMap { event in
            guard event.type == .contract, let id = event.contractID,
                case .v0(let body) = event.body
            else { return nil }
            return PastEvent(
                contract: .contract(id), topics: Array(body.topics), data: body.data,
                time: ledger.timestamp)
        }
    }
}

/// The worlds that a scenario made.
// Safe: a scenario runs on one thread, and is over when its worlds are looked at.
final class WorldList: @unchecked Sendable {
    private(set) var worlds: [ContractWorld] = []

    func add(_ world: ContractWorld) { worlds.append(world) }
}

extension ContractWorld {
    private func instanceKey(_ contract: SCAddress) -> LedgerKey {
        .contractData(
            LedgerKeyContractData(
                contract: contract, key: .ledgerKeyContractInstance, durability: .persistent))
    }

    /// What is stored with a contract itself.
    func instance(of contract: SCAddress) throws -> [SCMapEntry] {
        guard case .contractData(let data)? = snapshot.entries[instanceKey(contract)]?.entry.data,
            case .contractInstance(let instance) = data.val
        else { throw WorldError.unexpected(.address(contract)) }
        return Array(instance.storage ?? [])
    }

    /// Puts something else there, as if other code had.
    func store(_ value: SCVal, as name: SCSymbol, in contract: SCAddress) throws {
        let key = instanceKey(contract)
        guard var entry = snapshot.entries[key], case .contractData(var data) = entry.entry.data,
            case .contractInstance(var instance) = data.val
        else { throw WorldError.unexpected(.address(contract)) }
        instance.storage = instance.storage.map { storage in
            storage.map { $0.key == .symbol(name) ? SCMapEntry(key: $0.key, val: value) : $0 }
        }
        data.val = .contractInstance(instance)
        entry.entry.data = .contractData(data)
        snapshot.entries[key] = try LedgerSnapshotEntry(
            entry: entry.entry, liveUntilLedger: entry.liveUntilLedger)
    }
}
