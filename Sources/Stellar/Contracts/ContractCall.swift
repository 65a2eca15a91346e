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
        let account = try await rpc.account(source)
        var builder = TransactionBuilder(
            source: MuxedAccount(source), sequence: account.seqNum + 1)
        builder.validUntil = validUntil
        builder.operations = [operation]
        return try await rpc.prepare(try builder.build())
    }

    /// Makes the call with `key` as source and waits for its answer.
    /// - Throws: ``RPCError``, ``TransactionError``, ``SCValError``, ``ContractCallFailure`` when
    ///   the transaction is in a ledger but failed.
    public func submit(
        by key: KeyPair, on network: Network, validUntil: UInt64, over rpc: SorobanRPC
    ) async throws -> (value: Value, transaction: RPCTransaction) {
        let prepared = try await prepare(
            from: key.accountID, validUntil: validUntil, over: rpc)
        let transaction = try await rpc.submit(try prepared.signed(by: [key], on: network))
        guard transaction.isSuccessful else { throw ContractCallFailure(transaction: transaction) }
        return (try (transaction.returnValue ?? .void).decode(), transaction)
    }
}

/// A call whose transaction is in a ledger and had no effect.
public struct ContractCallFailure: Error, Hashable, Sendable {
    /// What is known of it.
    public var transaction: RPCTransaction
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
