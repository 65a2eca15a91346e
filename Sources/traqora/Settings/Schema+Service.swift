import Cache
import Database
import Telemetry
import TraqoraServer

extension Schema {
    static let environment = Setting<Settings.Environment>(
        "TRAQORA_ENV", alias: "NODE_ENV", "Where it runs; production refuses what only tests need.",
        type: "word", rule: "development, test, staging or production", default: .development,
        as: "development", example: "development"
    ) { text throws(SettingFault) in
        guard let value = Settings.Environment(rawValue: text) else {
            throw SettingFault("“\(text)” is none of development, test, staging, production")
        }
        return value
    }

    static let host = Setting<String>(
        "HOST", "The address of this machine that the API listens on.", type: "address",
        rule: "a name or number of this machine; 0.0.0.0 for all", default: "127.0.0.1",
        as: "127.0.0.1", example: "127.0.0.1"
    ) { text throws(SettingFault) in
        guard text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f }), !text.contains("/") else {
            throw SettingFault("“\(text)” is no address: use a name or number such as 0.0.0.0")
        }
        return text
    }

    static let port = Setting<Int>(
        "PORT", "The port the API listens on, 0 for any that is free.", type: "port",
        rule: "0 to 65535", default: 3001, as: "3001", example: "3001"
    ) { text throws(SettingFault) in
        guard let port = Int(text), (0...65_535).contains(port) else {
            throw SettingFault("“\(text)” is no port: use a number from 0 to 65535")
        }
        return port
    }

    static let publicURL = url(
        "PUBLIC_API_URL", alias: "NEXT_PUBLIC_API_URL",
        "The address by which people reach the API, through the proxy if there is one.",
        default: String?.none, as: "http:// HOST and PORT", example: "http://127.0.0.1:3001",
        productionNeedsIt: true
    ) { $0 }

    static let corsOrigins = Setting<[String]>(
        "CORS_ORIGIN", "The pages that may call the API from a browser.", type: "list of origins",
        rule: "scheme://host[:port], separated by commas; * for all, not in production",
        default: [], as: "none", example: "http://localhost:3000", productionNeedsIt: true
    ) { text throws(SettingFault) in
        let items = text.split(separator: ",").map { item in
            String(item).trimmed
        }
        for item in items where item != "*" {
            guard let address = WebAddress(item), address.origin == item else {
                throw SettingFault(
                    "“\(item)” is no origin: use scheme://host[:port] without a path, such as "
                        + "https://app.example.org")
            }
        }
        guard !items.contains("*") || items.count == 1 else {
            throw SettingFault("* allows all: leave the other origins out, or the *")
        }
        return items
    }

    static let proxies = Setting<Int>(
        "TRUST_PROXY",
        "How many proxies of yours stand in front, each adding to X-Forwarded-For.", type: "number",
        rule: "0 to 10; false is 0, true is 1", default: 0, as: "0", example: "0"
    ) { text throws(SettingFault) in
        switch text {
        case "true": return 1
        case "false": return 0
        default:
            guard let count = Int(text), (0...10).contains(count) else {
                throw SettingFault("“\(text)” will not do: use true, false or a number to 10")
            }
            return count
        }
    }

    static let logLevel = Setting<Logger.Level>(
        "LOG_LEVEL", "The least level that is logged.", type: "word",
        rule: "debug, info, warning or error", default: .info, as: "info", example: "info"
    ) { text throws(SettingFault) in
        guard let level = Logger.Level(rawValue: text) else {
            throw SettingFault("“\(text)” is none of debug, info, warning, error")
        }
        return level
    }

    static let database = Setting<DatabaseConfiguration.Location>(
        "DATABASE_URL", "Where the database is.", type: "database",
        rule: "sqlite:PATH, sqlite::memory: for tests, or postgres://USER:PASSWORD@HOST/NAME",
        default: .file("traqora.sqlite"), as: "sqlite:traqora.sqlite",
        example: "sqlite:traqora.sqlite", isSecret: true, productionNeedsIt: true,
        DataSettings.location)

    static let redis = Setting<RedisURL?>(
        "REDIS_URL", "The Redis that processes share what may be lost through.", type: "Redis",
        rule: "redis://[USER:PASSWORD@]HOST[:PORT][/NUMBER], or rediss:// for TLS", default: nil,
        as: "none: each process keeps its own", isSecret: true
    ) { text throws(SettingFault) in try DataSettings.redis(text) }

    static let columnKeys = Setting<ColumnKeys?>(
        "DATA_KEYS", "The keys that seal personal data; the highest version seals.",
        type: "list of keys", rule: "VERSION:64 hexadecimal digits, separated by commas",
        default: nil, as: "one that everybody knows, on the standalone network", isSecret: true,
        productionNeedsIt: true
    ) { text throws(SettingFault) in try DataSettings.columnKeys(text) }
}

extension String {
    /// Without the blanks around it.
    var trimmed: String {
        var text = self[...].drop(while: \.isWhitespace)
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}
