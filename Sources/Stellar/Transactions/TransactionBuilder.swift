public import StellarXDR

/// Puts a transaction together.
///
/// ```swift
/// var builder = TransactionBuilder(source: MuxedAccount(key.accountID), sequence: account + 1)
/// builder.operations = [.payment(to: friend, .native, amountStroops: 10_000_000)]
/// builder.validUntil = now + 300
/// let envelope = try builder.build().signed(by: [key], on: .testnet)
/// ```
public struct TransactionBuilder: Sendable {
    /// How many operations a transaction has at most.
    public static let operationsMax = XDRConstants.maxOpsPerTx

    /// Who pays and whose sequence number is used.
    public var source: MuxedAccount
    /// The transaction's number: one more than the account's.
    public var sequence: Int64
    /// What each operation may cost at most, beside the resources of a contract call.
    public var feePerOperationStroops: UInt32
    /// When it may be applied: Unix seconds; before 0 there is no limit.
    public var validFrom: UInt64 = 0
    /// Until when it may be applied, in Unix seconds; 0 is without end.
    public var validUntil: UInt64 = 0
    /// Further conditions; they then hold in place of the two times.
    public var preconditions: Preconditions?
    /// What it is for. A contract call may have none.
    public var memo: Memo = .none
    /// What it does.
    public var operations: [StellarXDR.Operation] = []
    /// The resources of a contract call, usually those that a simulation answered.
    public var sorobanData: SorobanTransactionData?

    /// A transaction that does nothing yet.
    public init(source: MuxedAccount, sequence: Int64, feePerOperationStroops: UInt32 = 100) {
        self.source = source
        self.sequence = sequence
        self.feePerOperationStroops = feePerOperationStroops
    }

    /// The next transaction of an account as the ledger has it now.
    /// - Throws: ``TransactionError/numbersUsedUp``.
    public init(next account: AccountEntry, feePerOperationStroops: UInt32 = 100)
        throws(TransactionError)
    {
        guard account.seqNum < .max else { throw .numbersUsedUp }
        self.init(
            source: MuxedAccount(account.accountID), sequence: account.seqNum + 1,
            feePerOperationStroops: feePerOperationStroops)
    }

    /// The transaction.
    /// - Throws: ``TransactionError``.
    public func build() throws(TransactionError) -> Transaction {
        guard !operations.isEmpty else { throw .noOperation }
        guard operations.count <= Self.operationsMax else { throw .tooManyOperations }
        guard validUntil == 0 || validFrom <= validUntil else { throw .endsBeforeItBegins }
        let inclusion = Int64(feePerOperationStroops) * Int64(operations.count)
        let (fee, isTooLarge) = inclusion.addingReportingOverflow(sorobanData?.resourceFee ?? 0)
        guard !isTooLarge, let fee = UInt32(exactly: fee) else { throw .feeTooLarge }
        let times = TimeBounds(minTime: validFrom, maxTime: validUntil)
        return Transaction(
            sourceAccount: source, fee: fee, seqNum: sequence,
            cond: preconditions ?? .time(times), memo: memo, operations: operations,
            ext: sorobanData.map { .v1($0) } ?? .v0)
    }
}

/// Why something is not a transaction.
public enum TransactionError: Error, Hashable, Sendable {
    /// It would do nothing.
    case noOperation
    /// More operations than ``TransactionBuilder/operationsMax``.
    case tooManyOperations
    /// The account can send nothing more: it bumped its number to the greatest there is.
    case numbersUsedUp
    /// Its last moment is before its first.
    case endsBeforeItBegins
    /// The fee does not fit: wrap it in a fee bump, which has room.
    case feeTooLarge
    /// More signatures than an envelope holds.
    case tooManySignatures
    /// A fee bump cannot be bumped again.
    case alreadyBumped
    /// A field exceeds its bound.
    case xdr(XDRError)

    /// A stable name.
    public var code: String {
        switch self {
        case .noOperation: "transaction.no_operation"
        case .tooManyOperations: "transaction.too_many_operations"
        case .numbersUsedUp: "transaction.numbers_used_up"
        case .endsBeforeItBegins: "transaction.ends_before_it_begins"
        case .feeTooLarge: "transaction.fee_too_large"
        case .tooManySignatures: "transaction.too_many_signatures"
        case .alreadyBumped: "transaction.already_bumped"
        case .xdr: "transaction.not_encodable"
        }
    }
}
