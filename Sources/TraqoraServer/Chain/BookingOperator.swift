import Database
import Stellar
import StellarXDR
import TraqoraContracts
import Travel

/// Acts on the Booking contract with the platform's key: `ticket` as the seller, `expire` as
/// anyone.
///
/// One transaction of the account at a time, in this process by turns and among processes by a
/// lease, because each needs the account's next number.
actor BookingOperator {
    private let key: KeyPair
    private let contract: ContractID
    private let network: Network
    private let rpc: SorobanRPC
    private let leases: Leases
    private let holder: String
    private let now: @Sendable () -> Instant
    private var last: Task<Void, Never>?

    /// How long one transaction may take.
    static let secondsMax: Int64 = 60
    /// What a transaction may cost beside its resources, in stroops.
    static let inclusionFeeStroops: UInt32 = 1_000

    /// Another process is using the account.
    struct Busy: Error, CustomStringConvertible {
        let description = "another process is sending a transaction of the operator"
    }

    /// The ledger took the transaction and it did nothing.
    struct Failed: Error, CustomStringConvertible {
        let hash: String
        var description: String { "the transaction \(hash) of the operator had no effect" }
    }

    init(
        key: KeyPair, contract: ContractID, network: Network, rpc: SorobanRPC, leases: Leases,
        holder: String, now: @escaping @Sendable () -> Instant
    ) {
        self.key = key
        self.contract = contract
        self.network = network
        self.rpc = rpc
        self.leases = leases
        self.holder = holder
        self.now = now
    }

    /// Tells the ledger that there are tickets. Told twice, it says so once.
    func ticket(_ id: UInt64, hash: [UInt8]) async throws {
        try await send(
            .invoke(
                contract, "ticket",
                [.address(.account(key.accountID)), .u64(id), .bytes(SCBytes(hash))]))
    }

    /// Has the money of a booking without a ticket sent back. Done twice, it happens once.
    func expire(_ id: UInt64) async throws {
        try await send(.invoke(contract, "expire", [.u64(id)]))
    }

    private func send(_ operation: StellarXDR.Operation) async throws {
        let previous = last
        let turn = Task {
            await previous?.value
            try await self.sendAlone(operation)
        }
        last = Task { _ = try? await turn.value }
        try await turn.value
    }

    private func sendAlone(_ operation: StellarXDR.Operation) async throws {
        let lease = "operator.\(key.address)"
        let seconds = Self.secondsMax
        guard
            try await leases.take(lease, for: holder, seconds: seconds * 2, now: now().seconds)
                != nil
        else { throw Busy() }
        do {
            try await submit(operation)
            try await leases.release(lease, by: holder)
        } catch {
            try await leases.release(lease, by: holder)
            throw error
        }
    }

    private func submit(_ operation: StellarXDR.Operation) async throws {
        let account = try await rpc.account(key.accountID)
        var builder = TransactionBuilder(
            source: MuxedAccount(key.accountID), sequence: account.seqNum + 1,
            feePerOperationStroops: Self.inclusionFeeStroops)
        builder.validUntil = UInt64(max(0, now().seconds + Self.secondsMax))
        builder.operations = [operation]
        let transaction: StellarXDR.Transaction
        do {
            transaction = try await rpc.prepare(builder.build())
        } catch RPCError.simulationFailed(let failure)
            where failure.contractError == BookingContractError.notOpen.rawValue
        {
            // It has been done, by an earlier attempt whose answer was lost, or by somebody else.
            return
        }
        let result = try await rpc.submit(transaction.signed(by: [key], on: network))
        guard result.isSuccessful else {
            throw Failed(hash: try transaction.hash(on: network).description)
        }
    }
}
