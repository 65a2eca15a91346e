internal import Cryptography
internal import StellarXDR

extension Chain {
    /// Gives an account its starting balance, or what it lacks of it, from the root account. It is
    /// in a ledger when this returns.
    func fund(_ account: AccountID, upTo stroops: Int64) throws(SandboxError) -> TransactionRecord {
        let body: OperationBody
        if let existing = state.account(account) {
            guard existing.balance < stroops else { throw .alreadyFunded }
            body = .payment(
                PaymentOp(
                    destination: .account(account), asset: .native,
                    amount: stroops - existing.balance))
        } else {
            body = .createAccount(
                CreateAccountOp(destination: account, startingBalance: stroops))
        }
        let submission = try submit(signedByRoot(body))
        guard case .pending(let hash) = submission else {
            throw .inconsistent("friendbot's transaction: \(submission)")
        }
        if history.recentTransaction(hash) == nil { try closeLedger() }
        guard let record = history.recentTransaction(hash) else {
            throw .inconsistent("friendbot's transaction is in no ledger")
        }
        return record
    }

    private func signedByRoot(_ body: OperationBody) throws(SandboxError) -> TransactionEnvelope {
        let sequence = state.account(genesis.rootID)?.seqNum ?? 0
        let transaction = Transaction(
            sourceAccount: .account(genesis.rootID), fee: Genesis.baseFee, seqNum: sequence + 1,
            cond: .none, memo: .none, operations: [Operation(sourceAccount: nil, body: body)],
            ext: .v0)
        do throws(XDRError) {
            let unsigned = TransactionEnvelope.tx(
                TransactionV1Envelope(tx: transaction, signatures: []))
            let frame = try TransactionFrame(unsigned, networkID: genesis.networkID)
            let signature = DecoratedSignature(
                hint: SignatureHint(fitting: genesis.root.publicKey.bytes.suffix(4)),
                signature: Signature(genesis.root.sign(frame.hash.bytes)))
            return .tx(TransactionV1Envelope(tx: transaction, signatures: [signature]))
        } catch {
            throw .inconsistent("\(error)")
        }
    }
}
