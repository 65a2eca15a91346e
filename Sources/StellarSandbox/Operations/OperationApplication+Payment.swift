internal import StellarXDR

extension OperationApplication {
    /// Pays in lumens or an issued asset. The receiver is looked at before the payer, so of two
    /// faults the receiver's is told.
    func pay(
        _ operation: PaymentOp, on state: inout LedgerState
    ) throws(XDRError) -> OperationEffect {
        let destination = operation.destination.accountID
        if operation.asset == .native, destination == source {
            return try paid(operation)
        }
        // What returns to its issuer is gone, whether or not the issuer is still there.
        guard operation.asset.issuer == destination || state.account(destination) != nil else {
            return OperationEffect(.payment(.noDestination))
        }
        if let problem = credit(operation, to: destination, on: &state)
            ?? debit(operation, on: &state)
        {
            return OperationEffect(.payment(problem))
        }
        return try paid(operation)
    }

    private func paid(_ operation: PaymentOp) throws(XDRError) -> OperationEffect {
        let event = try AssetEvents(context, operation.asset).payment(
            operation.amount, from: source, to: operation.destination,
            memo: frame.transaction.memo)
        return OperationEffect(.payment(.success), events: [event])
    }

    private func credit(
        _ operation: PaymentOp, to destination: AccountID, on state: inout LedgerState
    ) -> PaymentResult? {
        guard operation.asset != .native else {
            guard var receiver = state.account(destination), receiver.canReceive(operation.amount)
            else { return .lineFull }
            receiver.balance += operation.amount
            state.put(receiver)
            return nil
        }
        guard operation.asset.issuer != destination else { return nil }
        guard var line = state.trustLine(of: destination, operation.asset) else { return .noTrust }
        guard line.isAuthorized else { return .notAuthorized }
        guard line.canReceive(operation.amount) else { return .lineFull }
        line.balance += operation.amount
        state.put(line)
        return nil
    }

    private func debit(
        _ operation: PaymentOp, on state: inout LedgerState
    ) -> PaymentResult? {
        guard operation.asset != .native else {
            guard var payer = state.account(source),
                payer.availableBalance(baseReserve: context.baseReserve) >= operation.amount
            else { return .underfunded }
            payer.balance -= operation.amount
            state.put(payer)
            return nil
        }
        guard operation.asset.issuer != source else { return nil }
        guard var line = state.trustLine(of: source, operation.asset) else { return .srcNoTrust }
        guard line.isAuthorized else { return .srcNotAuthorized }
        guard line.availableBalance >= operation.amount else { return .underfunded }
        line.balance -= operation.amount
        state.put(line)
        return nil
    }
}
