/// What `GET /auth` answers, as SEP-10 has it.
public struct WebAuthChallengeResponse: Codable, Hashable, Sendable {
    /// The transaction to be signed, as XDR in base 64.
    public var transaction: String
    /// The network whose passphrase the signature covers.
    public var networkPassphrase: String

    private enum CodingKeys: String, CodingKey {
        case transaction
        case networkPassphrase = "network_passphrase"
    }

    /// An answer.
    public init(transaction: String, networkPassphrase: String) {
        self.transaction = transaction
        self.networkPassphrase = networkPassphrase
    }
}

/// What `POST /auth` takes, as SEP-10 has it.
public struct WebAuthTokenRequest: Codable, Sendable {
    /// The transaction with the signatures, as XDR in base 64.
    public var transaction: String

    /// A request.
    public init(transaction: String) { self.transaction = transaction }
}

/// What `POST /auth` answers, as SEP-10 has it.
public struct WebAuthTokenResponse: Codable, Hashable, Sendable {
    /// The access token.
    public var token: String

    /// An answer.
    public init(token: String) { self.token = token }
}

/// What SEP-10 answers when it refuses.
public struct WebAuthErrorResponse: Codable, Hashable, Sendable {
    /// Why, for people.
    public var error: String

    /// An answer.
    public init(error: String) { self.error = error }
}
