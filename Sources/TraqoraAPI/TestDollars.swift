public import Travel

/// What `POST /api/v1/test-dollars` takes.
public struct TestDollarsRequest: Codable, Sendable {
    /// The account that gets them: `G…`.
    public var account: String

    /// A request.
    public init(account: String) { self.account = account }
}

/// What `POST /api/v1/test-dollars` answers.
public struct TestDollarsResponse: Codable, Sendable {
    /// How many.
    public var amount: TokenAmount
    /// The token's contract.
    public var token: String
    /// The transaction that minted them, in hexadecimal digits.
    public var transaction: String

    /// An answer.
    public init(amount: TokenAmount, token: String, transaction: String) {
        self.amount = amount
        self.token = token
        self.transaction = transaction
    }
}
