import Cryptography
import FareRules
import FlightSupply
public import HTTP
public import Stellar
public import StellarXDR
import TraqoraContracts

/// The contracts of a network on one's own machine: a test dollar to pay with, the Booking contract
/// that takes it, and those that Booking asks.
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
    /// What Booking asks about carriers, flights and fare rules, and tells about miles.
    private let others: BookingContract.Contracts
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
        func address(_ name: String) throws(XDRError) -> SCAddress {
            .contract(try network.contractID(deployer: deployer, salt: Self.salt(name)))
        }
        others = try BookingContract.Contracts(
            airline: address("airline"), flights: address("flights"),
            loyalty: address("loyalty"), refund: address("refund"))
    }

    /// The key of a role on a network that only its owner can reach: known to anyone who reads
    /// this, like that network's root key.
    public static func key(of role: String, on network: Network) throws -> KeyPair {
        try KeyPair(seed: SHA256.hash(network.id.bytes + Array("traqora \(role)".utf8)))
    }

    /// The key of personal data on such a network: as public as ``key(of:on:)``.
    public static func columnKeys(on network: Network) -> ColumnKeys {
        ColumnKeys(key: SHA256.hash(network.id.bytes + Array("traqora columns".utf8)))
    }

    /// Funds both accounts and deploys what is not there yet.
    public func deploy() async throws {
        guard let friendbot = try await rpc.network().friendbotUrl else {
            throw StandaloneError.noFriendbot
        }
        for account in [adminKey.accountID, operatorKey.accountID] {
            _ = try await Friendbot(url: friendbot, client: client).fund(account)
        }
        try await create(.token, salt: Self.salt("test dollar"), arguments: tokenArguments)
        for (name, code, arguments) in deployments {
            try await create(code, salt: Self.salt(name), arguments: arguments)
        }
        try await publishRules()
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

    /// The contracts beside the test dollar, and what each is deployed with.
    private var deployments: [(name: String, code: ContractCode, arguments: [SCVal])] {
        let admin = SCAddress.account(adminKey.accountID)
        let day: UInt64 = 86_400
        return [
            (
                "airline", .airline,
                AirlineContract.constructorArguments(
                    admin: admin, guardian: nil, refund: others.refund, coolingOff: 7 * day)
            ),
            (
                "refund", .refund,
                RefundContract.constructorArguments(
                    admin: admin, guardian: nil, airline: others.airline, flights: others.flights,
                    booking: .contract(booking))
            ),
            (
                "flights", .flightRegistry,
                FlightRegistryContract.constructorArguments(
                    admin: admin, guardian: nil, airline: others.airline,
                    booking: .contract(booking), refund: others.refund, oracles: [], quorum: 0)
            ),
            (
                "booking", .booking,
                BookingContract.constructorArguments(
                    admin: admin, guardian: nil,
                    settings: BookingContract.Settings(
                        disputeWindow: 2 * day, feeBps: 100, resolveWindow: 14 * day,
                        staleWindow: 14 * day, ticketWindow: day, treasury: admin),
                    tokens: [.contract(token)], contracts: others)
            ),
        ]
    }

    /// Publishes the fare rules once, under an airline that is there for them.
    private func publishRules() async throws {
        let admin = SCAddress.account(adminKey.accountID)
        guard case .contract(let airlineID) = others.airline,
            case .contract(let refundID) = others.refund
        else { return }
        let (airline, refund) = (AirlineContract(airlineID), RefundContract(refundID))
        let code: SCSymbol = "TQ"
        if try await !airline.isActive(code: code).read(from: rpc) {
            try await send(
                airline.register(
                    owner: admin, code: code, name: "Traqora", payout: admin, metadataHash: .zero
                ).operation)
            try await send(airline.approve(code: code).operation)
            try await send(
                airline.setOperator(code: code, operator: admin, enabled: true).operation)
        }
        for policy in FarePolicy.allCases.sorted(by: { $0.rawValue < $1.rawValue }) {
            do {
                _ = try await refund.policy(id: policy.rawValue).read(from: rpc)
            } catch RPCError.simulationFailed {
                try await send(
                    refund.publishPolicy(
                        operator: admin, carrier: code, policy: RefundContract.Policy(policy)
                    ).operation)
            }
        }
    }

    private static func salt(_ name: String) -> Uint256 {
        Uint256(fitting: SHA256.hash(Array(name.utf8)))
    }

    private func create(
        _ code: ContractCode, salt: Uint256, arguments: [SCVal]
    ) async throws {
        let id = try network.contractID(
            deployer: .account(adminKey.accountID), salt: salt)
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

extension RefundContract.Policy {
    /// What a fare's conditions are to the contract.
    fileprivate init(_ policy: FarePolicy) {
        let rule = policy.rule
        self.init(
            graceMinLeadSeconds: rule.graceMinLeadSeconds, graceSeconds: rule.graceSeconds,
            tiers: rule.tiers.map {
                RefundContract.Tier(
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
