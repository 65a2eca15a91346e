internal import StellarXDR

/// Decides whether a transaction may be in the ledger that `context` describes, in the order in
/// which validators decide, so that of two faults the same one is told.
struct TransactionCheck {
    let frame: TransactionFrame
    let context: LedgerContext
    /// Whether it was let in before and is being applied: the fee has been taken, and what no other
    /// transaction can have changed is not looked at again.
    let isApplying: Bool

    private var transaction: Transaction { frame.transaction }

    /// What validators ask when a transaction is sent.
    func run(on state: LedgerState) throws(Refusal) {
        if let bump = frame.feeBump { try checkFeeBump(bump, on: state) }
        if !isApplying { try checkForm() }
        try checkTimes()
        if frame.feeBump == nil,
            frame.inclusionFeeBid < frame.inclusionFeeMin(baseFee: Int64(context.baseFee))
        {
            throw Refusal(.insufficientFee)
        }
        guard let source = state.account(frame.source) else { throw Refusal(.noAccount) }
        try checkSequence(of: source)
        var checker = SignatureChecker(frame.signed)
        try checkAuthorization(of: source, with: &checker)
        try checkBalance(of: source)
        if !isApplying { try checkOperations(with: &checker, on: state) }
    }

    /// What is asked before the operations of a transaction are applied: who signed each, and
    /// whether every signature was of use.
    func checkOperationSignatures(on state: LedgerState) throws(Refusal) {
        var checker = SignatureChecker(frame.signed)
        if let source = state.account(frame.source) {
            try checkAuthorization(of: source, with: &checker)
        }
        try checkOperations(with: &checker, on: state)
    }

    // MARK: The parts, in order

    private func checkFeeBump(
        _ bump: TransactionFrame.FeeBump, on state: LedgerState
    ) throws(Refusal) {
        let needed = frame.inclusionFeeMin(baseFee: Int64(context.baseFee))
        guard bump.transaction.fee >= 0, frame.inclusionFeeBid >= needed else {
            throw Refusal(.insufficientFee, of: .feeBump)
        }
        let innerBid = Int64(transaction.fee) - frame.resourceFee
        let innerNeeded = Int64(context.baseFee) * max(1, Int64(transaction.operations.count))
        let rates = (
            frame.inclusionFeeBid.multipliedFullWidth(by: innerNeeded),
            innerBid.multipliedFullWidth(by: needed)
        )
        guard innerBid <= 0 || (rates.0.high, rates.0.low) >= (rates.1.high, rates.1.low) else {
            throw Refusal(.insufficientFee, of: .feeBump)
        }
        guard let payer = state.account(frame.feeSource) else {
            throw Refusal(.noAccount, of: .feeBump)
        }
        var checker = SignatureChecker(bump.signed)
        guard checker.check(payer.allSigners, needed: payer.threshold(.low)) else {
            throw Refusal(.badAuth, of: .feeBump)
        }
        guard
            isApplying
                || payer.availableBalance(baseReserve: context.baseReserve) >= frame.feeBid
        else { throw Refusal(.insufficientBalance, of: .feeBump) }
        guard checker.allUsed else { throw Refusal(.badAuthExtra, of: .feeBump) }
    }

    private func checkForm() throws(Refusal) {
        let extra = transaction.cond.extraSigners
        let hasEmptyPayload = extra.contains { signer in
            guard case .ed25519SignedPayload(let signed) = signer else { return false }
            return signed.payload.isEmpty
        }
        guard Set(extra).count == extra.count, !hasEmptyPayload else { throw Refusal(.malformed) }
        guard !transaction.operations.isEmpty else { throw Refusal(.missingOperation) }
        guard frame.isSoroban else {
            if frame.sorobanData != nil { throw Refusal(.malformed) }
            return
        }
        guard transaction.operations.count == 1, let data = frame.sorobanData else {
            throw Refusal(.malformed)
        }
        try SorobanCheck(frame: frame, data: data, context: context).run()
    }

    private func checkTimes() throws(Refusal) {
        if let bounds = transaction.cond.timeBounds {
            if bounds.minTime > context.closeTime { throw Refusal(.tooEarly) }
            if bounds.maxTime != 0, bounds.maxTime < context.closeTime { throw Refusal(.tooLate) }
        }
        if let bounds = transaction.cond.ledgerBounds {
            if bounds.minLedger > context.sequence { throw Refusal(.tooEarly) }
            if bounds.maxLedger != 0, bounds.maxLedger <= context.sequence {
                throw Refusal(.tooLate)
            }
        }
    }

    private func checkSequence(of source: AccountEntry) throws(Refusal) {
        let sequence = transaction.seqNum
        let isNext =
            if let least = transaction.cond.sequenceMin {
                source.seqNum >= least && source.seqNum < sequence
            } else {
                source.seqNum < Int64.max && source.seqNum + 1 == sequence
            }
        guard isNext, sequence != Int64(context.sequence) << 32, sequence >= 0 else {
            throw Refusal(.badSeq)
        }
        let age = transaction.cond.sequenceAgeMin
        let gap = UInt64(transaction.cond.sequenceLedgerGapMin)
        guard age <= context.closeTime, source.sequenceTime <= context.closeTime - age,
            gap <= context.sequence, UInt64(source.sequenceLedger) <= UInt64(context.sequence) - gap
        else { throw Refusal(.badMinSeqAgeOrGap, takesSequence: false) }
    }

    private func checkAuthorization(
        of source: AccountEntry, with checker: inout SignatureChecker
    ) throws(Refusal) {
        guard checker.check(source.allSigners, needed: source.threshold(.low)) else {
            throw Refusal(.badAuth, takesSequence: true)
        }
        let extra = transaction.cond.extraSigners.map { Signer(key: $0, weight: 1) }
        guard extra.isEmpty || checker.check(extra, needed: extra.count) else {
            throw Refusal(.badAuth, takesSequence: true)
        }
    }

    private func checkBalance(of source: AccountEntry) throws(Refusal) {
        guard !isApplying, frame.feeBump == nil else { return }
        guard source.availableBalance(baseReserve: context.baseReserve) >= frame.feeBid else {
            throw Refusal(.insufficientBalance, takesSequence: true)
        }
    }

    private func checkOperations(
        with checker: inout SignatureChecker, on state: LedgerState
    ) throws(Refusal) {
        var results: [OperationResult] = []
        var isGood = true
        for operation in transaction.operations {
            let problem = problem(of: operation, with: &checker, on: state)
            isGood = isGood && problem == nil
            results.append(problem ?? .inner(operation.body.successPlaceholder))
        }
        guard isGood else { throw Refusal(.failed(results), takesSequence: true) }
        guard checker.allUsed else { throw Refusal(.badAuthExtra, takesSequence: true) }
    }

    private func problem(
        of operation: Operation, with checker: inout SignatureChecker, on state: LedgerState
    ) -> OperationResult? {
        let id = operation.sourceAccount?.accountID ?? frame.source
        if let account = state.account(id) {
            let needed = account.threshold(operation.body.thresholdLevel)
            guard checker.check(account.allSigners, needed: needed) else { return .badAuth }
        } else {
            // An earlier operation may make it: then its own key signs.
            guard !isApplying, operation.sourceAccount != nil else { return .noAccount }
            guard case .ed25519(let key) = id,
                checker.check([Signer(key: .ed25519(key), weight: 1)], needed: 0)
            else { return .badAuth }
        }
        return isApplying ? nil : operation.body.problem(source: id, frame: frame, in: context)
    }
}
