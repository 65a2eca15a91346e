public import Travel

/// What `GET /api/v1/admin/contracts` answers.
public struct ContractsResponse: Codable, Hashable, Sendable {
    /// A contract as the ledger has it.
    public struct Contract: Codable, Hashable, Sendable {
        /// What it is called here.
        public var name: String
        /// `C…`
        public var id: String
        /// The SHA-256 of the code it runs; absent if it is not on the ledger or runs none.
        public var codeHash: String?
        /// The SHA-256 of the code that this release has for it; absent for other contracts.
        public var releaseCodeHash: String?
        /// Whether the two are the same.
        public var isOfRelease: Bool
        /// Who may change it.
        public var admin: String?
        /// Whether it takes nothing in.
        public var isPaused: Bool?
        /// The version of its code.
        public var version: UInt32?
        /// How much of the settlement token it has.
        public var balance: TokenAmount?

        private enum CodingKeys: String, CodingKey {
            case name, id, admin, version, balance
            case codeHash = "code_hash"
            case releaseCodeHash = "release_code_hash"
            case isOfRelease = "is_of_release"
            case isPaused = "is_paused"
        }

        /// A contract of which nothing but the name is known.
        public init(name: String, id: String) {
            self.name = name
            self.id = id
            isOfRelease = false
        }
    }

    /// The network's passphrase.
    public var network: String
    /// The settlement token, in which balances are.
    public var token: String
    /// Its symbol.
    public var symbol: String
    /// The contracts.
    public var contracts: [Contract]

    /// An answer.
    public init(network: String, token: String, symbol: String, contracts: [Contract]) {
        self.network = network
        self.token = token
        self.symbol = symbol
        self.contracts = contracts
    }
}
