import Cache
import Database
import Stellar
import StellarXDR
import Telemetry
import TraqoraServer

/// Every setting of the program: the text here is the example file and the validator.
enum Schema {
    static let environment = Setting<Settings.Environment>(
        name: "TRAQORA_ENV", alias: "NODE_ENV",
        text: "Where it runs: development, test, staging or production.", example: "development",
        standard: .development
    ) { text throws(SettingFault) in
        guard let value = Settings.Environment(rawValue: text) else {
            throw SettingFault("“\(text)” is none of development, test, staging, production")
        }
        return value
    }

    static let port = Setting<Int>(
        name: "PORT", text: "The port the API listens on, 0 for any that is free.",
        example: "3001", standard: 3001
    ) { text throws(SettingFault) in
        guard let port = Int(text), (0...65_535).contains(port) else {
            throw SettingFault("“\(text)” is no port: use a number from 0 to 65535")
        }
        return port
    }

    static let database = Setting<DatabaseConfiguration.Location>(
        name: "DATABASE_URL",
        text: "Where the database is: sqlite:PATH, or postgres://USER:PASSWORD@HOST/NAME.",
        example: "sqlite:traqora.sqlite", standard: .file("traqora.sqlite"),
        parse: DataSettings.location)

    static let redis = Setting<RedisURL?>(
        name: "REDIS_URL",
        text: "The Redis that processes share what may be lost through: redis://HOST:PORT.",
        example: "", standard: .some(nil)
    ) { text throws(SettingFault) in try DataSettings.redis(text) }

    static let columnKeys = Setting<ColumnKeys?>(
        name: "DATA_KEYS",
        text: "The keys that seal personal data, VERSION:64 hexadecimal digits, the highest seals.",
        example: "", standard: .some(nil)
    ) { text throws(SettingFault) in try DataSettings.columnKeys(text) }

    static let network = Setting<Network?>(
        name: "STELLAR_NETWORK",
        text: "The Stellar network: public, testnet, futurenet or standalone.",
        example: "standalone", standard: .some(nil)
    ) { text throws(SettingFault) in
        guard let network = Network(named: text) else {
            throw SettingFault(
                "“\(text)” is none of public, testnet, futurenet, standalone; for another network "
                    + "set STELLAR_NETWORK_PASSPHRASE alone")
        }
        return network
    }

    static let passphrase = Setting<String?>(
        name: "STELLAR_NETWORK_PASSPHRASE",
        text: "The passphrase of a network without a short name, in place of STELLAR_NETWORK.",
        example: "Standalone Network ; February 2017", standard: .some(nil)
    ) { text throws(SettingFault) in text }

    static let rpcURL = Setting<String>(
        name: "SOROBAN_RPC_URL", text: "The network's RPC server.",
        example: "http://127.0.0.1:8000/rpc", standard: "http://127.0.0.1:8000/rpc"
    ) { text throws(SettingFault) in
        guard text.hasPrefix("http://") || text.hasPrefix("https://") else {
            throw SettingFault("“\(text)” is no address: it begins with http:// or https://")
        }
        return text
    }

    static let secretKey = keyPair(
        "STELLAR_SECRET_KEY", "The key (S…) of the account that sells and tickets.")

    static let quoteKey = keyPair(
        "QUOTE_SECRET_KEY", "The key (S…) that signs quotes; it moves no money and is no account.")

    static let bookingContract = contract("BOOKING_CONTRACT_ID", "The Booking contract (C…).")

    static let tokenContract = contract("TOKEN_CONTRACT_ID", "The settlement token (C…).")

    static let airlineContract = contract(
        "AIRLINE_CONTRACT_ID", "The Airline contract (C…): who may sell on the ledger.")

    static let flightRegistryContract = contract(
        "FLIGHT_REGISTRY_CONTRACT_ID", "The FlightRegistry contract (C…): what is sold there.")

    static let refundContract = contract(
        "REFUND_CONTRACT_ID", "The Refund contract (C…): under which fare rules.")

    static let tokenSymbol = Setting<String>(
        name: "TOKEN_SYMBOL", text: "What people call the settlement token.", example: "USDC",
        standard: "USDC"
    ) { text throws(SettingFault) in
        guard (1...12).contains(text.count) else {
            throw SettingFault("“\(text)” is no symbol: use 1 to 12 characters")
        }
        return text
    }

    static let logLevel = Setting<Logger.Level>(
        name: "LOG_LEVEL", text: "The least level that is logged: debug, info, warning or error.",
        example: "info", standard: .info
    ) { text throws(SettingFault) in
        guard let level = Logger.Level(rawValue: text) else {
            throw SettingFault("“\(text)” is none of debug, info, warning, error")
        }
        return level
    }

    /// Name, sentence and example of every setting, for the example file.
    static var all: [(name: String, text: String, example: String)] {
        [
            line(environment), line(port), line(database), line(redis), line(columnKeys),
            line(network), line(passphrase),
            line(rpcURL), line(secretKey), line(quoteKey), line(bookingContract),
            line(tokenContract), line(airlineContract), line(flightRegistryContract),
            line(refundContract), line(tokenSymbol), line(logLevel),
        ]
    }

    private static func line<Value>(
        _ setting: Setting<Value>
    ) -> (name: String, text: String, example: String) {
        (setting.name, setting.text, setting.example)
    }

    private static func keyPair(_ name: String, _ text: String) -> Setting<KeyPair?> {
        Setting(name: name, text: text, example: "", standard: .some(nil)) {
            text throws(SettingFault) in
            // The text itself is a secret: it is never repeated.
            do { return try KeyPair(secret: text) } catch { throw SettingFault("\(error)") }
        }
    }

    private static func contract(_ name: String, _ text: String) -> Setting<ContractID?> {
        Setting(name: name, text: text, example: "", standard: .some(nil)) {
            text throws(SettingFault) in
            do {
                guard case .contract(let id) = try StrKey(parsing: text) else {
                    throw SettingFault("“\(text)” is no contract: its address begins with C")
                }
                return id
            } catch let error as SettingFault {
                throw error
            } catch {
                throw SettingFault("“\(text)” is no contract: \(error)")
            }
        }
    }
}
