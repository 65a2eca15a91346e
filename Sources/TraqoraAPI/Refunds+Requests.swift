/// What `POST …/claims` takes.
public struct ClaimRequest: Codable, Sendable {
    /// The booking's number on the ledger.
    public var escrowID: UInt64
    /// Whether the platform shall pay the network's fee.
    public var sponsored: Bool?

    private enum CodingKeys: String, CodingKey {
        case sponsored
        case escrowID = "escrow_id"
    }

    /// A claim.
    public init(escrowID: UInt64, sponsored: Bool? = nil) {
        self.escrowID = escrowID
        self.sponsored = sponsored
    }
}

/// What `POST …/withdrawals` takes.
public struct WithdrawalRequest: Codable, Sendable {
    /// The token that is withdrawn.
    public var token: String
    /// Whether the platform shall pay the network's fee.
    public var sponsored: Bool?

    /// A withdrawal.
    public init(token: String, sponsored: Bool? = nil) {
        self.token = token
        self.sponsored = sponsored
    }
}
