import Database
import Testing

@testable import traqora

/// Where data is kept, as the environment says it.
@Suite struct DataSettingsTests {
    @Test func `a database is a file, memory or a server`() throws {
        #expect(try Settings(["DATABASE_URL": "sqlite:a/b.sqlite"]).database == .file("a/b.sqlite"))
        #expect(try Settings(["DATABASE_URL": "sqlite::memory:"]).database == .memory)
        let url = "postgres://anna:hunter2@db.example.org/traqora?sslmode=verify-full"
        guard case .server(let server) = try Settings(["DATABASE_URL": url]).database else {
            Issue.record("no server")
            return
        }
        #expect(server.description == "postgres://anna@db.example.org/traqora")
    }

    @Test(arguments: [
        ("DATABASE_URL", "postgres://anna:hunter2@host/x?nonsense=1"),
        ("DATABASE_URL", "postgres://anna:hunter2/x@host/x"),
        ("DATABASE_URL", "postgres://anna:1/hunter2@host/x"),
        ("DATABASE_URL", "postgres://anna:pa/ss?hunter2@host/x"),
        ("DATABASE_URL", "postgres://anna@host/x?sslpassword=hunter2"),
        ("DATABASE_URL", "mysql://anna:hunter2@host/x"),
        ("REDIS_URL", "rediss://anna:hunter2@host?nonsense=1"), ("REDIS_URL", "hunter2"),
        ("DATA_KEYS", "1:hunter2"),
    ])
    func `what cannot be read is named without its secret`(name: String, text: String) throws {
        let error = try #require(throws: SettingFaults.self) { try Settings([name: text]) }
        #expect(error.faults.map(\.name) == [name])
        #expect(!error.description.contains("hunter2"))
    }

    @Test func `a real network needs keys for personal data`() throws {
        let error = try #require(throws: SettingFaults.self) {
            try Settings(["STELLAR_NETWORK": "testnet"])
        }
        #expect(error.faults.map(\.name).contains("DATA_KEYS"))
    }
}
