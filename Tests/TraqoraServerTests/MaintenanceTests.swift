import HTTP
import Testing
import TraqoraAPI
import Travel

@testable import TraqoraServer

@Suite struct MaintenanceTests {
    private func begin(
        _ world: TestWorld, _ server: TraqoraServer, at instant: Instant? = nil
    ) async throws -> MaintenanceResponse {
        try await world.administer(
            .beginMaintenance, server,
            body: MaintenanceRequest(
                message: "Back at noon.", retryAfterSeconds: 1_200, beginsAt: instant)
        ).json()
    }

    @Test(arguments: Engine.all)
    func `writes are refused by every process within a second, reads and workers go on`(
        engine: Engine
    ) async throws {
        let world = try await TestWorld(engine)
        let server = world.administeredServer()
        let made = try await world.book()
        let holder: HTTPHeaders = ["Authorization": "Bearer \(made.token)"]
        _ = try await world.pay(made)
        let other = try await world.book("FRA", "MAD")

        #expect(try await begin(world, server).isOn)
        let request = try await world.request(world.offer())
        for process in [server, world.server] {
            // The other process has not asked the database for a second.
            if process === world.server { world.clock.advance(by: 1) }
            let refused = try await world.ask(
                .createBooking, process, body: request,
                headers: ["Idempotency-Key": "a-key-of-enough-length"])
            #expect(refused.status == .serviceUnavailable)
            #expect(refused.headers["Retry-After"] == "1200")
            let problem = try refused.json(as: ProblemResponse.self)
            #expect(problem.code == "service.maintenance" && problem.detail == "Back at noon.")
            if process === world.server {
                #expect(try await world.pay(other).problemCode == "service.maintenance")
            }
            let read = try await world.ask(
                .readBooking, process, ["id": made.booking.id.text], headers: holder)
            #expect(read.status == .ok)
            let health = try await world.ask(.health, process).json(as: HealthResponse.self)
            #expect(health.maintenance?.message == "Back at noon.")
        }
        // Who reads must be able to sign in; and what was paid arrives.
        let signedIn = try await world.signIn()
        #expect(try await world.ask(.listBookings, headers: signedIn.headers).status == .ok)
        #expect(
            try await world.ask(
                .addWebhook, body: AddWebhookRequest(url: "https://example.com/"),
                headers: signedIn.headers
            ).problemCode == "service.maintenance")
        try await world.work()
        #expect(try await world.read(made).status == .confirmed)

        #expect(try await world.administer(.endMaintenance, server).status == .noContent)
        world.clock.advance(by: 1)
        for process in [server, world.server] {
            let health = try await world.ask(.health, process).json(as: HealthResponse.self)
            #expect(health.maintenance == nil)
        }
        #expect(try await world.pay(other).status == .accepted)
        let log = try await world.administer(.audit, server).json(as: AuditResponse.self)
        let actions = log.entries.filter { $0.actor == "admin" }.map(\.action)
        #expect(actions == ["admin.maintenance_set", "admin.maintenance_ended", "admin.read"])
        await world.close()
    }

    @Test func `what is planned is told now and holds from then on`() async throws {
        let world = try await TestWorld()
        let server = world.administeredServer()
        let later = world.clock.now.adding(seconds: 600)
        let planned = try await begin(world, server, at: later)
        #expect(!planned.isOn && planned.notice?.beginsAt == later)
        let made = try await world.book()
        let health = try await world.ask(.health, server).json(as: HealthResponse.self)
        #expect(health.maintenance?.beginsAt == later)
        world.clock.advance(by: 600)
        #expect(try await world.pay(made).problemCode == "service.maintenance")
        let state = try await world.administer(.maintenance, server)
            .json(as: MaintenanceResponse.self)
        #expect(state.isOn)
        await world.close()
    }

    @Test func `a notice that tells nothing is refused, and so is who has no key`() async throws {
        let world = try await TestWorld()
        let server = world.administeredServer()
        for (message, seconds) in [("", Int64(60)), ("A\0", 60), ("Soon.", 0), ("Soon.", 86_401)] {
            let refused = try await world.administer(
                .beginMaintenance, server,
                body: MaintenanceRequest(message: message, retryAfterSeconds: seconds))
            #expect(refused.problemCode == "http.field_invalid")
        }
        for route: Route in [.maintenance, .beginMaintenance, .endMaintenance] {
            let body = MaintenanceRequest(message: "Closed.", retryAfterSeconds: 60)
            let refused = try await world.administer(
                route, server, body: route == .beginMaintenance ? body : nil, key: "wrong")
            #expect(refused.problemCode == "admin.refused")
        }
        #expect(
            try await world.ask(.health, server).json(as: HealthResponse.self).maintenance == nil)
        await world.close()
    }
}
