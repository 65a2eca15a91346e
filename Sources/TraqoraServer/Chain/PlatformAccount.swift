import Database
import Stellar
import StellarXDR
import Telemetry
import Travel

/// The platform's account on the ledger, for whoever works with it.
///
/// One transaction of the account at a time, in this process by turns and among processes by a
/// lease, because each needs the account's next number.
struct PlatformAccount: Sendable {
    let key: KeyPair
    let network: Network
    let rpc: SorobanRPC
    private let leases: Leases
    private let holder: String
    private let now: @Sendable () -> Instant
    private let turns = Turns()
    private let state = Lock(State())

    private struct State {
        /// How many want the account, the one that has it included.
        var wanting = 0
        /// The account's number, and the right to the account under which it was learnt: nobody
        /// else has used it as long as that is the same.
        var known: (number: Int64, fence: Int64)?
    }

    /// How long one transaction may take.
    static let secondsMax: Int64 = 60
    /// How long the account is kept from other processes when this one dies meanwhile. Two that use
    /// it at once do no harm: a ledger takes one transaction of a number.
    static let leaseSeconds: Int64 = 6

    /// Another process is using the account.
    struct Busy: Error, CustomStringConvertible {
        let description = "another process is sending a transaction of the operator"
    }

    init(
        key: KeyPair, network: Network, rpc: SorobanRPC, leases: Leases, holder: String,
        now: @escaping @Sendable () -> Instant
    ) {
        self.key = key
        self.network = network
        self.rpc = rpc
        self.leases = leases
        self.holder = holder
        self.now = now
    }

    /// Does `body` while nobody else, here or elsewhere, has a transaction of the account under
    /// way.
    /// - Throws: ``Busy``, and what `body` throws.
    func alone<Value: Sendable>(_ body: @escaping @Sendable () async throws -> Value)
        async throws -> Value
    {
        try await inTurn { _ in
            state.withLock { $0.known = nil }
            return try await body()
        }
    }

    /// Does `operation` and waits until a ledger has it. Many may be simulated at once; they are
    /// sent one after the other.
    /// - Throws: ``Busy``, `RPCError`, `TransactionFailure`.
    func perform(_ operation: StellarXDR.Operation) async throws {
        var builder = TransactionBuilder(
            source: MuxedAccount(key.accountID), sequence: 1,
            feePerOperationStroops: EscrowContract.inclusionFeeStroops)
        builder.validUntil = UInt64(max(0, now().seconds + Self.secondsMax))
        builder.operations = [operation]
        let prepared = try await rpc.prepare(builder.build())
        try await inTurn { try await submit(prepared, under: $0) }
    }

    private func submit(_ prepared: StellarXDR.Transaction, under fence: Int64) async throws {
        let known = state.withLock { state in
            defer { state.known = nil }
            return state.known?.fence == fence ? state.known?.number : nil
        }
        var number = known ?? 0
        if known == nil { number = try await rpc.account(key.accountID).seqNum }
        guard number < .max else { throw TransactionError.numbersUsedUp }
        var transaction = prepared
        transaction.seqNum = number + 1
        let result = try await rpc.submit(
            transaction.signed(by: [key], on: network), patience: Self.patience)
        state.withLock { $0.known = (number + 1, fence) }
        guard result.isSuccessful else {
            throw TransactionFailure(hash: try transaction.hash(on: network), transaction: result)
        }
    }

    /// Ledgers that close at once are asked soon; others come seconds later.
    private static let patience: SorobanRPC.Patience = {
        var patience = SorobanRPC.Patience()
        patience.firstDelay = .milliseconds(10)
        return patience
    }()

    private func inTurn<Value: Sendable>(
        _ body: @escaping @Sendable (_ fence: Int64) async throws -> Value
    ) async throws -> Value {
        state.withLock { $0.wanting += 1 }
        return try await turns.take { try await leased(body) }
    }

    /// The right to the account stays as long as somebody here wants it, up to its end.
    private func leased<Value: Sendable>(_ body: @Sendable (Int64) async throws -> Value)
        async throws -> Value
    {
        let lease = "operator.\(key.address)"
        let result: Result<Value, any Error>
        do {
            let fence = try await leases.hold(
                lease, for: holder, seconds: Self.leaseSeconds, now: now().seconds)
            guard let fence else { throw Busy() }
            let renewal = Task { await renew(lease) }
            do {
                result = .success(try await body(fence))
            } catch {
                result = .failure(error)
            }
            renewal.cancel()
            // It must not take again what is given back below.
            await renewal.value
        } catch {
            result = .failure(error)
        }
        try await end(lease)
        return try result.get()
    }

    /// Keeps the right until it is told to end. A database that was away for a moment is asked
    /// again.
    private func renew(_ lease: String) async {
        while (try? await Task.sleep(for: .seconds(Self.leaseSeconds / 3))) != nil {
            _ = try? await take(lease)
        }
    }

    private func end(_ lease: String) async throws(DatabaseError) {
        let isLast = state.withLock { state in
            state.wanting -= 1
            return state.wanting == 0
        }
        if isLast { try await leases.release(lease, by: holder) }
    }

    private func take(_ lease: String) async throws(DatabaseError) -> Bool {
        try await leases.take(
            lease, for: holder, seconds: Self.leaseSeconds, now: now().seconds) != nil
    }
}
