import Cache
import Cryptography
import Database
import HTTP
import Stellar
import StellarXDR
import Telemetry
import TraqoraServer
import Travel

/// The API and its workers, put together from settings: `serve` and `up` run the same.
struct Service: Sendable {
    let server: TraqoraServer
    let database: Database
    let cache: SharedCache
    let registration: ProgramRegistration
    let client: HTTPClient
    let port: Int
    let contracts: Contracts

    /// What the service deals with on the ledger.
    struct Contracts: Sendable {
        var booking: ContractID
        var token: ContractID
        var tokenSymbol: String
        var seller: KeyPair
        var quoteKey: KeyPair
        var standalone: StandaloneContracts?
    }

    /// Opens the database, migrates it, deploys what a standalone network lacks, and listens.
    static func start(
        _ settings: Settings, log: Logger, now: @escaping @Sendable () -> Instant = Clock.now
    ) async throws -> Service {
        let client = HTTPClient()
        let contracts = try await contracts(settings, client: client)
        let database = try await Database.open(DatabaseConfiguration(settings.database))
        let registration = try await ProgramRegistration(
            of: SecureRandom.bytes(8).map { String($0, radix: 16) }.joined(),
            version: Migrations.all.count, in: database,
            now: { now().seconds })
        try await database.migrate(Migrations.all, now: now().seconds)
        let cache = SharedCache(
            redisURL: settings.redisURL, log: log, now: { Double(now().seconds) })
        let rpc = SorobanRPC(url: settings.rpcURL, client: client)
        let configuration = TraqoraServer.Configuration(
            http: httpConfiguration(settings), network: settings.network,
            rpcURL: settings.rpcURL, bookingContract: contracts.booking,
            firstLedger: max(1, try await rpc.health().oldestLedger),
            settlementToken: contracts.token, tokenSymbol: contracts.tokenSymbol,
            seller: contracts.seller,
            quoteKey: contracts.quoteKey.signingKey,
            columnKeys: try columnKeys(settings),
            workerIdle: .milliseconds(50), standalone: contracts.standalone)
        let server = TraqoraServer(
            configuration, database: database, cache: cache, client: client, log: log, now: now)
        let port = try await server.start()
        return Service(
            server: server, database: database, cache: cache, registration: registration,
            client: client, port: port, contracts: contracts)
    }

    /// Ends what is under way in order: requests, workers, database.
    func stop() async {
        await server.stop()
        await registration.end()
        await database.close()
        cache.close()
        client.shutDown()
    }

    /// The keys of personal data; on the standalone network there is one that everyone knows.
    static func columnKeys(_ settings: Settings) throws -> ColumnKeys {
        if let keys = settings.columnKeys { return keys }
        guard settings.network == .standalone else {
            throw UsageError("\(Schema.columnKeys.name) must be set on any network but standalone")
        }
        return StandaloneContracts.columnKeys(on: settings.network)
    }

    private static func httpConfiguration(_ settings: Settings) -> HTTPServer.Configuration {
        var configuration = HTTPServer.Configuration()
        configuration.port = settings.port
        return configuration
    }

    /// The contracts that the settings name, or on the standalone network those that are deployed
    /// for it.
    private static func contracts(
        _ settings: Settings, client: HTTPClient
    ) async throws -> Contracts {
        let network = settings.network
        let seller = try settings.secretKey ?? StandaloneContracts.key(of: "operator", on: network)
        let quoteKey = try settings.quoteKey ?? StandaloneContracts.key(of: "quotes", on: network)
        if let booking = settings.bookingContract, let token = settings.tokenContract {
            return Contracts(
                booking: booking, token: token, tokenSymbol: settings.tokenSymbol, seller: seller,
                quoteKey: quoteKey)
        }
        let standalone = try StandaloneContracts(
            operatorKey: seller, quoteKey: quoteKey, network: network, rpcURL: settings.rpcURL,
            client: client)
        try await standalone.deploy()
        return Contracts(
            booking: standalone.booking, token: standalone.token,
            tokenSymbol: StandaloneContracts.tokenSymbol, seller: seller, quoteKey: quoteKey,
            standalone: standalone)
    }
}
