internal import SorobanHost
internal import StellarXDR

/// Applies transactions to the ledger that is being made: fees of all, then each in its turn, then
/// refunds of all.
struct TransactionApplication {
    let context: LedgerContext
    let fees: InclusionFees
    let runtime: SorobanRuntime

    /// Takes the fee, also of a transaction that will fail.
    func chargeFee(
        of frame: TransactionFrame, on state: inout LedgerState
    ) throws(XDRError) -> AppliedTransaction {
        let savepoint = state.savepoint
        var charged = max(0, frame.feeCharged(baseFee: fees.fee(of: frame)))
        if var payer = state.account(frame.feeSource) {
            charged = min(charged, payer.balance)
            payer.balance -= charged
            state.put(payer)
        } else {
            charged = 0
        }
        let changes = try state.changes(since: savepoint).meta()
        var applied = AppliedTransaction(frame, feeCharged: charged, feeChanges: changes)
        applied.meta.events.append(
            TransactionEvent(
                stage: .beforeAllTxs,
                event: try AssetEvents(context, .native).fee(charged, from: frame.feeSource)))
        return applied
    }

    /// Runs the operations: all of them or, after a fault, none.
    func apply(
        _ applied: inout AppliedTransaction, to state: inout LedgerState
    ) throws(XDRError) {
        let frame = applied.frame
        let charged = applied.result.feeCharged
        let check = TransactionCheck(frame: frame, context: context, isApplying: true)
        var refusal: Refusal?
        do throws(Refusal) { try check.run(on: state) } catch { refusal = error }
        if refusal?.takesSequence ?? true { try takeSequence(of: &applied, on: &state) }
        if refusal == nil {
            do throws(Refusal) {
                try check.checkOperationSignatures(on: state)
            } catch {
                refusal = error
            }
        }
        if let refusal {
            applied.result = frame.result(refusal, feeCharged: charged)
            applied.refund = refundable(frame)
        } else {
            try runOperations(of: &applied, on: &state)
        }
    }

    /// Gives back what was not used.
    func refund(
        _ applied: inout AppliedTransaction, on state: inout LedgerState
    ) throws(XDRError) {
        guard applied.refund > 0, var payer = state.account(applied.frame.feeSource),
            payer.canReceive(applied.refund)
        else { return }
        let savepoint = state.savepoint
        payer.balance += applied.refund
        state.put(payer)
        applied.refundChanges = try state.changes(since: savepoint).meta()
        applied.result.feeCharged -= applied.refund
        applied.meta.events.append(
            TransactionEvent(
                stage: .afterAllTxs,
                event: try AssetEvents(context, .native).fee(
                    -applied.refund, from: applied.frame.feeSource)))
    }

    private func takeSequence(
        of applied: inout AppliedTransaction, on state: inout LedgerState
    ) throws(XDRError) {
        guard var source = state.account(applied.frame.source) else { return }
        let savepoint = state.savepoint
        let signerCount = source.signers.count
        source.takeSequence(
            applied.frame.transaction.seqNum, ledger: context.sequence,
            closeTime: context.closeTime)
        // A signer that is a transaction's hash signs once.
        source.signers.removeAll { signer in
            guard case .preAuthTx(let hash) = signer.key else { return false }
            return hash.bytes == applied.frame.innerHash.bytes
        }
        source.numSubEntries -= UInt32(signerCount - source.signers.count)
        state.put(source)
        applied.meta.txChangesBefore += try state.changes(since: savepoint).meta()
    }

    private func runOperations(
        of applied: inout AppliedTransaction, on state: inout LedgerState
    ) throws(XDRError) {
        let frame = applied.frame
        let start = state.savepoint
        var results: [OperationResult] = []
        var metas: [OperationMetaV2] = []
        var isGood = true
        var soroban: SorobanEffect?
        for operation in frame.transaction.operations {
            let savepoint = state.savepoint
            let application = OperationApplication(
                operation: operation, frame: frame, context: context,
                runtime: runtime)
            let effect = try application.apply(to: &state)
            results.append(effect.result)
            soroban = effect.soroban ?? soroban
            isGood = isGood && effect.result.isSuccess
            guard effect.result.isSuccess else { continue }
            metas.append(
                OperationMetaV2(
                    ext: .v0, changes: try state.changes(since: savepoint).meta(),
                    events: effect.events))
        }
        if isGood {
            applied.meta.operations = metas
        } else {
            state.rollBack(to: start)
        }
        if frame.isSoroban {
            settle(soroban ?? SorobanEffect(), isGood: isGood, of: &applied)
        }
        applied.result = frame.result(
            isGood ? .success(results) : .failed(results),
            feeCharged: applied.result.feeCharged)
    }

    /// Works out what of the resource fee was used.
    private func settle(
        _ effect: SorobanEffect, isGood: Bool, of applied: inout AppliedTransaction
    ) {
        let refundable = refundable(applied.frame)
        let used = isGood ? min(refundable, effect.rentFee + effect.eventsFee) : 0
        applied.refund = refundable - used
        applied.meta.diagnosticEvents = effect.diagnosticEvents
        applied.meta.sorobanMeta = SorobanTransactionMetaV2(
            ext: .v1(
                SorobanTransactionMetaExtV1(
                    ext: .v0,
                    totalNonRefundableResourceFeeCharged: applied.frame.resourceFee - refundable,
                    totalRefundableResourceFeeCharged: used,
                    rentFeeCharged: isGood ? effect.rentFee : 0)),
            returnValue: isGood ? effect.returnValue : nil)
    }

    private func refundable(_ frame: TransactionFrame) -> Int64 {
        guard frame.isSoroban, let data = frame.sorobanData else { return 0 }
        let due = SorobanFees(context).nonRefundable(of: data, byteCount: frame.byteCount)
        return max(0, data.resourceFee - due)
    }
}
