import Cryptography
import SorobanHost
import Stellar
import StellarXDR
import TraqoraContracts

/// What a call takes of the network.
struct CallCost: Codable, Equatable {
    var instructions: UInt64
    var memory: UInt64
    /// Entries that are read or written.
    var entries: Int
    var writes: Int
    var writeBytes: UInt32
    var events: Int
    /// In stroops, at the public network's prices of July 2026 while its state is small.
    var feeStroops: Int64
}

extension CallCost {
    /// The same but for a hundredth of what is counted in steps.
    func isLike(_ other: CallCost) -> Bool {
        func isNear(_ a: UInt64, _ b: UInt64) -> Bool { max(a, b) - min(a, b) <= b / 100 }
        return isNear(instructions, other.instructions) && isNear(memory, other.memory)
            && isNear(UInt64(feeStroops), UInt64(other.feeStroops))
            && entries == other.entries && writes == other.writes
            && writeBytes == other.writeBytes && events == other.events
    }
}

/// The first successful call of each function, by contract.
final class CostBook {
    private(set) var costs: [String: [String: CallCost]] = [:]
    private var codes: [Hash: String] = [:]
    private(set) var names: [SCAddress: String] = [:]

    init() throws {
        for code in ContractCode.allCases {
            codes[try Hash(SHA256.hash(code.wasm))] = code.rawValue
        }
    }

    func note(
        _ function: HostFunction, _ authorization: [SorobanAuthorizationEntry],
        _ outcome: InvocationOutcome, in ledger: LedgerInfo
    ) throws {
        guard let (contract, name) = try called(function, outcome) else { return }
        guard costs[contract]?[name] == nil else { return }
        let resources = SorobanResources(
            footprint: outcome.footprint,
            instructions: UInt32(clamping: outcome.costs.instructions),
            diskReadBytes: outcome.diskReadBytes, writeBytes: outcome.writeBytes)
        let events = outcome.events.filter { $0.type == .contract }
        costs[contract, default: [:]][name] = CallCost(
            instructions: outcome.costs.instructions, memory: outcome.costs.memory,
            entries: outcome.footprint.readOnly.count + outcome.footprint.readWrite.count,
            writes: outcome.footprint.readWrite.count, writeBytes: outcome.writeBytes,
            events: events.count,
            feeStroops: try ResourceFee(sequence: ledger.sequence).total(
                resources, size: size(function, authorization, resources),
                rent: outcome.rent,
                events: events.reduce(0) { try $0 + $1.xdr().count }
                    + outcome.result.get().xdr().count))
    }

    private func called(_ function: HostFunction, _ outcome: InvocationOutcome) throws
        -> (String, String)?
    {
        switch function {
        case .uploadContractWasm(let wasm):
            return codes[try Hash(SHA256.hash(wasm))].map { ($0, "(upload)") }
        case .createContractV2(let creation):
            guard case .wasm(let hash) = creation.executable,
                case .address(let address) = try outcome.result.get(), let name = codes[hash]
            else { return nil }
            names[address] = name
            return (name, "__constructor")
        case .invokeContract(let call):
            return names[call.contractAddress].map { ($0, call.functionName.description) }
        default: return nil
        }
    }

    /// Of the whole transaction, with one signature.
    private func size(
        _ function: HostFunction, _ authorization: [SorobanAuthorizationEntry],
        _ resources: SorobanResources
    ) throws -> Int {
        let operation = Operation(
            body: .invokeHostFunction(
                InvokeHostFunctionOp(hostFunction: function, auth: authorization)))
        let transaction = Transaction(
            sourceAccount: .ed25519(.zero), fee: 0, seqNum: 0,
            cond: .time(TimeBounds(minTime: 0, maxTime: 0)), memo: .none,
            operations: [operation],
            ext: .v1(SorobanTransactionData(ext: .v0, resources: resources, resourceFee: 0)))
        let signature = DecoratedSignature(
            hint: .zero, signature: Signature([UInt8](repeating: 0, count: 64)))
        return try TransactionV1Envelope(tx: transaction, signatures: [signature]).xdr().count
    }
}

/// The resource fee by the network's formulas: each part is rounded up.
struct ResourceFee {
    let sequence: UInt32

    func total(_ resources: SorobanResources, size: Int, rent: [RentChange], events: Int) -> Int64 {
        let writes = Int64(resources.footprint.readWrite.count)
        let use =
            part(Int64(resources.instructions), 7, of: 10_000) + writes * 2_500
            + perKilobyte(Int64(resources.writeBytes), 875)
            + perKilobyte(Int64(size) + 300, 4_059) + perKilobyte(Int64(size), 406)
            + perKilobyte(Int64(events), 5_000)
        let extended = Int64(rent.count { $0.oldLiveUntilLedger < $0.newLiveUntilLedger })
        return use + rent.reduce(0) { $0 + fee($1) } + extended * 2_500
            + perKilobyte(extended * 48, 875)
    }

    private func fee(_ change: RentChange) -> Int64 {
        let isNew = change.oldByteCount == 0 && change.oldLiveUntilLedger == 0
        let paidUntil = isNew ? Int64(sequence) - 1 : Int64(change.oldLiveUntilLedger)
        let added = Int64(change.newLiveUntilLedger) - paidUntil
        let growth = Int64(change.newByteCount) - Int64(change.oldByteCount)
        let prepaid = Int64(change.oldLiveUntilLedger) - Int64(sequence) + 1
        var fee = added > 0 ? rent(change, Int64(change.newByteCount), added) : 0
        if !isNew, growth > 0, prepaid > 0 { fee += rent(change, growth, prepaid) }
        return fee
    }

    /// 1,000 stroops for a kilobyte of state: the least.
    private func rent(_ change: RentChange, _ bytes: Int64, _ ledgers: Int64) -> Int64 {
        let fee = part(bytes, 1_000 * ledgers, of: 1_024 * (change.isPersistent ? 1_215 : 2_430))
        return change.isCode ? (fee + 2) / 3 : fee
    }

    private func perKilobyte(_ bytes: Int64, _ fee: Int64) -> Int64 { part(bytes, fee, of: 1_024) }

    private func part(_ amount: Int64, _ fee: Int64, of unit: Int64) -> Int64 {
        (amount * fee + unit - 1) / unit
    }
}
