internal import StellarXDR

/// What became of a transaction without its fee bump: every code but the two of fee bumps.
typealias Verdict = InnerTransactionResultResult

/// Why a transaction is not applied.
struct Refusal: Error, Hashable {
    /// Whose fault it is.
    enum Part: Hashable { case feeBump, transaction }

    let part: Part
    let verdict: Verdict
    /// Whether its sequence number is used up all the same, once its ledger closes.
    let takesSequence: Bool
    /// What is told to those who look for faults.
    var diagnostics: [DiagnosticEvent] = []

    init(_ verdict: Verdict, of part: Part = .transaction, takesSequence: Bool = false) {
        self.part = part
        self.verdict = verdict
        self.takesSequence = takesSequence
    }
}

extension TransactionFrame {
    /// The result that says so.
    func result(_ refusal: Refusal, feeCharged: Int64) -> TransactionResult {
        refusal.part == .feeBump
            ? TransactionResult(feeCharged: feeCharged, result: refusal.verdict.outer, ext: .v0)
            : result(refusal.verdict, feeCharged: feeCharged)
    }

    /// The result of the transaction: wrapped, if there is a fee bump.
    func result(_ verdict: Verdict, feeCharged: Int64) -> TransactionResult {
        guard feeBump != nil else {
            return TransactionResult(feeCharged: feeCharged, result: verdict.outer, ext: .v0)
        }
        let inner = InnerTransactionResult(feeCharged: 0, result: verdict, ext: .v0)
        let pair = InnerTransactionResultPair(transactionHash: innerHash, result: inner)
        return TransactionResult(
            feeCharged: feeCharged,
            result: verdict.isSuccess ? .feeBumpInnerSuccess(pair) : .feeBumpInnerFailed(pair),
            ext: .v0)
    }
}

extension Verdict {
    /// Whether it was applied.
    var isSuccess: Bool {
        if case .success = self { true } else { false }
    }

    /// The same code of a transaction without fee bump.
    var outer: TransactionResultResult {
        switch self {
        case .success(let results): .success(results)
        case .failed(let results): .failed(results)
        case .tooEarly: .tooEarly
        case .tooLate: .tooLate
        case .missingOperation: .missingOperation
        case .badSeq: .badSeq
        case .badAuth: .badAuth
        case .insufficientBalance: .insufficientBalance
        case .noAccount: .noAccount
        case .insufficientFee: .insufficientFee
        case .badAuthExtra: .badAuthExtra
        case .internalError: .internalError
        case .notSupported: .notSupported
        case .badSponsorship: .badSponsorship
        case .badMinSeqAgeOrGap: .badMinSeqAgeOrGap
        case .malformed: .malformed
        case .sorobanInvalid: .sorobanInvalid
        case .frozenKeyAccessed: .frozenKeyAccessed
        }
    }
}

extension TransactionResult {
    /// Whether it was applied.
    var isSuccess: Bool {
        switch result {
        case .success, .feeBumpInnerSuccess: true
        default: false
        }
    }
}
