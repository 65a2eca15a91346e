public import Travel

/// What `POST …/payout` takes.
public struct SetPayoutRequest: Codable, Sendable {
    /// Where the airline's money goes from now on: `G…`, or `C…`.
    public var address: String

    /// An address.
    public init(address: String) { self.address = address }
}

/// What `POST …/owner` takes.
public struct ProposeOwnerRequest: Codable, Sendable {
    /// Who may take the airline over: `G…`, or `C…`.
    public var account: String

    /// An account.
    public init(account: String) { self.account = account }
}

/// What `POST …/bonds/deposits` and `POST …/bonds/withdrawal-requests` take.
public struct BondRequest: Codable, Sendable {
    /// How much.
    public var amount: TokenAmount
    /// Of which token: `C…`; that in which fares are paid if it is not said.
    public var token: String?

    /// An amount.
    public init(amount: TokenAmount, token: String? = nil) {
        self.amount = amount
        self.token = token
    }
}

/// What `POST …/bonds/withdrawals` takes.
public struct BondWithdrawalRequest: Codable, Sendable {
    /// Of which token: `C…`; that in which fares are paid if it is not said.
    public var token: String?

    /// A withdrawal.
    public init(token: String? = nil) { self.token = token }
}
