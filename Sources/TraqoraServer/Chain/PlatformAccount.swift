import Database
import Stellar
import StellarXDR
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
        try await turns.take { try await leased(body) }
    }

    /// Does `operation` and waits until a ledger has it.
    /// - Throws: ``Busy``, `RPCError`, `TransactionFailure`.
    func perform(_ operation: StellarXDR.Operation) async throws {
        _ = try await alone {
            try await rpc.perform(
                operation, by: key, on: network,
                inclusionFeeStroops: EscrowContract.inclusionFeeStroops,
                validUntil: UInt64(max(0, now().seconds + Self.secondsMax)))
        }
    }

    private func leased<Value: Sendable>(_ body: @Sendable () async throws -> Value)
        async throws -> Value
    {
        let lease = "operator.\(key.address)"
        guard try await take(lease) else { throw Busy() }
        let renewal = Task {
            while true {
                try await Task.sleep(for: .seconds(Self.leaseSeconds / 3))
                _ = try await take(lease)
            }
        }
        do {
            let value = try await body()
            renewal.cancel()
            try await leases.release(lease, by: holder)
            return value
        } catch {
            renewal.cancel()
            try await leases.release(lease, by: holder)
            throw error
        }
    }

    private func take(_ lease: String) async throws(DatabaseError) -> Bool {
        try await leases.take(
            lease, for: holder, seconds: Self.leaseSeconds, now: now().seconds) != nil
    }
}
