/// What `POST /api/v1/transactions` takes: a transaction that was offered, signed; or of an
/// authorization that was offered the signed entry, or its hash with an account's signature.
public struct SignedTransactionRequest: Codable, Sendable {
    /// The envelope with its signature, as XDR in base 64.
    public var transaction: String?
    /// The entry with its signature, as XDR in base 64.
    public var authorization: String?
    /// The hash that was signed, in hexadecimal digits; with `signature`.
    public var hash: String?
    /// In place of the entry, an account's signature alone: 64 bytes in base 64.
    public var signature: String?

    /// A signed transaction.
    public init(transaction: String) { self.transaction = transaction }

    /// A signed entry.
    public init(authorization: String) { self.authorization = authorization }

    /// A signature of what was offered under a hash.
    public init(hash: String, signature: String) {
        self.hash = hash
        self.signature = signature
    }
}

/// What `POST …/payment`, `…/cancellation` and `…/claim` take: nothing for a transaction to sign,
/// `sponsored` for an authorization to sign while the platform pays the network; then one of the
/// others.
public struct SigningRequest: Codable, Sendable {
    /// Whether the platform shall pay the network's fee.
    public var sponsored: Bool?
    /// The envelope with its signature, as XDR in base 64.
    public var transaction: String?
    /// The entry with its signature, as XDR in base 64.
    public var authorization: String?
    /// In place of the entry, an account's signature alone: 64 bytes in base 64.
    public var signature: String?

    /// A request.
    public init(
        sponsored: Bool? = nil, transaction: String? = nil, authorization: String? = nil,
        signature: String? = nil
    ) {
        self.sponsored = sponsored
        self.transaction = transaction
        self.authorization = authorization
        self.signature = signature
    }
}

/// What `POST …/dispute` takes: first what went wrong, with `sponsored` for an authorization to
/// sign while the platform pays the network; then what was signed.
public struct DisputeRequest: Codable, Sendable {
    /// What went wrong, for those who decide; at most 4,000 bytes.
    public var statement: String?
    /// Whether the platform shall pay the network's fee.
    public var sponsored: Bool?
    /// The envelope with its signature, as XDR in base 64.
    public var transaction: String?
    /// The entry with its signature, as XDR in base 64.
    public var authorization: String?
    /// In place of the entry, an account's signature alone: 64 bytes in base 64.
    public var signature: String?

    /// A statement.
    public init(statement: String, sponsored: Bool? = nil) {
        self.statement = statement
        self.sponsored = sponsored
    }

    /// A signed transaction.
    public init(transaction: String) { self.transaction = transaction }

    /// A signed entry, or the signature alone.
    public init(authorization: String? = nil, signature: String? = nil) {
        self.authorization = authorization
        self.signature = signature
    }
}
