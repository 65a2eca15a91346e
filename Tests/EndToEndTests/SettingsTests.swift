import Database
import Stellar
import Testing

@testable import traqora

@Suite struct SettingsTests {
    @Test func `nothing set is a standalone network and SQLite`() throws {
        let settings = try Settings([:])
        #expect(settings.port == 3001)
        #expect(settings.database == .file("traqora.sqlite"))
        #expect(settings.network == .standalone)
    }

    @Test func `every fault is told at once, by name`() throws {
        let error = try #require(throws: SettingFaults.self) {
            try Settings([
                "PORT": "x", "LOG_LEVEL": "loud", "DATABASE_URL": "mysql:x",
                "BOOKING_CONTRACT_ID": "GABC", "STELLAR_NETWORK": "mars",
            ])
        }
        #expect(
            Set(error.faults.map(\.name)) == [
                "PORT", "LOG_LEVEL", "DATABASE_URL", "BOOKING_CONTRACT_ID", "STELLAR_NETWORK",
            ])
    }

    @Test func `a secret that is wrong is not repeated`() throws {
        let error = try #require(throws: SettingFaults.self) {
            try Settings(["STELLAR_SECRET_KEY": "SECRETSECRET"])
        }
        #expect(!error.description.contains("SECRETSECRET"))
    }

    @Test func `NODE_ENV is read as TRAQORA_ENV, which wins`() throws {
        #expect(try Settings(["NODE_ENV": "staging"]).environment == .staging)
        #expect(
            try Settings(["NODE_ENV": "staging", "TRAQORA_ENV": "test"]).environment == .test)
    }

    @Test func `a real network needs keys and contracts`() throws {
        let error = try #require(throws: SettingFaults.self) {
            try Settings(["STELLAR_NETWORK": "testnet"])
        }
        #expect(error.faults.map(\.name).contains("STELLAR_SECRET_KEY"))
        #expect(error.faults.map(\.name).contains("BOOKING_CONTRACT_ID"))
    }

    @Test func `production names its network`() throws {
        #expect(throws: SettingFaults.self) { try Settings(["TRAQORA_ENV": "production"]) }
    }

    @Test func `a passphrase that is not the named network's is a fault`() throws {
        let error = try #require(throws: SettingFaults.self) {
            try Settings([
                "STELLAR_NETWORK": "standalone", "STELLAR_NETWORK_PASSPHRASE": "Something else",
            ])
        }
        #expect(error.faults.map(\.name) == ["STELLAR_NETWORK_PASSPHRASE"])
    }

    @Test func `the example file is a configuration`() throws {
        var environment: [String: String] = [:]
        for line in Settings.exampleFile.split(separator: "\n") where !line.hasPrefix("#") {
            let parts = line.split(separator: "=", maxSplits: 1)
            if parts.count == 2 { environment[String(parts[0])] = String(parts[1]) }
        }
        #expect(try Settings(environment).port == 3001)
    }
}
