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
public actor StandaloneContracts {
    /// The settlement token's symbol.
    public static let tokenSymbol = "TUSD"

    /// The account that sells and tickets.
    public nonisolated let operatorKey: KeyPair
    /// The key that signs quotes.
    public nonisolated let quoteKey: KeyPair
    /// The test dollar.
    public nonisolated let token: ContractID
    /// The Booking contract.
    public nonisolated let booking: ContractID
    /// The account that deploys, administers the contracts and mints test dollars. Another than the
    /// operator's, so that the two never need the same sequence number.
    private let adminKey: KeyPair
    private let network: Network
    private let rpc: SorobanRPC
    private let client: HTTPClient

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
        let seller = SCVal.address(.account(operatorKey.accountID))
        guard case .void = try await rpc.read(booking, "quote_key", [seller]) else { return }
        try await send(
            .invoke(
                booking, "set_quote_key",
                [seller, .bytes(SCBytes(quoteKey.publicKey.bytes))]))
    }

    /// Gives `account` new test dollars, in base units of the token.
    public func mint(baseUnits: Int64, to account: AccountID) async throws -> Hash {
        try await send(
            .invoke(
                token, "mint", [.address(.account(account)), Int128(baseUnits).scVal]))
    }

    private var tokenArguments: [SCVal] {
        [
            .address(.account(adminKey.accountID)), .string("Test dollar"),
            .string(SCString(Array(Self.tokenSymbol.utf8))), .u32(7),
            Int128(Int64.max).scVal, .vec([]),
        ]
    }

    private var bookingArguments: [SCVal] {
        let admin = SCVal.address(.account(adminKey.accountID))
        let settings = SCVal.map([
            SCMapEntry(key: .symbol("fee_bps"), val: .u32(100)),
            SCMapEntry(key: .symbol("ticket_window"), val: .u64(86_400)),
            SCMapEntry(key: .symbol("treasury"), val: admin),
        ])
        let policies = FarePolicy.allCases.sorted { $0.rawValue < $1.rawValue }.map(Self.value)
        return [
            admin, .void, settings, .vec([.address(.contract(token))]), .vec(policies),
        ]
    }

    private static func value(_ policy: FarePolicy) -> SCVal {
        let rule = policy.rule
        let tiers = rule.tiers.map { tier in
            SCVal.map([
                SCMapEntry(key: .symbol("refund_bps"), val: .u32(tier.refundBasisPoints)),
                SCMapEntry(key: .symbol("seconds_before"), val: .u64(tier.secondsBefore)),
            ])
        }
        return .map([
            SCMapEntry(
                key: .symbol("grace_min_lead_seconds"), val: .u64(rule.graceMinLeadSeconds)),
            SCMapEntry(key: .symbol("grace_seconds"), val: .u64(rule.graceSeconds)),
            SCMapEntry(key: .symbol("tiers"), val: .vec(tiers)),
        ])
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
        let account = try await rpc.account(adminKey.accountID)
        var builder = TransactionBuilder(
            source: MuxedAccount(adminKey.accountID), sequence: account.seqNum + 1,
            feePerOperationStroops: BookingOperator.inclusionFeeStroops)
        builder.operations = [operation]
        let transaction = try await rpc.prepare(builder.build())
        let result = try await rpc.submit(transaction.signed(by: [adminKey], on: network))
        let hash = try transaction.hash(on: network)
        guard result.isSuccessful else { throw StandaloneError.noEffect(hash.description) }
        return hash
    }
}

/// Why the contracts of a standalone network are not there.
public enum StandaloneError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The network gives no test money.
    case noFriendbot
    /// A transaction was in a ledger and did nothing.
    case noEffect(String)

    /// A sentence.
    public var description: String {
        switch self {
        case .noFriendbot: "the network has no friendbot, so it cannot be deployed to for a test"
        case .noEffect(let hash): "the transaction \(hash) had no effect"
        }
    }
}
