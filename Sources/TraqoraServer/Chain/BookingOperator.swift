import Stellar
import StellarXDR
import TraqoraContracts
import Travel

/// Acts on the Booking contract with the platform's key: `ticket` as the seller, `expire`, `extend`
/// and what else ends a booking as anyone.
struct BookingOperator: Sendable {
    let contract: BookingContract
    let account: PlatformAccount

    /// How long one transaction may take.
    static let secondsMax = PlatformAccount.secondsMax

    init(contract: ContractID, account: PlatformAccount) {
        self.contract = BookingContract(contract)
        self.account = account
    }

    /// Tells the ledger that there are tickets. Told twice, it says so once.
    ///
    /// An airline for which this account does not act tickets what it sells itself; if it does not,
    /// the deadline gives the money back.
    /// - Returns: whether it is ours to tell.
    func ticket(_ id: UInt64, hash: Hash) async throws -> Bool {
        do {
            try await send(
                contract.ticket(
                    operator: .account(account.key.accountID), id: id, ticketHash: hash
                ).operation)
            return true
        } catch RPCError.simulationFailed(let failure)
            where failure.contractError == BookingContract.BookingError.notSeller.rawValue
        {
            return false
        }
    }

    /// Has the money of a booking without a ticket sent back. Done twice, it happens once.
    func expire(_ id: UInt64) async throws {
        try await send(contract.expire(id: id).operation)
    }

    /// Gives all of the money of a booking back, as whoever sold it may until departure. Done
    /// twice, it happens once.
    func giveBack(_ id: UInt64) async throws {
        try await send(
            contract.carrierCancel(operator: .account(account.key.accountID), id: id).operation)
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
        do {
            try await account.perform(operation)
        } catch RPCError.simulationFailed(let failure)
            where failure.contractError == BookingContract.BookingError.notOpen.rawValue
        {
            // It has been done, by an earlier attempt whose answer was lost, or by somebody else.
            return
        }
    }
}
