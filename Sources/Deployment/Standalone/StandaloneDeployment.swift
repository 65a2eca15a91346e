public import HTTP
public import Stellar
public import StellarXDR
import TraqoraContracts
public import Travel

/// Puts what a manifest says on a network of one's own.
///
/// Every step looks first whether it is done, so a start that was interrupted is continued, and
/// nothing that is there is made again. The contracts are handed to Governance last: once Booking's
/// administrator is Governance, all else is there too.
public struct StandaloneDeployment: Sendable {
    /// What is wanted.
    public let manifest: DeploymentManifest
    /// Where the contracts are.
    public let contracts: DeployedContracts
    /// Who acts.
    public let roles: Roles
    let network: Network
    let rpc: SorobanRPC
    let sender: Sender
    let now: @Sendable () -> Instant
    private let client: HTTPClient

    /// Names the contracts; nothing is deployed yet.
    /// - Parameter now: the network's time.
    public init(
        _ manifest: DeploymentManifest, roles: Roles, network: Network, rpcURL: String,
        client: HTTPClient,
        now: @escaping @Sendable () -> Instant
    ) throws {
        self.manifest = manifest
        self.roles = roles
        self.network = network
        self.client = client
        self.now = now
        contracts = try DeployedContracts(
            deployer: roles.address(Roles.administrator), network: network)
        rpc = SorobanRPC(url: rpcURL, client: client)
        sender = Sender(rpc: rpc, network: network)
    }

    /// Deploys what is not there yet.
    ///
    /// Of several programs that begin at once one makes the first contract; the others wait for it
    /// to be ready, and go on in its place if it never is.
    /// - Returns: whether there was anything to do.
    @discardableResult
    public func deploy() async throws -> Bool {
        guard try await !isComplete else { return false }
        do {
            try await deployAll()
        } catch let error where Self.mayBeOvertaken(error) {
            for _ in 0..<Self.looksMax {
                try await Task.sleep(for: Self.pause)
                if try await isComplete { return true }
            }
            try await deployAll()
        }
        return true
    }

    /// How often, and after which time each, one that was overtaken looks whether all is there.
    private static let (looksMax, pause) = (60, Duration.milliseconds(250))

    private func deployAll() async throws {
        try await fund()
        try await createContracts()
        try await setUp()
        try await handOver()
    }

    /// Whether a step failed as it does when somebody else has just done it.
    private static func mayBeOvertaken(_ error: any Error) -> Bool {
        switch error as? RPCError {
        case .simulationFailed, .transactionRefused: true
        default: error is TransactionFailure
        }
    }

    /// Whether everything is there.
    public var isComplete: Bool {
        get async throws {
            guard try await exists(contracts.booking) else { return false }
            let admin = try await BookingContract(contracts.booking).admin().read(from: rpc)
            return admin == .contract(contracts.governance)
        }
    }

    /// Gives `account` new test dollars, in base units.
    /// - Returns: the transaction.
    public func mint(baseUnits: Int64, to account: AccountID) async throws -> Hash {
        let call = TokenContract(contracts.dollar)
            .mint(to: .account(account), amount: Int128(baseUnits))
        let transaction = try await sender.send(
            call.operation, by: roles.key(Roles.administrator))
        return try transaction.envelope.hash(on: network)
    }

    /// Lumens for everybody who signs something.
    private func fund() async throws {
        guard let friendbot = try await rpc.network().friendbotUrl else {
            throw StandaloneError.noFriendbot
        }
        let friend = Friendbot(url: friendbot, client: client)
        for role in manifest.signers { _ = try await friend.fund(roles.key(role).accountID) }
    }

    /// Hands the administration to Governance. What needs none after its construction has it from
    /// there.
    private func handOver() async throws {
        let admin = try roles.key(Roles.administrator)
        let governance = SCAddress.contract(contracts.governance)
        for contract in [
            contracts.airline, contracts.refund, contracts.loyalty, contracts.booking,
        ] {
            // All contracts have this part in common.
            let calls = BookingContract(contract)
            guard try await calls.admin().read(from: rpc) != governance else { continue }
            try await sender.send(calls.proposeAdmin(newAdmin: governance).operation, by: admin)
            try await sender.send(
                GovernanceContract(contracts.governance)
                    .acceptAdminOf(contract: .contract(contract)).operation, by: admin)
        }
    }

    func exists(_ contract: ContractID) async throws -> Bool {
        let instance = LedgerKey.contractData(
            LedgerKeyContractData(
                contract: .contract(contract), key: .ledgerKeyContractInstance,
                durability: .persistent))
        return try await rpc.ledgerEntry(instance) != nil
    }
}

extension DeploymentManifest {
    /// The roles that sign transactions.
    var signers: [String] {
        var seen: Set<String> = []
        let named =
            [Roles.administrator, Roles.operator, governance.guardian, booking.treasury]
            + booking.arbiters + oracles.roles + token.holders.map(\.role)
            + airlines.map(\.owner) + [carrierOwner]
        return named.filter { seen.insert($0).inserted }
    }
}

/// Why the contracts of a standalone network are not there.
public enum StandaloneError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The network gives no test money.
    case noFriendbot
    /// Somebody else published fare rules first.
    case otherRule(UInt32)

    /// A sentence.
    public var description: String {
        switch self {
        case .noFriendbot: "the network has no friendbot, so it cannot be deployed to for a test"
        case .otherRule(let number):
            "fare rule \(number) on the ledger is not the manifest's: begin with a new --state"
        }
    }
}
