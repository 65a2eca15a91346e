import Database
import Foundation
import Stellar
import Support
import Testing

@testable import traqora

@Suite struct SettingsTests {
    /// What production accepts.
    static func production() throws -> [String: String] {
        var values = [
            "TRAQORA_ENV": "production", "DATABASE_URL": "sqlite:/var/lib/traqora/db.sqlite",
            "PUBLIC_API_URL": "https://api.traqora.example", "HOME_DOMAIN": "traqora.example",
            "CORS_ORIGIN": "https://traqora.example", "STELLAR_NETWORK": "testnet",
            "HORIZON_URL": "https://horizon.example", "SOROBAN_RPC_URL": "https://rpc.example",
            "STELLAR_SECRET_KEY": try KeyPair.random().secret,
            "QUOTE_SECRET_KEY": try KeyPair.random().secret,
            "JWT_SECRET": "k3Zr9XwQv1TnPb7LmYc5HsJd8GfRu2Ae",
            "JWT_REFRESH_SECRET": "Vq8sKe2NfWx6RjTz4MhLy9BpCg1DuQa7",
            "ADMIN_API_KEY": "7vX2mQ9zLkTr",
            "DATA_KEYS": "1:" + (0..<32).map { _ in "a7" }.joined(),
        ]
        for setting in Schema.contracts {
            values[setting.name] = "CA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJUWDA"
        }
        return values
    }

    private func faults(_ values: [String: String]) -> [String] {
        do {
            _ = try Settings(values)
            return []
        } catch {
            return error.faults.map(\.name).sorted()
        }
    }

    @Test func `nothing set is a standalone network and SQLite`() throws {
        let settings = try Settings([:])
        #expect(settings.port == 3001)
        #expect(settings.database == .file("traqora.sqlite"))
        #expect(settings.network == .standalone)
        #expect(settings.limits.anonymous == nil)
    }

    @Test func `every fault is told at once, by name`() throws {
        #expect(
            faults([
                "PORT": "x", "LOG_LEVEL": "loud", "DATABASE_URL": "mysql:x",
                "BOOKING_CONTRACT_ID": "GABC", "STELLAR_NETWORK": "mars", "JWT_SECRET": "short",
                "ADMIN_API_KEY": "eleven char", "CORS_ORIGIN": "https://a.example/path",
                "SOROBAN_RPC_URL": "ftp://x", "TRUST_PROXY": "maybe", "HOME_DOMAIN": "a/b",
                "OTEL_TRACES_SAMPLER_ARG": "2", "RATE_LIMIT_USER": "-1", "REDIS_URL": "localhost",
            ]) == [
                "ADMIN_API_KEY", "BOOKING_CONTRACT_ID", "CORS_ORIGIN", "DATABASE_URL",
                "HOME_DOMAIN", "JWT_SECRET", "LOG_LEVEL", "OTEL_TRACES_SAMPLER_ARG", "PORT",
                "RATE_LIMIT_USER", "REDIS_URL", "SOROBAN_RPC_URL", "STELLAR_NETWORK",
                "TRUST_PROXY",
            ])
    }

    @Test(arguments: ["STELLAR_SECRET_KEY", "JWT_SECRET", "ADMIN_API_KEY", "DATABASE_URL"])
    func `a secret that is wrong is not repeated`(name: String) throws {
        let error = try #require(throws: SettingFaults.self) {
            try Settings([name: "hunter2", "TRAQORA_ENV": "production"])
        }
        #expect(!error.description.contains("hunter2"))
    }

    @Test func `NODE_ENV is read as TRAQORA_ENV, which wins`() throws {
        #expect(try Settings(["NODE_ENV": "staging"]).environment == .staging)
        #expect(try Settings(["NODE_ENV": "staging", "TRAQORA_ENV": "test"]).environment == .test)
        #expect(
            try Settings(["NEXT_PUBLIC_API_URL": "https://x.example/"]).publicURL
                == "https://x.example")
    }

    @Test func `a real network needs keys and contracts`() {
        #expect(
            faults(["STELLAR_NETWORK": "testnet"]) == [
                "BOOKING_CONTRACT_ID", "DATA_KEYS", "QUOTE_SECRET_KEY", "STELLAR_SECRET_KEY",
                "TOKEN_CONTRACT_ID",
            ])
    }

    @Test func `a passphrase that is not the named network's is a fault`() {
        #expect(
            faults([
                "STELLAR_NETWORK": "standalone", "STELLAR_NETWORK_PASSPHRASE": "Something else",
            ]) == ["STELLAR_NETWORK_PASSPHRASE"])
    }

    @Test func `production goes without no setting that has only a default`() throws {
        #expect(faults(try Self.production()).isEmpty)
        let needed = Schema.lines.filter(\.productionNeedsIt).map(\.name)
        #expect(needed.count == 20)
        for name in needed {
            var values = try Self.production()
            values[name] = nil
            #expect(faults(values).contains(name))
        }
        #expect(faults(["TRAQORA_ENV": "production"]) == needed.sorted())
    }

    static let refusals: [(String, String)] = [
        ("JWT_SECRET", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"),
        ("JWT_SECRET", "abcdefghijklmnopqrstuvwxyz0123456789"),
        ("JWT_SECRET", "change-me-please-change-me-please-ok"),
        ("JWT_SECRET", "my-super-secret-password-my-super-secret"),
        ("JWT_SECRET", "0123456789012345678901234567890123456789"),
        ("JWT_REFRESH_SECRET", "k3Zr9XwQv1TnPb7LmYc5HsJd8GfRu2Ae"),
        ("ADMIN_API_KEY", "adminadminadmin"), ("ADMIN_API_KEY", "aaaaaaaaaaaa"),
        ("CORS_ORIGIN", "*"), ("DATABASE_URL", "sqlite::memory:"), ("RATE_LIMIT_USER", "0"),
        ("BOOKING_CONTRACT_ID", "GA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJVSGZ"),
        ("STELLAR_NETWORK_PASSPHRASE", "Public Global Stellar Network ; September 2015"),
    ]

    @Test(arguments: refusals)
    func `production refuses what is weak, used twice or open`(name: String, text: String) throws {
        var values = try Self.production()
        values[name] = text
        #expect(faults(values) == [name])
    }

    @Test func `production refuses one key for two purposes and keys that everybody has`() throws {
        var values = try Self.production()
        values["QUOTE_SECRET_KEY"] = values["STELLAR_SECRET_KEY"]
        #expect(faults(values) == ["QUOTE_SECRET_KEY"])
        values = try Self.production()
        values["STELLAR_SECRET_KEY"] = Network.testnet.rootKey()?.secret
        #expect(faults(values) == ["STELLAR_SECRET_KEY"])
    }

    @Test func `random secrets of every common form are strong enough`() {
        for _ in 0..<200 {
            let bytes = (0..<24).map { _ in UInt8.random(in: 0...255) }
            let hex = bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
            for text in [hex, Data(bytes).base64EncodedString()] {
                #expect(SecretStrength.weakness(of: text, bitsMin: 96) == nil, "\(text)")
            }
        }
    }

    @Test func `the example file is a configuration, and names every setting`() throws {
        let file = EnvironmentFile(Settings.exampleFile)
        #expect(file.faults.isEmpty)
        #expect(try Settings(file.values).port == 3001)
        for line in Schema.lines { #expect(Settings.exampleFile.contains("\(line.name)=")) }
    }

    @Test func `the documents have the schema's tables`() throws {
        let page = try String(
            contentsOf: Package.root.appendingPathComponent("Docs/configuration.md"),
            encoding: .utf8)
        for section in Schema.sections {
            let table = Settings.table(of: section)
            #expect(page.contains("## \(section.title)\n\n\(table)\n"), "\n\(table)")
        }
    }

    @Test func `what is shown has no secrets`() throws {
        let values = SettingValues(
            environment: try Self.production().merging([
                "REDIS_URL": "redis://user:hunter2@cache.example:6380/1?password=hunter2"
            ]) { $1 })
        let shown = Settings.overview(values)
        for name in ["STELLAR_SECRET_KEY", "JWT_SECRET", "ADMIN_API_KEY"] {
            #expect(!shown.contains(try #require(Self.production()[name]).prefix(8)))
        }
        #expect(!shown.contains("hunter2"))
        #expect(shown.contains("redis://[redacted]@cache.example:6380/1?[redacted]"))
        let odd = Settings.overview(
            SettingValues(environment: ["DATABASE_URL": "postgres://anna:hun?ter2@db/x"]))
        #expect(odd.contains("postgres://[redacted]@db/x") && !odd.contains("hun"))
        #expect(shown.contains("https://horizon.example  (environment)"))
        #expect(shown.contains("(default) 3001"))
    }
}
