import Cache
import Database
import Foundation
import HTTP
import Support
import Telemetry
import Testing
import TraqoraAPI
import Travel

@testable import TraqoraServer

/// A server that mails through one on this machine.
struct MailStory {
    let world: TestWorld
    let server: TraqoraServer
    let mailbox: SMTPServer

    init(_ engine: Engine = .sqlite) async throws {
        world = try await TestWorld(engine)
        mailbox = try SMTPServer()
        server = try Self.server(world, mailbox)
    }

    /// A process of its own over the same database.
    static func server(_ world: TestWorld, _ mailbox: SMTPServer) throws -> TraqoraServer {
        var configuration = world.configuration
        configuration.mail = MailConfiguration(
            server: .init(
                url: "smtp://127.0.0.1:\(mailbox.port)", domain: "example.org",
                requiresEncryption: false),
            sender: try MailSender(parsing: "Traqora Reisebüro <bookings@example.org>"))
        let clock = world.clock
        return TraqoraServer(
            configuration, database: world.database,
            cache: SharedCache(now: { Double(clock.now.seconds) }), client: world.client,
            log: .silent, now: { clock.now })
    }

    var worker: MailWorker {
        get throws { try #require(server.parts.mailWorker) }
    }

    func book(_ origin: String = "LHR", contact: String? = "ada@example.com") async throws
        -> CreateBookingResponse
    {
        var request = try await world.request(
            world.offer(origin, origin == "LHR" ? "JFK" : "LHR"))
        request.contact = try contact.map { .init(email: try EmailAddress(parsing: $0)) }
        return try await world.post(
            .createBooking, nil, request, headers: ["Idempotency-Key": UUID().uuidString],
            to: server
        ).json()
    }

    func confirm(contact: String? = "ada@example.com") async throws -> CreateBookingResponse {
        let made = try await book(contact: contact)
        _ = try await world.pay(made)
        try await world.work(server)
        return made
    }

    var now: Instant { world.clock.now }

    /// How often each mail waits to be tried, and how often it was.
    func attempts() async throws -> [Int] {
        try await world.database.values(
            "SELECT attempts FROM outbox WHERE topic = 'mail' ORDER BY id", as: Int.self)
    }

    func health() async throws -> HealthResponse.Check? {
        await server.respond(to: HTTPRequest(.get, Route.health.pattern))
            .checks?.first { $0.name == "mail" }
    }

    func close() async {
        mailbox.stop()
        await world.close()
    }
}
