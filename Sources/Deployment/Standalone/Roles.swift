import Cryptography
public import Stellar
public import StellarXDR

/// The keys of those who act on a network of one's own: each follows from the network and the name
/// of its role, so anybody can know them, like that network's root key.
public struct Roles: Sendable {
    private let network: Network
    private let given: [String: KeyPair]

    /// The roles of a network; `given` are those whose keys are chosen otherwise.
    public init(on network: Network, given: [String: KeyPair] = [:]) {
        self.network = network
        self.given = given
    }

    /// The key of a role.
    /// - Throws: what a key pair throws for a bad seed; a hash is none.
    public func key(_ role: String) throws -> KeyPair {
        try given[role]
            ?? KeyPair(seed: SHA256.hash(network.id.bytes + Array("traqora \(role)".utf8)))
    }

    /// The address of a role.
    public func address(_ role: String) throws -> SCAddress { .account(try key(role).accountID) }

    /// Deploys, and makes test dollars.
    public static let administrator = "administrator"
    /// Sells what comes from suppliers, and tickets it.
    public static let `operator` = "operator"
    /// Signs quotes.
    public static let quotes = "quotes"
}
