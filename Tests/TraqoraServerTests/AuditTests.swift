import Cache
import Database
import HTTP
import Stellar
import Telemetry
import Testing
import TraqoraAPI
import Travel

@testable import TraqoraServer

@Suite struct AuditTests {
    @Test(arguments: Engine.all)
    func `entries written at once are one chain, and a change in it is found`(engine: Engine)
        async throws
    {
        let world = try await TestWorld(engine)
        let audit = AuditRepository(database: world.database)
        #expect(try await audit.verify() == 0)
        let now = world.clock.now
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<20 {
                group.addTask { try await audit.add("test.done", by: "\(number)", now: now) }
            }
            try await group.waitForAll()
        }
        #expect(try await audit.verify() == 20)
        try await world.database.execute(
            "UPDATE audit_log SET actor = 'nobody' WHERE number = 7")
        await #expect(throws: AuditRepository.Fault.changed(7)) { try await audit.verify() }
        try await world.database.execute("DELETE FROM audit_log WHERE number >= 7")
        await #expect(throws: AuditRepository.Fault.cut(6)) { try await audit.verify() }
        await world.close()
    }

    @Test func `only the key of administration opens its routes, and each try is written down`()
        async throws
    {
        let world = try await TestWorld()
        var configuration = world.configuration
        configuration.adminKey = Secret("7vX2mQ9zLkTr")
        configuration.edges.proxies = 1
        let clock = world.clock
        let server = TraqoraServer(
            configuration, database: world.database,
            cache: .init(redisURL: nil, log: .silent, now: { Double(clock.now.seconds) }),
            client: world.client, log: .silent, now: { clock.now })
        func ask(_ key: String?, _ server: TraqoraServer) async -> HTTPResponse {
            var request = HTTPRequest(.get, Route.audit.pattern, remoteAddress: "192.0.2.1")
            request.headers["X-Admin-Key"] = key
            request.headers["X-Forwarded-For"] = "203.0.113.9"
            return await server.answer(to: request)
        }
        #expect(await ask(nil, server).problemCode == "admin.refused")
        #expect(await ask("7vX2mQ9zLkTs", server).status == .unauthorized)
        // Without a key in the settings nothing opens it, not even nothing.
        #expect(await ask("", world.server).status == .unauthorized)
        let log = try await ask("7vX2mQ9zLkTr", server).json(as: AuditResponse.self)
        #expect(log.entries.map(\.action) == ["admin.refused", "admin.read"])
        #expect(log.entries.map(\.actor) == ["203.0.113.9", "admin"])
        await world.close()
    }
}
