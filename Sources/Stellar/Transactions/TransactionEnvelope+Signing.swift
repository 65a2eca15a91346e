internal import Cryptography
public import StellarXDR

extension Transaction {
    /// The hash that is signed, and by which the transaction is known.
    public func hash(on network: Network) throws(XDRError) -> Hash {
        try TransactionSignaturePayload(networkId: network.id, taggedTransaction: .tx(self))
            .sha256()
    }

    /// An envelope without signatures.
    public var envelope: TransactionEnvelope {
        .tx(TransactionV1Envelope(tx: self, signatures: []))
    }

    /// An envelope with the signatures of `keys`, in their order.
    public func signed(
        by keys: [KeyPair], on network: Network
    ) throws(TransactionError) -> TransactionEnvelope {
        var envelope = envelope
        for key in keys { try envelope.sign(with: key, on: network) }
        return envelope
    }
}

extension TransactionEnvelope {
    /// How many signatures an envelope has at most.
    public static let signaturesMax = 20

    /// The hash that is signed: of a fee bump, the outer one's.
    public func hash(on network: Network) throws(XDRError) -> Hash {
        switch self {
        case .txFeeBump(let envelope):
            let payload = TransactionSignaturePayload(
                networkId: network.id, taggedTransaction: .txFeeBump(envelope.tx))
            return try payload.sha256()
        case .tx, .txV0: return try transaction.hash(on: network)
        }
    }

    /// The transaction; of a fee bump, the inner one; of the oldest kind, as the newer one that has
    /// the same hash.
    public var transaction: Transaction {
        switch self {
        case .tx(let envelope): return envelope.tx
        case .txFeeBump(let envelope):
            switch envelope.tx.innerTx {
            case .tx(let inner): return inner.tx
            }
        case .txV0(let envelope):
            let old = envelope.tx
            return Transaction(
                sourceAccount: .ed25519(old.sourceAccountEd25519), fee: old.fee,
                seqNum: old.seqNum, cond: old.timeBounds.map { .time($0) } ?? .none,
                memo: old.memo, operations: old.operations, ext: .v0)
        }
    }

    /// Who pays the fee.
    public var feeSource: MuxedAccount {
        if case .txFeeBump(let envelope) = self { return envelope.tx.feeSource }
        return transaction.sourceAccount
    }

    /// The signatures; of a fee bump, the outer one's.
    public var signatures: [DecoratedSignature] {
        get {
            switch self {
            case .tx(let envelope): envelope.signatures
            case .txFeeBump(let envelope): envelope.signatures
            case .txV0(let envelope): envelope.signatures
            }
        }
        set {
            switch self {
            case .tx(var envelope):
                envelope.signatures = newValue
                self = .tx(envelope)
            case .txFeeBump(var envelope):
                envelope.signatures = newValue
                self = .txFeeBump(envelope)
            case .txV0(var envelope):
                envelope.signatures = newValue
                self = .txV0(envelope)
            }
        }
    }

    /// Adds the signature of `key`.
    public mutating func sign(
        with key: KeyPair, on network: Network
    ) throws(TransactionError) {
        let hash: Hash
        do { hash = try self.hash(on: network) } catch { throw .xdr(error) }
        try add(key.decoratedSignature(of: hash))
    }

    /// Adds the preimage of a hash that is a signer.
    public mutating func sign(withPreimage preimage: [UInt8]) throws(TransactionError) {
        let hash = SHA256.hash(preimage)
        let signature = DecoratedSignature(
            hint: SignatureHint(fitting: hash.suffix(4)), signature: Signature(preimage))
        try add(signature)
    }

    /// Adds a signature that was made elsewhere, by a wallet for example.
    public mutating func add(_ signature: DecoratedSignature) throws(TransactionError) {
        guard signatures.count < Self.signaturesMax else { throw .tooManySignatures }
        signatures.append(signature)
    }

    /// Whether one of the signatures is `account`'s key's.
    public func isSigned(by account: AccountID, on network: Network) -> Bool {
        guard let hash = try? hash(on: network).bytes else { return false }
        return signatures.contains { signature in
            signature.hint == account.hint
                && account.verifies(signature.signature.bytes, of: hash)
        }
    }

    /// A transaction in which `feeSource` pays for this one, signatures and all.
    ///
    /// `feeStroops` is what the whole may cost at most.
    public func feeBump(
        paidBy feeSource: MuxedAccount, feeStroops: Int64
    ) throws(TransactionError) -> TransactionEnvelope {
        if case .txFeeBump = self { throw .alreadyBumped }
        let inner = TransactionV1Envelope(tx: transaction, signatures: signatures)
        let bump = FeeBumpTransaction(feeSource: feeSource, fee: feeStroops, innerTx: .tx(inner))
        return .txFeeBump(FeeBumpTransactionEnvelope(tx: bump, signatures: []))
    }

    /// A fee bump that may cost so much for each operation, itself counted as one: what a contract
    /// call's resources cost is part of that.
    public func feeBump(
        paidBy feeSource: MuxedAccount, feePerOperationStroops: Int64
    ) throws(TransactionError) -> TransactionEnvelope {
        let count = Int64(transaction.operations.count + 1)
        let (fee, overflows) = feePerOperationStroops.multipliedReportingOverflow(by: count)
        guard !overflows else { throw .feeTooLarge }
        return try feeBump(paidBy: feeSource, feeStroops: fee)
    }
}

extension Transaction {
    /// What it may pay for the resources of a contract call; 0 if it calls none.
    public var resourceFeeStroops: Int64 {
        switch ext {
        case .v0: 0
        case .v1(let data): data.resourceFee
        }
    }
}
