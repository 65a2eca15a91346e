import Stellar
import StellarXDR
import TraqoraAPI
import Travel

/// What became of a transaction that was sent, as far as it is certain. Whoever sends one judges by
/// this and by nothing else: ``Submitter`` what travellers signed, ``SponsorWorker`` what the
/// platform made around their authorizations.
enum TransactionFate: Sendable {
    /// A ledger has it.
    case inLedger(RPCTransaction)
    /// No ledger has it, and none will.
    case lost(Loss)
    /// Nobody knows yet.
    case open
    /// The same, and its account's number is used up: by another transaction, or by itself in a
    /// ledger that this server has not heard of.
    case doubtful

    /// Why no ledger will take one.
    enum Loss: Sendable, Equatable {
        /// Its time is over, by the ledger's own clock.
        case expired
        /// The network refuses it as it is.
        case refused(reason: String)
        /// Another transaction had its number.
        case numberUsed
    }

    /// What no server can say truly: it is asked again.
    enum Fault: Error, Equatable {
        /// The answer is about another transaction.
        case otherTransaction(asked: Hash)
        /// It says that the transaction took effect, and that it did not.
        case contradiction(Hash)
    }
}

/// Asks a server for the fate of transactions.
struct TransactionJudge: Sendable {
    let rpc: SorobanRPC
    let network: Network
    let now: @Sendable () -> Instant

    /// How long after its last moment a transaction may still be found in a ledger.
    static let graceSeconds: Int64 = 30

    /// What became of it, without sending anything.
    /// - Parameters:
    ///   - expiresAt: no ledger takes it after that.
    ///   - doubtedAt: when it was first heard that its number is used up.
    /// - Throws: ``TransactionFate/Fault``, `RPCError`.
    func fate(of hash: Hash, expiresAt: Instant, doubtedAt: Instant?) async throws
        -> TransactionFate
    {
        let time = now()
        let isOver = time > expiresAt.adding(seconds: Self.graceSeconds)
        let mayBeLost = isOver || doubtedAt != nil
        // Only the ledger's own clock tells that a server has heard of all that can have it. It is
        // asked first: what is not found then was not there either.
        let closed =
            mayBeLost ? try await rpc.latestLedger().closeTime.map { Int64(clamping: $0) } : nil
        if let found = try await rpc.transaction(hash) {
            return .inLedger(try checked(found, hash))
        }
        guard mayBeLost else { return .open }
        if isOver, let closed, closed > expiresAt.seconds { return .lost(.expired) }
        guard let doubtedAt else { return .open }
        if let closed, closed > doubtedAt.seconds { return .lost(.numberUsed) }
        // Where a ledger closes when it has to, none may come; nothing is behind there.
        return time > doubtedAt.adding(seconds: Self.graceSeconds) ? .lost(.numberUsed) : .open
    }

    /// Sends it.
    /// - Returns: what is certain afterwards: nothing, unless the network refused it.
    /// - Throws: `RPCError`.
    func send(_ envelope: TransactionEnvelope) async throws -> (
        isTaken: Bool, fate: TransactionFate
    ) {
        let submission = try await rpc.send(envelope)
        switch submission.status {
        case .pending, .duplicate: return (true, .open)
        case .tryAgainLater: return (false, .open)
        case .error:
            if case .badSeq? = submission.errorResult?.result { return (false, .doubtful) }
            let reason = submission.errorResult?.result.reason ?? "no reason given"
            return (false, .lost(.refused(reason: reason)))
        }
    }

    /// What was found, if it can be so.
    /// - Throws: ``TransactionFate/Fault``.
    func checked(_ found: RPCTransaction, _ hash: Hash) throws -> RPCTransaction {
        guard try found.envelope.hash(on: network) == hash else {
            throw TransactionFate.Fault.otherTransaction(asked: hash)
        }
        guard found.isSuccessful == found.result.result.isSuccessful else {
            throw TransactionFate.Fault.contradiction(hash)
        }
        return found
    }
}

extension TransactionResultResult {
    /// Whether it took effect.
    fileprivate var isSuccessful: Bool {
        switch self {
        case .success, .feeBumpInnerSuccess: true
        default: false
        }
    }

    /// Why it did nothing, in the protocol's own word.
    var reason: String {
        guard case .failed(let operations) = self,
            case .inner(.invokeHostFunction(let call))? = operations.first
        else { return "\(discriminant)" }
        return "\(call.discriminant)"
    }
}
