public import HTTP
public import StellarXDR

/// A client of a Stellar RPC server.
public struct SorobanRPC: Sendable {
    /// How many keys a server takes at once.
    public static let keysMax = 200

    let transport: RPCTransport

    /// A client over `transport`.
    public init(transport: RPCTransport) {
        self.transport = transport
    }

    /// A client of the server at `url`.
    public init(url: String, client: HTTPClient) {
        self.init(transport: RPCTransport(url: url, client: client))
    }

    /// How the server is.
    public func health() async throws(RPCError) -> RPCHealth {
        try await transport.call("getHealth", NoParameters())
    }

    /// Which network it serves.
    public func network() async throws(RPCError) -> RPCNetwork {
        try await transport.call("getNetwork", NoParameters())
    }

    /// Which server it is.
    public func versionInfo() async throws(RPCError) -> RPCVersionInfo {
        try await transport.call("getVersionInfo", NoParameters())
    }

    /// The newest ledger.
    public func latestLedger() async throws(RPCError) -> RPCLatestLedger {
        try await transport.call("getLatestLedger", NoParameters())
    }

    /// The entries of `keys` that exist, in their order; at most ``keysMax``.
    public func ledgerEntries(_ keys: [LedgerKey]) async throws(RPCError) -> RPCLedgerEntries {
        var texts: [String] = []
        for key in keys { texts.append(try encoded(key)) }
        return try await transport.call("getLedgerEntries", ["keys": texts])
    }

    /// The entry of `key`, if it exists.
    public func ledgerEntry(_ key: LedgerKey) async throws(RPCError) -> RPCLedgerEntry? {
        try await ledgerEntries([key]).entries.first
    }

    /// An account.
    /// - Throws: ``RPCError/noAccount(_:)``.
    public func account(_ id: AccountID) async throws(RPCError) -> AccountEntry {
        let key = LedgerKey.account(LedgerKeyAccount(accountID: id))
        guard case .account(let account)? = try await ledgerEntry(key)?.data else {
            throw .noAccount(id)
        }
        return account
    }

    /// What the transaction's one contract call would do and cost. Signatures do not matter.
    /// - Throws: ``RPCError/simulationFailed(_:)`` if it would fail.
    public func simulate(_ transaction: Transaction) async throws(RPCError) -> Simulation {
        let text = try encoded(transaction.envelope)
        let parameters = JSONValue.object([.init("transaction", .string(text))])
        return try Simulation(try await transport.call("simulateTransaction", parameters))
    }

    /// The transaction as it can be signed: simulated, with footprint, fee and authorization.
    public func prepare(_ transaction: Transaction) async throws -> Transaction {
        try await transaction.assembled(with: simulate(transaction))
    }

    /// What a function returns that changes nothing and asks nobody.
    public func read(
        _ contract: ContractID, _ function: SCSymbol, _ arguments: [SCVal] = []
    ) async throws(RPCError) -> SCVal {
        let nobody = MuxedAccount.ed25519(.zero)
        let transaction = Transaction(
            sourceAccount: nobody, fee: 100, seqNum: 1, cond: .none, memo: .none,
            operations: [.invoke(contract, function, arguments)])
        guard let result = try await simulate(transaction).result else {
            throw .badReply(method: "simulateTransaction", reason: "no result")
        }
        return result
    }

    /// Sends a signed transaction, without waiting for a ledger.
    public func send(_ envelope: TransactionEnvelope) async throws(RPCError) -> RPCSubmission {
        try await transport.call("sendTransaction", ["transaction": encoded(envelope)])
    }

    /// A transaction by its hash, `nil` if the server knows of none in a ledger.
    public func transaction(_ hash: Hash) async throws(RPCError) -> RPCTransaction? {
        let reply: TransactionReply = try await transport.call(
            "getTransaction", ["hash": hash.description])
        return try reply.transaction()
    }

    /// Events, from `start` on; at most `limit` of them.
    public func events(
        from start: EventStart, matching filters: [EventFilter] = [], limit: Int = 100
    ) async throws(RPCError) -> RPCEventPage {
        let request: EventsRequest
        do {
            request = try EventsRequest(start, filters, limit: limit)
        } catch {
            throw .badRequest(error)
        }
        return try await transport.call("getEvents", request)
    }

    func encoded(_ value: some XDRCodable) throws(RPCError) -> String {
        do { return try value.base64() } catch { throw .badRequest(error) }
    }
}
