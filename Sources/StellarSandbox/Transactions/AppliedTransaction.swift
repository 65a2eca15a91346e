internal import StellarXDR

/// What a transaction did to the ledger.
struct AppliedTransaction: Hashable, Sendable {
    /// The transaction.
    let frame: TransactionFrame
    /// What its source is told.
    var result: TransactionResult
    /// How the fee was taken.
    var feeChanges: [LedgerEntryChange]
    /// What else changed, and was said.
    var meta: TransactionMetaV4
    /// How the part of the fee that was not used was given back.
    var refundChanges: [LedgerEntryChange] = []
    /// What of the resource fee is given back after all transactions, in stroops.
    var refund: Int64 = 0

    init(_ frame: TransactionFrame, feeCharged: Int64, feeChanges: [LedgerEntryChange]) {
        self.frame = frame
        self.feeChanges = feeChanges
        result = frame.result(.internalError, feeCharged: feeCharged)
        meta = TransactionMetaV4(
            ext: .v0, txChangesBefore: [], operations: [], txChangesAfter: [], sorobanMeta: nil,
            events: [], diagnosticEvents: [])
    }
}

/// What an operation did.
struct OperationEffect {
    /// What its source is told.
    var result: OperationResult
    /// What was said; nothing if it failed.
    var events: [ContractEvent] = []
    /// What only Soroban's operations have.
    var soroban: SorobanEffect?

    init(_ result: OperationResultTr, events: [ContractEvent] = [], soroban: SorobanEffect? = nil) {
        self.result = .inner(result)
        self.events = events
        self.soroban = soroban
    }

    /// Of an operation that failed for a reason that its kind has no code for.
    init(outer result: OperationResult) {
        self.result = result
    }
}

/// What only Soroban's operations have.
struct SorobanEffect {
    /// What the call returned.
    var returnValue: SCVal?
    /// What is told to those who look for faults.
    var diagnosticEvents: [DiagnosticEvent] = []
    /// What is due for lives and growth, in stroops.
    var rentFee: Int64 = 0
    /// What is due for events and the returned value, in stroops.
    var eventsFee: Int64 = 0
}

extension OperationResult {
    /// Whether the operation was applied.
    var isSuccess: Bool {
        switch self {
        case .inner(.createAccount(.success)), .inner(.payment(.success)),
            .inner(.changeTrust(.success)), .inner(.invokeHostFunction(.success)),
            .inner(.extendFootprintTtl(.success)), .inner(.restoreFootprint(.success)):
            true
        default: false
        }
    }
}
