public import StellarXDR

/// What a client is asked to sign to show that an account is its own (SEP-10, 3.4): a transaction
/// that no ledger takes.
public struct WebAuthChallenge: Hashable, Sendable {
    /// The account that signs in; perhaps muxed.
    public var account: MuxedAccount
    /// Which of those who share the account.
    public var memo: UInt64?
    /// What is signed in to.
    public var homeDomain: String
    /// The server that asks.
    public var webAuthDomain: String
    /// The domain of the wallet, and its key, if it vouches for it.
    public var client: ClientDomain?
    /// 48 random bytes.
    public var nonce: [UInt8]
    /// From when on it may be signed, in Unix seconds.
    public var validFrom: UInt64
    /// Until when, in Unix seconds.
    public var validUntil: UInt64

    /// A domain that vouches for its users with a key of its own.
    public struct ClientDomain: Hashable, Sendable {
        /// The domain.
        public var domain: String
        /// The `SIGNING_KEY` of its `stellar.toml`.
        public var key: AccountID

        /// A domain.
        public init(domain: String, key: AccountID) {
            self.domain = domain
            self.key = key
        }
    }

    /// How many random bytes a challenge has.
    public static let nonceCount = 48
    /// How long a challenge may be answered.
    public static let lifetimeSeconds: UInt64 = 900

    /// A challenge, for 15 minutes from `now` on.
    public init(
        account: MuxedAccount, memo: UInt64? = nil, homeDomain: String, webAuthDomain: String,
        client: ClientDomain? = nil, nonce: [UInt8], now: UInt64
    ) {
        self.account = account
        self.memo = memo
        self.homeDomain = homeDomain
        self.webAuthDomain = webAuthDomain
        self.client = client
        self.nonce = nonce
        validFrom = now
        validUntil = now + Self.lifetimeSeconds
    }

    /// The transaction that is signed, from the server's account.
    /// - Throws: ``WebAuthError/tooLong``, ``WebAuthError/wrongNonce``, ``WebAuthError/wrongMemo``.
    public func transaction(of server: AccountID) throws(WebAuthError) -> Transaction {
        guard nonce.count == Self.nonceCount else { throw .wrongNonce }
        if case .muxedEd25519 = account, memo != nil { throw .wrongMemo }
        let source = MuxedAccount(server)
        var entries: [(String, [UInt8], MuxedAccount)] = [
            ("\(homeDomain) auth", Array(Base64.encode(nonce).utf8), account),
            ("web_auth_domain", Array(webAuthDomain.utf8), source),
        ]
        if let client {
            entries.append(("client_domain", Array(client.domain.utf8), MuxedAccount(client.key)))
        }
        var operations: [StellarXDR.Operation] = []
        for (name, value, source) in entries {
            guard name.utf8.count <= String64.countMax, value.count <= DataValue.countMax else {
                throw .tooLong
            }
            let data = ManageDataOp(
                dataName: String64(Array(name.utf8)), dataValue: DataValue(value))
            operations.append(
                StellarXDR.Operation(sourceAccount: source, body: .manageData(data)))
        }
        return Transaction(
            sourceAccount: source, fee: 100 * UInt32(operations.count), seqNum: 0,
            cond: .time(TimeBounds(minTime: validFrom, maxTime: validUntil)),
            memo: memo.map { .id($0) } ?? .none, operations: operations, ext: .v0)
    }

    /// The transaction with the server's signature, as the client gets it.
    public func envelope(
        signedBy server: KeyPair, on network: Network
    ) throws(WebAuthError) -> TransactionEnvelope {
        do {
            return try transaction(of: server.accountID).signed(by: [server], on: network)
        } catch let error as WebAuthError {
            throw error
        } catch {
            throw .malformed
        }
    }
}
