import Cache
import Database
import Stellar
import StellarXDR
import Telemetry
import TraqoraServer

/// What the program was told.
struct Settings: Sendable {
    /// Where it runs.
    enum Environment: String, Sendable {
        case development, test, staging, production
    }

    /// How people sign in.
    struct SignIn: Sendable {
        var homeDomain: String?
        var webAuthKey: KeyPair?
        var accessSecret: Secret?
        var refreshSecret: Secret?
        var adminKey: Secret?
    }

    /// How many requests in a window; `nil` is without limit.
    struct Limits: Sendable {
        var windowSeconds: Int
        var anonymous: Int?
        var user: Int?
        var airline: Int?
        var admin: Int?
        var signIn: Int?
    }

    /// Where traces go; nowhere without a URL.
    struct Traces: Sendable {
        var serviceName: String
        var url: String?
        var headers: [OTLPHeader]
        var sampledShare: Double
    }

    var environment: Environment
    var host: String
    var port: Int
    var publicURL: String?
    var corsOrigins: [String]
    var proxies: Int
    var logLevel: Logger.Level
    var database: DatabaseConfiguration.Location
    var redisURL: RedisURL?
    /// On the standalone network there is a default.
    var columnKeys: ColumnKeys?
    var network: Network
    var horizonURL: String
    var rpcURL: String
    /// What sells on a network that exists; on the standalone network there is a default.
    var secretKey: KeyPair?
    var quoteKey: KeyPair?
    var bookingContract: ContractID?
    var tokenContract: ContractID?
    /// What airlines sell on the ledger; all three contracts or none.
    var registry: RegistryContracts?
    var loyaltyContract: ContractID?
    var governanceContract: ContractID?
    /// The token whose holders vote, if it is not the one in which fares are paid.
    var governanceTokenContract: ContractID?
    /// The ledger in which the contracts were made, if somebody said so.
    var firstLedger: UInt32?
    var tokenSymbol: String
    var signIn: SignIn
    var limits: Limits
    var searchLifetimeSeconds: Int
    /// How far the network's fees are paid for others; `nil` for not at all.
    var sponsoring: Sponsoring?
    var traces: Traces
    var suppliers: SupplierChoice
    var mail: MailChoice

    /// Reads every setting from an environment alone.
    /// - Throws: ``SettingFaults`` with all that is wrong.
    init(_ environment: [String: String]) throws(SettingFaults) {
        try self.init(SettingValues(environment: environment))
    }

    /// Reads every setting.
    /// - Throws: ``SettingFaults`` with all that is wrong.
    init(_ values: SettingValues) throws(SettingFaults) {
        var reader = SettingReader(values)
        environment = reader.read(Schema.environment)
        host = reader.read(Schema.host)
        port = reader.read(Schema.port)
        publicURL = reader.read(Schema.publicURL)
        corsOrigins = reader.read(Schema.corsOrigins)
        proxies = reader.read(Schema.proxies)
        logLevel = reader.read(Schema.logLevel)
        database = reader.read(Schema.database)
        redisURL = reader.read(Schema.redis)
        columnKeys = reader.read(Schema.columnKeys)
        network = Self.network(&reader)
        horizonURL = reader.read(Schema.horizonURL)
        rpcURL = reader.read(Schema.rpcURL)
        secretKey = reader.read(Schema.secretKey)
        quoteKey = reader.read(Schema.quoteKey)
        bookingContract = reader.read(Schema.bookingContract)
        tokenContract = reader.read(Schema.tokenContract)
        registry = Self.registry(&reader)
        loyaltyContract = reader.read(Schema.loyaltyContract)
        governanceContract = reader.read(Schema.governanceContract)
        governanceTokenContract = reader.read(Schema.governanceTokenContract)
        firstLedger = reader.read(Schema.firstLedger)
        tokenSymbol = reader.read(Schema.tokenSymbol)
        signIn = SignIn(&reader)
        limits = Limits(&reader, in: environment)
        searchLifetimeSeconds = reader.read(Schema.searchLifetime)
        sponsoring = Self.sponsoring(&reader, on: network)
        traces = Traces(&reader)
        suppliers = SupplierChoice(&reader)
        mail = MailChoice(&reader)
        check(&reader)
        try reader.finish()
    }

    private static func sponsoring(_ reader: inout SettingReader, on network: Network)
        -> Sponsoring?
    {
        var limits = Sponsoring()
        limits.countPerDayMax = reader.read(Schema.sponsoredCount)
        limits.feeStroopsMax = UInt32(reader.read(Schema.sponsoredFee))
        limits.dayStroopsMax = Int64(reader.read(Schema.sponsoredDay))
        // A ledger closes there for each transaction, not every five seconds.
        if network == .standalone { limits.ledgerSecondsMin = nil }
        return reader.read(Schema.sponsoring) ?? (network == .standalone) ? limits : nil
    }

    private static func registry(_ reader: inout SettingReader) -> RegistryContracts? {
        let ids = [Schema.airlineContract, Schema.registryContract, Schema.refundContract]
            .map { reader.read($0) }
        if let airline = ids[0], let flights = ids[1], let refund = ids[2] {
            return RegistryContracts(airline: airline, flights: flights, refund: refund)
        }
        if ids.contains(where: { $0 != nil }) {
            reader.fault(
                Schema.registryContract.name,
                "set it together with \(Schema.airlineContract.name) and "
                    + "\(Schema.refundContract.name), or none of the three")
        }
        return nil
    }

    /// The network that is named, or whose passphrase is given; standalone if neither is.
    static func network(_ reader: inout SettingReader) -> Network {
        let named = reader.read(Schema.network)
        let passphrase = reader.read(Schema.passphrase)
        if let named, let passphrase, named.passphrase != passphrase {
            reader.fault(
                Schema.passphrase.name,
                "it is not the passphrase of STELLAR_NETWORK: leave one of them out")
        }
        return named ?? passphrase.map(Network.init(passphrase:)) ?? .standalone
    }
}

extension Settings.SignIn {
    fileprivate init(_ reader: inout SettingReader) {
        homeDomain = reader.read(Schema.homeDomain)
        webAuthKey = reader.read(Schema.webAuthKey)
        accessSecret = reader.read(Schema.accessSecret)
        refreshSecret = reader.read(Schema.refreshSecret)
        adminKey = reader.read(Schema.adminKey)
    }
}

extension Settings.Limits {
    fileprivate init(_ reader: inout SettingReader, in environment: Settings.Environment) {
        let isOpen = environment == .development || environment == .test
        let counts = [
            (Schema.anonymousLimit, 300), (Schema.userLimit, 1200), (Schema.operatorLimit, 6000),
            (Schema.adminLimit, 600), (Schema.signInLimit, 60),
        ].map { setting, standard in
            let count = reader.read(setting) ?? (isOpen ? 0 : standard)
            return count == 0 ? nil : count
        }
        windowSeconds = reader.read(Schema.window)
        anonymous = counts[0]
        user = counts[1]
        airline = counts[2]
        admin = counts[3]
        signIn = counts[4]
    }
}

extension Settings.Traces {
    fileprivate init(_ reader: inout SettingReader) {
        serviceName = reader.read(Schema.serviceName)
        headers = reader.read(Schema.otlpHeaders)
        sampledShare = reader.read(Schema.sampledShare)
        let collector = reader.read(Schema.otlpEndpoint).map { "\($0)/v1/traces" }
        let given = reader.read(Schema.otlpTracesEndpoint) ?? collector
        url = reader.read(Schema.tracesOff) ? nil : given
    }
}
