public import Stellar
public import StellarXDR

/// Somebody with an account.
public struct Person: Hashable, Sendable {
    /// Their key.
    public let key: KeyPair

    /// Who has this key.
    public init(key: KeyPair) { self.key = key }

    /// What contracts know them by.
    public var address: SCAddress { .account(key.accountID) }
}

/// What came of a call.
public struct Outcome<Value> {
    /// What the function returned.
    public let value: Value
    /// All that the network tells of it: ledger, fee, changes.
    public let transaction: RPCTransaction

    /// What contracts told the world, in order.
    public var events: [(topics: [SCVal], value: SCVal)] {
        transaction.contractEvents.compactMap { event in
            guard case .v0(let body) = event.body else { return nil }
            return (body.topics, body.data)
        }
    }
}

extension Outcome: Sendable where Value: Sendable {}

/// Why a call had no effect.
public enum CallRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    /// The contract ended it, with the number of an error of its own.
    case contract(UInt32)
    /// The contract asked for the consent of somebody who did not sign.
    case unauthorized
    /// Anything else, in the host's words.
    case host(String)

    /// The refusal with a contract's own error, as generated clients have them.
    public init(_ error: some RawRepresentable<UInt32>) { self = .contract(error.rawValue) }

    /// A sentence.
    public var description: String {
        switch self {
        case .contract(let code): "the contract refuses with error \(code)"
        case .unauthorized: "somebody did not sign whose consent the contract asks for"
        case .host(let words): "the host refuses: \(words)"
        }
    }

    /// Does `work`; what a network says of a call that fails becomes a refusal.
    static func told<Value>(_ work: () async throws -> Value) async throws -> Value {
        do {
            return try await work()
        } catch RPCError.simulationFailed(let failure) {
            if let code = failure.contractError { throw CallRefusal.contract(code) }
            throw failure.message.contains("Error(Auth, ")
                ? CallRefusal.unauthorized : .host(failure.message)
        } catch let failure as TransactionFailure {
            throw CallRefusal.host("\(failure)")
        }
    }
}
