internal import StellarXDR

extension OperationBody {
    /// What signatures must weigh.
    var thresholdLevel: ThresholdLevel {
        switch self {
        case .allowTrust, .setTrustLineFlags, .bumpSequence, .inflation, .claimClaimableBalance,
            .extendFootprintTtl, .restoreFootprint:
            .low
        case .accountMerge: .high
        case .setOptions(let options): options.changesSigning ? .high : .medium
        case .createAccount, .payment, .pathPaymentStrictReceive, .manageSellOffer,
            .createPassiveSellOffer, .changeTrust, .manageData, .manageBuyOffer,
            .pathPaymentStrictSend, .createClaimableBalance, .beginSponsoringFutureReserves,
            .endSponsoringFutureReserves, .revokeSponsorship, .clawback,
            .clawbackClaimableBalance, .liquidityPoolDeposit, .liquidityPoolWithdraw,
            .invokeHostFunction:
            .medium
        }
    }

    /// What is wrong with it whatever the ledger holds, `nil` if nothing is.
    func problem(
        source: AccountID, frame: TransactionFrame, in context: LedgerContext
    ) -> OperationResult? {
        switch self {
        case .createAccount(let operation):
            operation.startingBalance < 0 || operation.destination == source
                ? .inner(.createAccount(.malformed)) : nil
        case .payment(let operation):
            operation.amount <= 0 || !operation.asset.isWellFormed
                ? .inner(.payment(.malformed)) : nil
        case .changeTrust(let operation):
            operation.isWellFormed(source: source) ? nil : .inner(.changeTrust(.malformed))
        case .invokeHostFunction(let operation):
            operation.isWellFormed(context) ? nil : .inner(.invokeHostFunction(.malformed))
        case .extendFootprintTtl(let operation):
            operation.isWellFormed(frame.sorobanData, context)
                ? nil : .inner(.extendFootprintTtl(.malformed))
        case .restoreFootprint:
            RestoreFootprintOp.isWellFormed(frame.sorobanData)
                ? nil : .inner(.restoreFootprint(.malformed))
        default: nil
        }
    }

    /// What stands for an operation without fault in the result of a transaction that was refused
    /// for another one.
    var successPlaceholder: OperationResultTr {
        switch self {
        case .payment: .payment(.success)
        case .changeTrust: .changeTrust(.success)
        case .invokeHostFunction: .invokeHostFunction(.success(.zero))
        case .extendFootprintTtl: .extendFootprintTtl(.success)
        case .restoreFootprint: .restoreFootprint(.success)
        default: .createAccount(.success)
        }
    }
}

extension SetOptionsOp {
    fileprivate var changesSigning: Bool {
        masterWeight != nil || lowThreshold != nil || medThreshold != nil || highThreshold != nil
            || signer != nil
    }
}

extension ChangeTrustOp {
    fileprivate func isWellFormed(source: AccountID) -> Bool {
        guard limit >= 0, let asset = line.asset, asset.isWellFormed else { return false }
        // Nobody trusts lumens, which need no trust, or oneself.
        return asset != .native && asset.issuer != source
    }
}

extension InvokeHostFunctionOp {
    /// No code is uploaded that is larger than contracts may be.
    fileprivate func isWellFormed(_ context: LedgerContext) -> Bool {
        guard case .uploadContractWasm(let code) = hostFunction else { return true }
        return code.count <= Int(context.settings.contractSizeBytesMax)
    }
}

extension ExtendFootprintTTLOp {
    fileprivate func isWellFormed(
        _ data: SorobanTransactionData?, _ context: LedgerContext
    ) -> Bool {
        guard let footprint = data?.resources.footprint else { return false }
        return footprint.readWrite.isEmpty && footprint.readOnly.allSatisfy(\.isSorobanEntry)
            && extendTo < context.settings.archival.maxEntryTTL
    }
}

extension RestoreFootprintOp {
    fileprivate static func isWellFormed(_ data: SorobanTransactionData?) -> Bool {
        guard let footprint = data?.resources.footprint else { return false }
        return footprint.readOnly.isEmpty && footprint.readWrite.allSatisfy(\.isPersistent)
    }
}

extension LedgerKey {
    /// Whether it is of contract data or code: those that have lives.
    var isSorobanEntry: Bool {
        switch self {
        case .contractData, .contractCode: true
        default: false
        }
    }

    /// Whether its entry is archived, not lost, when its life ends.
    var isPersistent: Bool {
        switch self {
        case .contractData(let key): key.durability == .persistent
        case .contractCode: true
        default: false
        }
    }
}
