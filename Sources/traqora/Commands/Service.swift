import Cache
import Cryptography
import Database
import Deployment
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
    private let season: Task<Void, Never>?

    /// What the service deals with on the ledger.
    struct Contracts: Sendable {
        var booking: ContractID
        var token: ContractID
        var tokenSymbol: String
        var seller: KeyPair
        var quoteKey: KeyPair
        var registry: RegistryContracts?
        var loyalty: ContractID?
        var governance: GovernanceContracts?
        /// Those that the service does not call but tells the state of, by name.
        var others: [(name: String, id: ContractID)] = []
        /// What was put on a standalone network, and by whom.
        var standalone: StandaloneDeployment?
        /// What a network that was there already has otherwise than the manifest.
        var differences: [Difference] = []
    }

    /// Opens the database, migrates it, deploys what a standalone network lacks, and listens.
    /// - Parameters:
    ///   - manifest: what a standalone network gets.
    ///   - publishesSeason: whether flights of further days are published by and by.
    ///   - now: the time; the network's, where that has a clock of its own.
    static func start(
        _ settings: Settings, manifest: DeploymentManifest? = nil, publishesSeason: Bool = false,
        log: Logger, now: @escaping @Sendable () -> Instant = Clock.now
    ) async throws -> Service {
        let client = HTTPClient()
        let contracts = try await contracts(settings, manifest, client: client, now: now)
        let database = try await Database.open(DatabaseConfiguration(settings.database))
        let registration = try await ProgramRegistration(
            of: SecureRandom.bytes(8).map { String($0, radix: 16) }.joined(),
            version: Migrations.all.count, in: database,
            now: { now().seconds })
        try await database.migrate(Migrations.all, now: now().seconds)
        let cache = SharedCache(
            redisURL: settings.redisURL, log: log, now: { Double(now().seconds) })
        let rpc = SorobanRPC(url: settings.rpcURL, client: client)
        guard try await rpc.network().passphrase == settings.network.passphrase else {
            throw SettingFaults(faults: [
                (
                    Schema.rpcURL.name,
                    "the server there is of another network than STELLAR_NETWORK says: change one"
                )
            ])
        }
        let configuration = try configuration(settings, contracts, client: client)
        let server = TraqoraServer(
            configuration, database: database, cache: cache, client: client, log: log, now: now)
        let port = try await server.start()
        return Service(
            server: server, database: database, cache: cache, registration: registration,
            client: client, port: port, contracts: contracts,
            season: publishesSeason ? contracts.standalone.map { season($0, log) } : nil)
    }

    /// Ends what is under way in order: requests, workers, database.
    func stop() async {
        season?.cancel()
        await season?.value
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
        return ColumnKeys(
            key: SHA256.hash(settings.network.id.bytes + Array("traqora columns".utf8)))
    }

    /// How people sign in. Secrets that are not set last as long as the process.
    static func identity(
        _ settings: Settings, seller: KeyPair
    ) -> Identity.Configuration {
        let host = settings.host == "0.0.0.0" ? "127.0.0.1" : settings.host
        let url = settings.publicURL ?? "http://\(host):\(settings.port)"
        let domain = WebAddress(url)?.authority ?? host
        var identity = Identity.Configuration.local(
            key: settings.signIn.webAuthKey ?? seller, random: SecureRandom.bytes)
        identity.publicURL = url
        identity.webAuthDomain = domain
        identity.homeDomain = settings.signIn.homeDomain ?? domain
        identity.fetch = fetchOfUsers
        if let secret = settings.signIn.accessSecret { identity.accessSecret = secret }
        if let secret = settings.signIn.refreshSecret { identity.refreshSecret = secret }
        return identity
    }

    static func edges(_ settings: Settings) -> Edges.Configuration {
        let limits = settings.limits
        var edges = Edges.Configuration()
        edges.corsOrigins = settings.corsOrigins
        edges.proxies = settings.proxies
        edges.isEncrypted = settings.publicURL?.hasPrefix("https://") ?? false
        edges.anonymous = limits.anonymous.map { RateLimit($0, seconds: limits.windowSeconds) }
        edges.user = limits.user.map { RateLimit($0, seconds: limits.windowSeconds) }
        edges.airline = limits.airline.map { RateLimit($0, seconds: limits.windowSeconds) }
        edges.admin = limits.admin.map { RateLimit($0, seconds: limits.windowSeconds) }
        edges.signIn = limits.signIn.map { RateLimit($0, seconds: limits.windowSeconds) }
        return edges
    }

    static func httpConfiguration(_ settings: Settings) -> HTTPServer.Configuration {
        var configuration = HTTPServer.Configuration()
        configuration.host = settings.host
        configuration.port = settings.port
        return configuration
    }

    /// The contracts that the settings name, or on the standalone network those that are deployed
    /// for it.
    static func contracts(
        _ settings: Settings, _ manifest: DeploymentManifest?, client: HTTPClient,
        now: @escaping @Sendable () -> Instant
    ) async throws -> Contracts {
        let network = settings.network
        let roles = Roles(on: network)
        let seller = try settings.secretKey ?? roles.key(Roles.operator)
        let quoteKey = try settings.quoteKey ?? roles.key(Roles.quotes)
        if let booking = settings.bookingContract, let token = settings.tokenContract {
            return Contracts(
                booking: booking, token: token, tokenSymbol: settings.tokenSymbol, seller: seller,
                quoteKey: quoteKey, registry: settings.registry,
                loyalty: settings.loyaltyContract,
                governance: settings.governanceTokenContract.flatMap { token in
                    settings.governanceContract.map {
                        GovernanceContracts(governance: $0, token: token)
                    }
                },
                others: [
                    ("loyalty", settings.loyaltyContract),
                    ("governance", settings.governanceContract),
                ].compactMap { name, id in id.map { (name, $0) } })
        }
        let standalone = try StandaloneDeployment(
            manifest ?? .standalone(),
            roles: Roles(
                on: network, given: [Roles.operator: seller, Roles.quotes: quoteKey]),
            network: network, rpcURL: settings.rpcURL, client: client, now: now)
        let isNew = try await standalone.deploy()
        try await standalone.publishFlights(on: standalone.firstDays)
        let ids = standalone.contracts
        return Contracts(
            booking: ids.booking, token: ids.dollar,
            tokenSymbol: standalone.manifest.dollarSymbol, seller: seller, quoteKey: quoteKey,
            registry: RegistryContracts(
                airline: ids.airline, flights: ids.flights, refund: ids.refund),
            loyalty: ids.loyalty,
            governance: GovernanceContracts(governance: ids.governance, token: ids.token),
            others: [("loyalty", ids.loyalty), ("governance", ids.governance)],
            standalone: standalone, differences: isNew ? [] : try await standalone.differences())
    }

    /// Publishes the flights of the season, and each hour those of the days that have come near.
    private static func season(_ standalone: StandaloneDeployment, _ log: Logger) -> Task<
        Void, Never
    > {
        Task {
            while !Task.isCancelled {
                do {
                    try await standalone.publishFlights(
                        on: standalone.days, pause: .milliseconds(50))
                    try await Task.sleep(for: .seconds(3_600))
                } catch is CancellationError {
                    return
                } catch {
                    guard !Task.isCancelled else { return }
                    log.warning(
                        "Flights of the season could not be published yet",
                        ["error": .describing(error)])
                    try? await Task.sleep(for: .seconds(10))
                }
            }
        }
    }
}
