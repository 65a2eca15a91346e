import Database
import Foundation
import HTTP
import Testing
import TraqoraAPI
import Travel

/// What an operator does with the built program: on the database of a service that has ended.
@Suite struct MaintenanceTests {
    private static let keys = (
        old: "1:" + String(repeating: "a1", count: 32),
        new: "2:" + String(repeating: "b2", count: 32)
    )

    /// Books two flights, gives one up, and ends.
    /// - Returns: the booking that is over.
    private func live(in folder: URL) async throws -> BookingID {
        let program = try BuiltProgram(
            ["up", "--network-port", "0"],
            environment: [
                "PORT": "0", "DATA_KEYS": Self.keys.old, "ADMIN_API_KEY": "7vX2mQ9zLkTr",
            ], folder: folder)
        let lines = try await program.lines(until: "Try: traqora demo")
        let api = try #require(address(in: lines, after: "API")).replacing("/health", with: "")
        let rpc = try #require(address(in: lines, after: "Network"))
        let client = HTTPClient()
        defer { client.shutDown() }
        let traveller = try await Traveller(api: api, rpc: rpc, client: client)
        let kept = try await traveller.bookAndPay()
        _ = try await traveller.booking(kept, whenIts: .confirmed)
        let over = try await traveller.bookAndPay()
        _ = try await traveller.booking(over, whenIts: .confirmed)
        _ = try await traveller.cancel(over)
        _ = try await traveller.booking(over, whenIts: .cancelled)
        for _ in 0..<3 {
            let read = try await client.send(
                HTTPClient.Request(
                    .get, "\(api)\(Route.audit.pattern)", headers: ["X-Admin-Key": "7vX2mQ9zLkTr"]))
            #expect(read.status == .ok)
        }
        #expect(try await program.stop() == 0)
        return over.id
    }

    @Test func `a service is backed up, sealed anew, audited, forgets, and is put back`()
        async throws
    {
        try await withScratchFolder { folder in
            let over = try await live(in: folder)
            let path = folder.appendingPathComponent(".traqora/standalone.sqlite").path
            func run(
                _ words: [String], in database: String? = nil
            ) async throws -> (code: Int32, lines: [String]) {
                let environment = [
                    "DATABASE_URL": "sqlite:\(database ?? path)",
                    "DATA_KEYS": "\(Self.keys.old),\(Self.keys.new)",
                ]
                return try await BuiltProgram(words, environment: environment, folder: folder)
                    .end()
            }
            #expect(try await run(["migrate", "status"]).code == 0)
            #expect(try await run(["migrate", "plan"]).lines == ["Nothing would run."])
            let backup = try await run(["backup", "saved"])
            #expect(backup.code == 0)
            #expect(backup.lines.contains { $0.hasPrefix("bookings ") && $0.contains(" 2 rows") })

            let rotated = try await run(["keys", "rotate"])
            #expect(rotated.code == 0)
            let count = rotated.lines.last.flatMap { Int($0.split(separator: " ")[0]) }
            #expect(try #require(count) >= 2)
            #expect(try await run(["keys", "rotate"]).lines.last?.hasPrefix("0 rows") == true)

            let erased = try await run(["erase", "\(over)"])
            #expect(erased.code == 0)
            #expect(erased.lines.first?.hasPrefix("Erased here") == true)

            let whole = try await run(["audit", "verify"])
            #expect(whole.code == 0)
            #expect(whole.lines.last?.hasSuffix("none changed, none missing.") == true)
            try await tamper(with: path)
            #expect(try await run(["audit", "verify"]).code == 1)

            #expect(try await run(["restore", "saved"]).code == 1)
            let restored = try await run(["restore", "--replace", "saved"])
            #expect(restored.code == 0)
            #expect(restored.lines.last?.hasPrefix("Restored") == true)
            #expect(try await run(["audit", "verify"]).code == 0)
            // What was erased since is back, as it says, and is erased again.
            #expect(try await run(["erase", "\(over)"]).code == 0)

            let elsewhere = folder.appendingPathComponent("other.sqlite").path
            #expect(try await run(["restore", "saved"], in: elsewhere).code == 0)
            #expect(try await run(["audit", "verify"], in: elsewhere).code == 0)
        }
    }

    private func tamper(with path: String) async throws {
        let database = try await Database.open(DatabaseConfiguration(.file(path)))
        try await database.execute("UPDATE audit_log SET actor = 'nobody' WHERE number = 2")
        await database.close()
    }
}
