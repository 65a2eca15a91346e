internal import StellarXDR

/// Applies one operation.
struct OperationApplication {
    let operation: Operation
    let frame: TransactionFrame
    let context: LedgerContext
    let runtime: SorobanRuntime

    /// Whose operation it is.
    var source: AccountID { operation.sourceAccount?.accountID ?? frame.source }

    /// Changes `state`, which the caller takes back if the operation fails.
    func apply(to state: inout LedgerState) throws(XDRError) -> OperationEffect {
        switch operation.body {
        case .createAccount(let operation): try createAccount(operation, on: &state)
        case .payment(let operation): try pay(operation, on: &state)
        case .changeTrust(let operation): changeTrust(operation, on: &state)
        case .invokeHostFunction(let operation): try invoke(operation, on: &state)
        case .extendFootprintTtl(let operation): try extendLives(operation, on: &state)
        case .restoreFootprint: try restore(on: &state)
        default:
            // Such a transaction is refused by name when it is sent.
            OperationEffect(operation.body.successPlaceholder.failed)
        }
    }

    private func createAccount(
        _ operation: CreateAccountOp, on state: inout LedgerState
    ) throws(XDRError) -> OperationEffect {
        guard state.account(operation.destination) == nil else {
            return OperationEffect(.createAccount(.alreadyExist))
        }
        guard operation.startingBalance >= 2 * Int64(context.baseReserve) else {
            return OperationEffect(.createAccount(.lowReserve))
        }
        guard var payer = state.account(source),
            payer.availableBalance(baseReserve: context.baseReserve) >= operation.startingBalance
        else { return OperationEffect(.createAccount(.underfunded)) }
        payer.balance -= operation.startingBalance
        state.put(payer)
        state.put(
            AccountEntry(
                operation.destination, balance: operation.startingBalance,
                sequence: Int64(context.sequence) << 32))
        let event = try AssetEvents(context, .native).transfer(
            operation.startingBalance, from: source, to: .account(operation.destination),
            memo: frame.transaction.memo)
        return OperationEffect(.createAccount(.success), events: [event])
    }
}

extension OperationResultTr {
    /// The same, malformed.
    fileprivate var failed: OperationResultTr { .createAccount(.malformed) }
}

extension MuxedAccount {
    /// An account without an id of its own.
    static func account(_ id: AccountID) -> MuxedAccount {
        switch id {
        case .ed25519(let key): .ed25519(key)
        }
    }
}

extension OperationBody {
    /// The name of an operation that is not built yet, `nil` for those that are.
    var unsupportedName: String? {
        switch self {
        case .createAccount, .payment, .invokeHostFunction, .extendFootprintTtl, .restoreFootprint:
            nil
        case .changeTrust(let operation):
            if case .poolShare = operation.line { "trust in a liquidity pool" } else { nil }
        default: "\(discriminant)"
        }
    }
}
