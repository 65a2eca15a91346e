public import StellarXDR

/// A call of a contract's function that has not been made: what is asked of whom, and what type the
/// answer has.
public struct ContractCall<Value: SCValConvertible>: Hashable, Sendable {
    /// The contract.
    public var contract: ContractID
    /// The function's name.
    public var function: SCSymbol
    /// What it is given.
    public var arguments: [SCVal]

    /// A call.
    public init(_ contract: ContractID, _ function: SCSymbol, _ arguments: [SCVal]) {
        self.contract = contract
        self.function = function
        self.arguments = arguments
    }

    /// The call as what a transaction does.
    public var operation: StellarXDR.Operation { .invoke(contract, function, arguments) }

    /// The answer, from a call that changes nothing.
    /// - Throws: ``RPCError``, ``SCValError``.
    public func read(from rpc: SorobanRPC) async throws -> Value {
        try await rpc.read(contract, function, arguments).decode()
    }

    /// A transaction of `source` that makes the call, simulated, ready to be signed.
    ///
    /// `validUntil` is in Unix seconds.
    /// - Throws: ``RPCError``, ``TransactionError``.
    public func prepare(
        from source: AccountID, validUntil: UInt64, over rpc: SorobanRPC
    ) async throws -> Transaction {
        try await rpc.prepare(
            operation, from: rpc.account(source), validUntil: validUntil)
    }

    /// Makes the call with `key` as source and waits for its answer.
    /// - Throws: ``RPCError``, ``TransactionError``, ``SCValError``, ``TransactionFailure`` when
    ///   the transaction is in a ledger but failed.
    public func submit(
        by key: KeyPair, on network: Network, validUntil: UInt64, over rpc: SorobanRPC
    ) async throws -> (value: Value, transaction: RPCTransaction) {
        let transaction = try await rpc.perform(
            operation, by: key, on: network, validUntil: validUntil)
        return (try (transaction.returnValue ?? .void).decode(), transaction)
    }
}

/// What a function returns that returns nothing.
public struct NoValue: SCValConvertible, Hashable, Sendable {
    /// Nothing.
    public init() {}

    /// From `void`.
    public init(scVal: SCVal) throws(SCValError) {
        guard case .void = scVal else { throw scVal.mismatch(.void) }
    }

    /// As `void`.
    public var scVal: SCVal { .void }
}
