import HTTP
import Stellar
import StellarXDR
import TraqoraAPI
import TraqoraContracts
import Travel

/// The Booking contract as the server sees it: builds and simulates transactions for travellers to
/// sign. It signs nothing.
struct EscrowContract: Sendable {
    let contract: ContractID
    let network: Network
    let rpc: SorobanRPC
    let tokenSymbol: String

    /// What a transaction may cost beside its resources, in stroops.
    static let inclusionFeeStroops: UInt32 = 1_000

    private var calls: BookingContract { BookingContract(contract) }

    /// A transaction that would succeed now, if it were signed.
    struct Prepared: Sendable {
        var transaction: Transaction
        var hash: Hash
        var validUntil: Instant

        /// The row that keeps it.
        func row(
            for booking: Booking, purpose: TransactionPurpose, summary: [String],
            offeredAt: Instant
        ) throws -> TransactionRow {
            TransactionRow(
                hash: hash.description, subject: .booking(booking.id), signer: booking.payer,
                purpose: purpose, envelope: try transaction.envelope.xdr(),
                feeStroopsMax: transaction.fee, summary: summary, expiresAt: validUntil,
                offeredAt: offeredAt)
        }
    }

    /// The call in which the passenger gives up `seats`.
    func cancellation(of id: UInt64, seats: UInt32, passenger: SCAddress) -> StellarXDR.Operation {
        calls.cancel(passenger: passenger, id: id, seats: seats).operation
    }

    /// What a cancellation of all seats would give now.
    func refundPreview(of id: UInt64) async throws -> BookingContract.Refund {
        do {
            return try await calls.refundPreview(id: id).read(from: rpc)
        } catch let error as RPCError {
            throw error.problem(for: nil)
        }
    }

    /// Makes sure that the contract holds the money for a booking: an event that was read is what
    /// one server said, and an order costs money of ours.
    /// - Throws: ``Fault/notPaid(escrow:)``, `RPCError`.
    func checkPayment(of row: BookingRow) async throws {
        let id = row.escrow?.escrowID ?? 0
        let kept = try await calls.booking(id: id).read(from: rpc)
        guard kept.state == .paid, kept.price == Int128(row.escrow?.price.baseUnits ?? -1),
            row.escrow?.seats == Int(kept.seats), kept.token.description == row.escrow?.token,
            kept.passenger.description == row.escrow?.passenger
        else { throw Fault.notPaid(escrow: id) }
    }

    /// What the contract says of a booking is not what its events said.
    enum Fault: Error, Equatable {
        /// The money is not there, or not any more.
        case notPaid(escrow: UInt64)
    }

    /// The call in which the passenger asks the arbiters.
    func dispute(of id: UInt64, evidence: Hash, passenger: SCAddress) -> StellarXDR.Operation {
        calls.dispute(passenger: passenger, id: id, evidence: evidence).operation
    }

    /// A transaction of one operation, simulated.
    func prepare(
        _ operation: StellarXDR.Operation, by account: AccountID, validUntil: Instant
    ) async throws -> Prepared {
        do {
            let entry = try await rpc.account(account)
            let transaction = try await rpc.prepare(
                operation, from: entry, inclusionFeeStroops: Self.inclusionFeeStroops,
                validUntil: UInt64(max(0, validUntil.seconds)))
            guard entry.balance > Int64(transaction.fee) else {
                throw ProblemCode.tooLittleMoney.problem(
                    "The network's fee is up to \(transaction.fee) stroops, and the account has "
                        + "\(entry.balance).")
            }
            return Prepared(
                transaction: transaction, hash: try transaction.hash(on: network),
                validUntil: validUntil)
        } catch let error as RPCError {
            throw error.problem(for: account)
        } catch TransactionError.numbersUsedUp {
            throw ProblemCode.accountUsedUp.problem(
                "\(account) bumped its sequence number to the greatest there is. Use another "
                    + "account.")
        }
    }
}

extension RPCError {
    /// What to tell the traveller when a transaction of `account` cannot be prepared.
    func problem(for account: AccountID?) -> Problem {
        switch self {
        case .noAccount(let account):
            return ProblemCode.unknownAccount.problem(
                "Fund \(account) first, with friendbot on a test network, then try again.")
        case .simulationFailed(let failure):
            return failure.problem
        case .transport, .status, .refused, .badReply, .badRequest, .transactionRefused,
            .tryAgainLater, .notFinal, .cancelled:
            return ProblemCode.ledgerUnavailable.problem(
                "Nothing has happened. Try again in a moment.", members: ["cause": code])
        }
    }
}

extension SimulationFailure {
    /// What the contract's error means for the traveller.
    var problem: Problem {
        if let reason = contractError.flatMap(Self.reason) {
            return ProblemCode.refusedByContract.problem(
                "The contract's reason: \(reason.sentence) Nothing has happened.",
                members: ["contract_error": reason.name])
        }
        if let number = contractError, Self.balanceErrors.contains(number) {
            return ProblemCode.tooLittleMoney.problem(
                "The account holds less of the settlement token than the price. "
                    + "Nothing has happened.")
        }
        return ProblemCode.refusedByContract.problem(
            "The simulation of the transaction failed.",
            members: ["host_error": String(message.prefix { $0 != "\n" })])
    }

    /// An error of the contract's own, or of those that all contracts share.
    private static func reason(_ number: UInt32) -> (name: String, sentence: String)? {
        if let error = BookingContract.BookingError(rawValue: number) {
            return ("\(error)", error.sentence)
        }
        if let error = BookingContract.CommonError(rawValue: number) {
            return ("\(error)", error.sentence)
        }
        if let error = FlightRegistryContract.FlightError(rawValue: number) {
            return ("\(error)", error.sentence)
        }
        if let error = RefundContract.RefundError(rawValue: number) {
            return ("\(error)", error.sentence)
        }
        if let error = AirlineContract.AirlineError(rawValue: number) {
            return ("\(error)", error.sentence)
        }
        if let error = LoyaltyContract.LoyaltyError(rawValue: number) {
            return ("\(error)", error.sentence)
        }
        return GovernanceContract.GovernanceError(rawValue: number).map {
            ("\($0)", $0.sentence)
        }
    }

    /// How the settlement tokens say that a balance is too small: our Token
    /// (`InsufficientBalance`), and a Stellar Asset Contract (`BalanceError`, and
    /// `TrustlineMissingError` for an account that never had any).
    private static let balanceErrors: Set<UInt32> = [103, 10, 13]
}
