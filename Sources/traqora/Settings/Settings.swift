import Cache
import Database
import Foundation
import Stellar
import StellarXDR
import Telemetry
import TraqoraServer

/// What the program was told by its environment.
struct Settings: Sendable {
    /// Where it runs.
    enum Environment: String, Sendable {
        case development, test, staging, production
    }

    var environment: Environment
    var port: Int
    var database: DatabaseConfiguration.Location
    var redisURL: RedisURL?
    /// On the standalone network there is a default.
    var columnKeys: ColumnKeys?
    var network: Network
    var rpcURL: String
    /// What sells on a network that exists; on the standalone network there is a default.
    var secretKey: KeyPair?
    var quoteKey: KeyPair?
    var bookingContract: ContractID?
    var tokenContract: ContractID?
    /// What airlines sell on the ledger; all three contracts or none.
    var registry: RegistryContracts?
    var tokenSymbol: String
    var logLevel: Logger.Level

    /// Reads every setting.
    /// - Throws: ``SettingFaults`` with all that is wrong.
    init(_ environment: [String: String]) throws(SettingFaults) {
        var reader = SettingReader(environment)
        let values = (
            environment: reader.read(Schema.environment), port: reader.read(Schema.port),
            database: reader.read(Schema.database), rpcURL: reader.read(Schema.rpcURL),
            tokenSymbol: reader.read(Schema.tokenSymbol), logLevel: reader.read(Schema.logLevel)
        )
        let named = reader.read(Schema.network) ?? nil
        let passphrase = reader.read(Schema.passphrase) ?? nil
        redisURL = reader.read(Schema.redis) ?? nil
        columnKeys = reader.read(Schema.columnKeys) ?? nil
        secretKey = reader.read(Schema.secretKey) ?? nil
        quoteKey = reader.read(Schema.quoteKey) ?? nil
        bookingContract = reader.read(Schema.bookingContract) ?? nil
        tokenContract = reader.read(Schema.tokenContract) ?? nil
        let others = (
            airline: reader.read(Schema.airlineContract) ?? nil,
            flights: reader.read(Schema.flightRegistryContract) ?? nil,
            refund: reader.read(Schema.refundContract) ?? nil
        )
        if let airline = others.airline, let flights = others.flights, let refund = others.refund {
            registry = RegistryContracts(airline: airline, flights: flights, refund: refund)
        } else if others.airline != nil || others.flights != nil || others.refund != nil {
            reader.fault(
                Schema.flightRegistryContract.name,
                "set it together with \(Schema.airlineContract.name) and "
                    + "\(Schema.refundContract.name), or none of the three")
        }
        if let named, let passphrase, named.passphrase != passphrase {
            reader.fault(
                Schema.passphrase.name, "it is not the passphrase of STELLAR_NETWORK: leave one out"
            )
        }
        let network = named ?? passphrase.map(Network.init(passphrase:)) ?? .standalone
        if values.environment == .production, named == nil, passphrase == nil {
            reader.fault(Schema.network.name, "production has no default: name the network")
        }
        if network != .standalone {
            let needed: [(String, Bool)] = [
                (Schema.columnKeys.name, columnKeys != nil),
                (Schema.secretKey.name, secretKey != nil), (Schema.quoteKey.name, quoteKey != nil),
                (Schema.bookingContract.name, bookingContract != nil),
                (Schema.tokenContract.name, tokenContract != nil),
            ]
            for (name, isThere) in needed where !isThere {
                reader.fault(name, "it must be set on any network but standalone")
            }
        }
        try reader.finish()
        guard let environment = values.environment, let port = values.port,
            let database = values.database, let rpcURL = values.rpcURL,
            let tokenSymbol = values.tokenSymbol, let logLevel = values.logLevel
        else { throw SettingFaults(faults: []) }
        self.environment = environment
        self.port = port
        self.database = database
        self.network = network
        self.rpcURL = rpcURL
        self.tokenSymbol = tokenSymbol
        self.logLevel = logLevel
    }

    /// The settings of this process.
    static func ofProcess() throws(SettingFaults) -> Settings {
        try Settings(ProcessInfo.processInfo.environment)
    }

    /// An environment file with every setting, its sentence above it.
    static var exampleFile: String {
        Schema.all.map { "# \($0.text)\n\($0.name)=\($0.example)\n" }.joined(separator: "\n")
    }
}
