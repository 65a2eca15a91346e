internal import Cryptography
public import StellarXDR

/// A ledger among several, told apart by its passphrase: what is signed for one is worth nothing on
/// another. There is no default.
public struct Network: Hashable, Sendable {
    /// What the network calls itself.
    public let passphrase: String
    /// The hash of the passphrase, which every signature covers.
    public let id: Hash

    /// The network of a passphrase.
    public init(passphrase: String) {
        self.passphrase = passphrase
        id = Hash(fitting: SHA256.hash(Array(passphrase.utf8)))
    }

    /// The public network, where lumens have a price.
    public static let `public` = Network(
        passphrase: "Public Global Stellar Network ; September 2015")
    /// The test network, which is reset now and then.
    public static let testnet = Network(passphrase: "Test SDF Network ; September 2015")
    /// The network of features to come.
    public static let futurenet = Network(passphrase: "Test SDF Future Network ; October 2022")
    /// A network on one machine: quickstart's, and the sandbox's.
    public static let standalone = Network(passphrase: "Standalone Network ; February 2017")

    /// A network by its short name; `nil` for any other text, which may then be a passphrase.
    public init?(named name: some StringProtocol) {
        switch name {
        case "public": self = .public
        case "testnet": self = .testnet
        case "futurenet": self = .futurenet
        case "standalone": self = .standalone
        default: return nil
        }
    }

    /// The key of the account that held every lumen at the beginning.
    public func rootKey() -> KeyPair? { try? KeyPair(seed: id.bytes) }
}

extension Network: CustomStringConvertible {
    /// The passphrase.
    public var description: String { passphrase }
}

extension Network {
    /// The id that a contract gets when it is made from `preimage`.
    public func contractID(of preimage: ContractIDPreimage) throws(XDRError) -> ContractID {
        let content = HashIDPreimageContractId(networkID: id, contractIDPreimage: preimage)
        return try HashIDPreimage.contractId(content).sha256()
    }

    /// The id of a contract that `deployer` makes with `salt`.
    public func contractID(
        deployer: SCAddress, salt: Uint256
    ) throws(XDRError) -> ContractID {
        try contractID(of: .address(ContractIDPreimageFromAddress(address: deployer, salt: salt)))
    }

    /// The id of the contract that stands for an asset.
    public func contractID(of asset: Asset) throws(XDRError) -> ContractID {
        try contractID(of: .asset(asset))
    }
}

extension XDRCodable {
    /// The hash of the encoding.
    public func sha256() throws(XDRError) -> Hash {
        Hash(fitting: SHA256.hash(try xdr()))
    }
}
