public import StellarXDR

extension SorobanRPC {
    /// How long to wait for a ledger, and how often to ask.
    public struct Patience: Hashable, Sendable {
        /// How often it is asked whether the transaction is in a ledger.
        public var pollsMax = 60
        /// The first pause between two questions; grows by half each time.
        public var firstDelay = Duration.milliseconds(100)
        /// The longest pause.
        public var delayMax = Duration.seconds(2)
        /// How often a transaction that finds no room is sent.
        public var sendsMax = 5

        /// The defaults: about two minutes.
        public init() {}

        func pause(_ index: Int) -> Duration {
            var delay = firstDelay
            for _ in 0..<min(index, 20) where delay < delayMax { delay = delay * 3 / 2 }
            return min(delay, delayMax)
        }
    }

    /// Sends a signed transaction and waits until it is final.
    ///
    /// A transaction in a ledger is an answer, whether it took effect or not: see
    /// ``RPCTransaction/isSuccessful``.
    /// - Throws: ``RPCError/transactionRefused(hash:_:)`` if no ledger can take it,
    ///   ``RPCError/tryAgainLater(hash:)`` if it found no room, ``RPCError/notFinal(hash:)`` if
    ///   nothing was heard in time.
    public func submit(
        _ envelope: TransactionEnvelope, patience: Patience = Patience()
    ) async throws(RPCError) -> RPCTransaction {
        var sends = 0
        while true {
            let submission = try await send(envelope)
            sends += 1
            switch submission.status {
            case .pending, .duplicate:
                return try await final(submission.hash, patience: patience)
            case .error:
                // An earlier attempt may have got through although its answer did not: then the
                // number is used up, by this very transaction.
                if case .badSeq? = submission.errorResult?.result,
                    let transaction = try await transaction(submission.hash)
                {
                    return transaction
                }
                throw .transactionRefused(
                    hash: submission.hash, submission.errorResult?.result)
            case .tryAgainLater:
                guard sends < patience.sendsMax else {
                    throw .tryAgainLater(hash: submission.hash)
                }
                try await transport.pause(patience.pause(sends + 3))
            }
        }
    }

    /// Waits until a transaction is in a ledger.
    /// - Throws: ``RPCError/notFinal(hash:)``.
    public func final(
        _ hash: Hash, patience: Patience = Patience()
    ) async throws(RPCError) -> RPCTransaction {
        for poll in 0..<patience.pollsMax {
            if let transaction = try await transaction(hash) { return transaction }
            try await transport.pause(patience.pause(poll))
        }
        throw .notFinal(hash: hash)
    }
}
