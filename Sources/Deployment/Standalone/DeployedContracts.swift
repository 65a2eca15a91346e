import Cryptography
public import Stellar
public import StellarXDR

/// Where the contracts are: their addresses follow from who deploys them and their names, so that
/// all are known before the first is there.
public struct DeployedContracts: Hashable, Sendable {
    /// What one votes with.
    public let token: ContractID
    /// What one pays with.
    public let dollar: ContractID
    /// Who may sell.
    public let airline: ContractID
    /// What is flown.
    public let flights: ContractID
    /// The escrow.
    public let booking: ContractID
    /// Fare rules and compensation.
    public let refund: ContractID
    /// Points.
    public let loyalty: ContractID
    /// Who decides.
    public let governance: ContractID

    /// The contracts that `deployer` makes on `network`.
    /// - Throws: `XDRError`, if the address does not encode.
    public init(deployer: SCAddress, network: Network) throws(XDRError) {
        func id(_ name: String) throws(XDRError) -> ContractID {
            try network.contractID(deployer: deployer, salt: Self.salt(name))
        }
        token = try id("token")
        dollar = try id("test dollar")
        airline = try id("airline")
        flights = try id("flights")
        booking = try id("booking")
        refund = try id("refund")
        loyalty = try id("loyalty")
        governance = try id("governance")
    }

    /// What tells a contract apart from the others of its deployer.
    static func salt(_ name: String) -> Uint256 {
        Uint256(fitting: SHA256.hash(Array(name.utf8)))
    }
}
