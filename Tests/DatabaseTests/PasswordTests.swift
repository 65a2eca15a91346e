import Database
import Foundation
import Support
import Testing

/// A server that asks for a password.
@Suite struct PasswordTests {
    @Test func `a password gets a backup through, and a wrong one is refused at once`()
        async throws
    {
        let server = try await PostgreSQLServer.start()
        let admin = try await Database.open(DatabaseConfiguration(.init(url: server.url())))
        try await admin.execute("SET password_encryption = 'scram-sha-256'")
        try await admin.execute("CREATE ROLE anna LOGIN CREATEDB PASSWORD 'it''s a \\ secret'")
        try await admin.execute("CREATE DATABASE hers OWNER anna TEMPLATE template0")
        let rules = server.folder.appendingPathComponent("data/pg_hba.conf")
        try "local all traqora trust\nlocal all anna scram-sha-256\n".write(
            to: rules, atomically: false, encoding: .utf8)
        #expect(try await admin.value("SELECT pg_reload_conf()") == true)
        await admin.close()

        let place = "/hers?host=\(server.folder.path)"
        // What was read of the rules before holds for a moment.
        var refused: DatabaseError?
        for _ in 0..<100 {
            do {
                let database = try await Database.open(
                    DatabaseConfiguration(.init(url: "postgres://anna:wrong@\(place)")))
                await database.close()
                try await Task.sleep(for: .milliseconds(50))
            } catch {
                refused = error as? DatabaseError
                break
            }
        }
        #expect(refused?.code == .cannotOpen)
        #expect(refused?.description.contains("wrong") == false)

        let url = "postgres://anna:it's%20a%20%5C%20secret@\(place)"
        let location = try DatabaseConfiguration.Location(url: url)
        let database = try await Database.open(DatabaseConfiguration(location))
        try await database.execute("CREATE TABLE t (n BIGINT)")
        try await database.execute("INSERT INTO t VALUES (1), (2)")
        let folder = try TestFolder()
        _ = try await database.backUp(to: folder.path("backup"), now: 1)
        guard case .server(let hers) = location else { return }
        let verified = try await Backup.verify(
            folder.path("backup"), server: hers, scratchFolder: folder.url.path)
        #expect(verified.rows == 2)
        await database.close()
    }
}
