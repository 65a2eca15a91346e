import Database
import Stellar
import StellarXDR
import TraqoraContracts
import Travel

/// Acts on the Booking contract with the platform's key: `ticket` as the seller, `expire`, `extend`
/// and what else ends a booking as anyone.
///
/// One transaction of the account at a time, in this process by turns and among processes by a
/// lease, because each needs the account's next number.
struct BookingOperator: Sendable {
    private let key: KeyPair
    private let contract: BookingContract
    private let network: Network
    private let rpc: SorobanRPC
    private let leases: Leases
    private let holder: String
    private let now: @Sendable () -> Instant
    private let turns = Turns()

    /// How long one transaction may take.
    static let secondsMax: Int64 = 60

    /// Another process is using the account.
    struct Busy: Error, CustomStringConvertible {
        let description = "another process is sending a transaction of the operator"
    }

    init(
        key: KeyPair, contract: ContractID, network: Network, rpc: SorobanRPC, leases: Leases,
        holder: String, now: @escaping @Sendable () -> Instant
    ) {
        self.key = key
        self.contract = BookingContract(contract)
        self.network = network
        self.rpc = rpc
        self.leases = leases
        self.holder = holder
        self.now = now
    }

    /// Tells the ledger that there are tickets. Told twice, it says so once.
    ///
    /// An airline for which this account does not act tickets what it sells itself; if it does not,
    /// the deadline gives the money back.
    func ticket(_ id: UInt64, hash: Hash) async throws {
        do {
            try await send(
                contract.ticket(
                    operator: .account(key.accountID), id: id, ticketHash: hash
                ).operation)
        } catch RPCError.simulationFailed(let failure)
            where failure.contractError == BookingContract.BookingError.notSeller.rawValue
        {
            return
        }
    }

    /// Has the money of a booking without a ticket sent back. Done twice, it happens once.
    func expire(_ id: UInt64) async throws {
        try await send(contract.expire(id: id).operation)
    }

    /// Lets the money of a booking leave in a way that is open to all. Done twice, it happens once.
    /// - Throws: `RPCError` when the contract says that it is too early.
    func take(_ exit: EscrowExit, of id: UInt64) async throws {
        let call =
            switch exit {
            case .settle: contract.settle(id: id)
            case .settleStale: contract.settleStale(id: id)
            case .refundCancelled: contract.refundCancelled(id: id)
            case .resolveExpired: contract.resolveExpired(id: id)
            }
        try await send(call.operation)
    }

    /// Extends the lives of bookings on the ledger, at most 50.
    func extend(_ ids: [UInt64]) async throws {
        try await send(contract.extend(ids: ids).operation)
    }

    private func send(_ operation: StellarXDR.Operation) async throws {
        try await turns.take { try await sendAlone(operation) }
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
        do {
            try await rpc.perform(
                operation, by: key, on: network,
                inclusionFeeStroops: EscrowContract.inclusionFeeStroops,
                validUntil: UInt64(max(0, now().seconds + Self.secondsMax)))
        } catch RPCError.simulationFailed(let failure)
            where failure.contractError == BookingContract.BookingError.notOpen.rawValue
        {
            // It has been done, by an earlier attempt whose answer was lost, or by somebody else.
            return
        }
    }
}
