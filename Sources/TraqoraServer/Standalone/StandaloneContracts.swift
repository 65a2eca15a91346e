import Cryptography
import FareRules
import FlightSupply
public import HTTP
public import Stellar
public import StellarXDR
import TraqoraContracts

/// The contracts of a network on one's own machine: a test dollar to pay with, and the Booking
/// contract that takes it.
///
/// Their ids follow from the administrator's key, so a second start finds what a first one
/// deployed.
public struct StandaloneContracts: Sendable {
    /// The settlement token's symbol.
    public static let tokenSymbol = "TUSD"

    /// The account that sells and tickets.
    public let operatorKey: KeyPair
    /// The key that signs quotes.
    public let quoteKey: KeyPair
    /// The test dollar.
    public let token: ContractID
    /// The Booking contract.
    public let booking: ContractID
    /// The account that deploys, administers the contracts and mints test dollars. Another than the
    /// operator's, so that the two never need the same sequence number.
    private let adminKey: KeyPair
    private let network: Network
    private let rpc: SorobanRPC
    private let client: HTTPClient
    private let turns = Turns()

    /// Names the contracts; nothing is deployed yet.
    /// - Throws: `XDRError`, if a key does not encode.
    public init(
        operatorKey: KeyPair, quoteKey: KeyPair, network: Network, rpcURL: String,
        client: HTTPClient
    ) throws {
        self.operatorKey = operatorKey
        self.quoteKey = quoteKey
        self.network = network
        self.client = client
        rpc = SorobanRPC(url: rpcURL, client: client)
        adminKey = try Self.key(of: "administrator", on: network)
        let deployer = SCAddress.account(adminKey.accountID)
        token = try network.contractID(deployer: deployer, salt: Self.salt("test dollar"))
        booking = try network.contractID(deployer: deployer, salt: Self.salt("booking"))
    }

    /// The key of a role on a network that only its owner can reach: known to anyone who reads
    /// this, like that network's root key.
    public static func key(of role: String, on network: Network) throws -> KeyPair {
        try KeyPair(seed: SHA256.hash(network.id.bytes + Array("traqora \(role)".utf8)))
    }

    /// Funds both accounts and deploys what is not there yet.
    public func deploy() async throws {
        guard let friendbot = try await rpc.network().friendbotUrl else {
            throw StandaloneError.noFriendbot
        }
        for account in [adminKey.accountID, operatorKey.accountID] {
            _ = try await Friendbot(url: friendbot, client: client).fund(account)
        }
        try await create(
            token, of: .token, salt: Self.salt("test dollar"), arguments: tokenArguments)
        try await create(
            booking, of: .booking, salt: Self.salt("booking"), arguments: bookingArguments)
        let contract = BookingContract(booking)
        let seller = SCAddress.account(operatorKey.accountID)
        guard try await contract.quoteKey(seller: seller).read(from: rpc) == nil else { return }
        try await send(
            contract.setQuoteKey(
                seller: seller, key: Hash(fitting: quoteKey.publicKey.bytes)
            ).operation)
    }

    /// Gives `account` new test dollars, in base units of the token.
    public func mint(baseUnits: Int64, to account: AccountID) async throws -> Hash {
        try await send(
            TokenContract(token).mint(to: .account(account), amount: Int128(baseUnits)).operation)
    }

    private var tokenArguments: [SCVal] {
        TokenContract.constructorArguments(
            admin: .account(adminKey.accountID), name: "Test dollar", symbol: Self.tokenSymbol,
            decimals: 7, cap: Int128(Int64.max), holders: [])
    }

    private var bookingArguments: [SCVal] {
        let admin = SCAddress.account(adminKey.accountID)
        let policies = FarePolicy.allCases.sorted { $0.rawValue < $1.rawValue }
        return BookingContract.constructorArguments(
            admin: admin, guardian: nil,
            settings: BookingContract.Settings(
                feeBps: 100, ticketWindow: 86_400, treasury: admin),
            tokens: [.contract(token)], policies: policies.map(BookingContract.Policy.init))
    }

    private static func salt(_ name: String) -> Uint256 {
        Uint256(fitting: SHA256.hash(Array(name.utf8)))
    }

    private func create(
        _ id: ContractID, of code: ContractCode, salt: Uint256, arguments: [SCVal]
    ) async throws {
        let instance = LedgerKey.contractData(
            LedgerKeyContractData(
                contract: .contract(id), key: .ledgerKeyContractInstance, durability: .persistent))
        guard try await rpc.ledgerEntry(instance) == nil else { return }
        let wasm = code.wasm
        let hash = Hash(fitting: SHA256.hash(wasm))
        let stored = LedgerKey.contractCode(LedgerKeyContractCode(hash: hash))
        if try await rpc.ledgerEntry(stored) == nil {
            try await send(.upload(wasm: wasm))
        }
        try await send(
            .create(
                wasmHash: hash, deployer: .account(adminKey.accountID), salt: salt,
                arguments: arguments))
    }

    @discardableResult
    private func send(_ operation: StellarXDR.Operation) async throws -> Hash {
        let (rpc, key, network) = (rpc, adminKey, network)
        let transaction = try await turns.take {
            try await rpc.perform(
                operation, by: key, on: network,
                inclusionFeeStroops: EscrowContract.inclusionFeeStroops)
        }
        return try transaction.envelope.hash(on: network)
    }
}

extension BookingContract.Policy {
    /// What a fare's conditions are to the contract.
    fileprivate init(_ policy: FarePolicy) {
        let rule = policy.rule
        self.init(
            graceMinLeadSeconds: rule.graceMinLeadSeconds, graceSeconds: rule.graceSeconds,
            tiers: rule.tiers.map {
                BookingContract.Tier(
                    refundBps: $0.refundBasisPoints, secondsBefore: $0.secondsBefore)
            })
    }
}

/// Why the contracts of a standalone network are not there.
public enum StandaloneError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The network gives no test money.
    case noFriendbot

    /// A sentence.
    public var description: String {
        "the network has no friendbot, so it cannot be deployed to for a test"
    }
}
