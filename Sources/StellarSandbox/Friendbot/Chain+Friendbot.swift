internal import Cryptography
internal import StellarXDR

extension Chain {
    /// Gives an account or a contract its starting balance, or what it lacks of it, from the root
    /// account. It is in a ledger when this returns.
    func fund(_ address: Funded, upTo stroops: Int64) throws(SandboxError) -> TransactionRecord {
        switch address {
        case .account(let id): try fund(id, upTo: stroops)
        case .contract(let id): try fund(contract: id, upTo: stroops)
        }
    }

    private func fund(
        _ account: AccountID, upTo stroops: Int64
    ) throws(SandboxError) -> TransactionRecord {
        guard let existing = state.account(account) else {
            return try applyByRoot(
                .createAccount(
                    CreateAccountOp(destination: account, startingBalance: stroops)))
        }
        guard existing.balance < stroops else { throw .alreadyFunded }
        return try applyByRoot(
            .payment(
                PaymentOp(
                    destination: .account(account), asset: .native,
                    amount: stroops - existing.balance)))
    }

    /// A contract holds lumens in the asset contract, which is deployed if nobody has done so.
    private func fund(
        contract: Hash, upTo stroops: Int64
    ) throws(SandboxError) -> TransactionRecord {
        let context = try nextContext()
        let held = state.lumens(of: contract, in: context)
        guard held < stroops else { throw .alreadyFunded }
        if state[.instance(of: context.nativeContract)] == nil {
            let creation = CreateContractArgs(
                contractIDPreimage: .asset(.native), executable: .stellarAsset)
            _ = try applyByRoot(.invoking(.createContract(creation)))
        }
        return try applyByRoot(
            .invoking(
                .invokeContract(
                    InvokeContractArgs(
                        contractAddress: .contract(context.nativeContract),
                        functionName: "transfer",
                        args: [
                            .address(.account(genesis.rootID)), .address(.contract(contract)),
                            .i128(Int128Parts(stroops - held)),
                        ]))))
    }

    /// Applies an operation of the root account: in the next ledger, which closes at once.
    private func applyByRoot(_ body: OperationBody) throws(SandboxError) -> TransactionRecord {
        var submission = try submit(signedByRoot(body))
        if case .tryAgainLater = submission {
            // Somebody else uses the root account too.
            try closeLedger()
            submission = try submit(signedByRoot(body))
        }
        guard case .pending(let hash) = submission else {
            throw .inconsistent("friendbot's transaction: \(submission)")
        }
        if history.recentTransaction(hash) == nil { try closeLedger() }
        guard let record = history.recentTransaction(hash) else {
            throw .inconsistent("friendbot's transaction is in no ledger")
        }
        guard record.applied.result.isSuccess else {
            throw .inconsistent("friendbot's transaction: \(record.applied.result.result)")
        }
        return record
    }

    private func signedByRoot(_ body: OperationBody) throws(SandboxError) -> TransactionEnvelope {
        let sequence = state.account(genesis.rootID)?.seqNum ?? 0
        var transaction = Transaction(
            sourceAccount: .account(genesis.rootID), fee: Genesis.baseFee, seqNum: sequence + 1,
            cond: .none, memo: .none, operations: [Operation(sourceAccount: nil, body: body)],
            ext: .v0)
        if case .invokeHostFunction(let operation) = body {
            try declare(operation, in: &transaction)
        }
        return try Self.encodable { () throws(XDRError) in
            let unsigned = TransactionEnvelope.tx(
                TransactionV1Envelope(tx: transaction, signatures: []))
            let frame = try TransactionFrame(unsigned, networkID: genesis.networkID)
            let signature = DecoratedSignature(
                hint: SignatureHint(fitting: genesis.root.publicKey.bytes.suffix(4)),
                signature: Signature(genesis.root.sign(frame.hash.bytes)))
            return .tx(TransactionV1Envelope(tx: transaction, signatures: [signature]))
        }
    }

    /// Declares what a simulation says the invocation needs.
    private func declare(
        _ operation: InvokeHostFunctionOp, in transaction: inout Transaction
    ) throws(SandboxError) {
        let simulation = Simulation(
            runtime: runtime(in: try nextContext()), seed: SecureRandom.bytes(32))
        let outcome = try Self.encodable { () throws(XDRError) in
            try simulation.invoke(
                operation, by: genesis.rootID, .recording(rootOnly: true, addressV2: false),
                on: state.entries)
        }
        guard let data = outcome.data, let result = outcome.result else {
            throw .inconsistent("friendbot's transaction: \(outcome.error ?? "")")
        }
        transaction.fee += UInt32(clamping: data.resourceFee)
        transaction.ext = .v1(data)
        transaction.operations[0].body = .invokeHostFunction(
            InvokeHostFunctionOp(hostFunction: operation.hostFunction, auth: result.auth))
    }
}

/// Whom friendbot can give lumens.
enum Funded: Hashable, Sendable {
    case account(AccountID)
    case contract(Hash)

    /// Reads `G…` or `C…`; `nil` if it is neither.
    init?(_ address: String) {
        switch try? StrKey(parsing: address) {
        case .account(let key): self = .account(.ed25519(key))
        case .contract(let id): self = .contract(id)
        default: return nil
        }
    }
}

extension OperationBody {
    fileprivate static func invoking(_ function: HostFunction) -> OperationBody {
        .invokeHostFunction(InvokeHostFunctionOp(hostFunction: function, auth: []))
    }
}

extension LedgerKey {
    /// The key of a contract's instance.
    static func instance(of contract: Hash) -> LedgerKey {
        .contractData(
            LedgerKeyContractData(
                contract: .contract(contract), key: .ledgerKeyContractInstance,
                durability: .persistent))
    }
}

extension LedgerState {
    /// What a contract holds of lumens, in stroops.
    fileprivate func lumens(of contract: Hash, in context: LedgerContext) -> Int64 {
        let key = LedgerKey.contractData(
            LedgerKeyContractData(
                contract: .contract(context.nativeContract),
                key: .vec([.symbol("Balance"), .address(.contract(contract))]),
                durability: .persistent))
        guard case .contractData(let data)? = self[key]?.entry.data,
            case .map(let fields?) = data.val,
            case .i128(let amount)? = fields.first(where: { $0.key == .symbol("amount") })?.val
        else { return 0 }
        return amount.hi == 0 ? Int64(clamping: amount.lo) : .max
    }
}
