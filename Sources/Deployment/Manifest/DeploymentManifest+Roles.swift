/// Who plays which part on a network of one's own.
extension DeploymentManifest {
    /// Those who hold votes, in the manifest's order.
    public var voters: [String] { token.holders.map(\.role) }

    /// Those who say what became of flights.
    public var oracleRoles: [String] { oracles.roles }

    /// How many of them must agree.
    public var oracleQuorum: Int { Int(oracles.quorum) }

    /// Who decides disputes.
    public var arbiterRole: String { booking.arbiters[0] }

    /// Who gets the fee.
    public var treasury: String { booking.treasury }
}
