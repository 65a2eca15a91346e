import Cache
import Cryptography
import Database
import Foundation
import HTTP
import Stellar
import StellarXDR
import Telemetry
import Testing
import TraqoraAPI
import Travel

@testable import TraqoraServer

/// Accounts are told of their bookings.
@Suite(.serialized) struct WebhookTests {
    /// What an account named, and what came there.
    private final class Receiver: Sendable {
        struct Letter: Sendable {
            var message: WebhookMessage
            var signature: String
            var body: [UInt8]
        }

        private let state = Lock((letters: [Letter](), status: HTTPStatus.noContent))

        var letters: [Letter] { state.withLock { $0.letters } }
        func set(_ status: HTTPStatus) { state.withLock { $0.status = status } }

        func receive(_ request: HTTPRequest) throws -> HTTPResponse {
            let letter = Letter(
                message: try request.json(as: WebhookMessage.self),
                signature: request.headers["Traqora-Signature"] ?? "", body: request.body)
            return .empty(
                state.withLock { state in
                    if state.status.isSuccess { state.letters.append(letter) }
                    return state.status
                })
        }
    }

    /// A server that may tell addresses of this machine, an account that is signed in, and an
    /// address that it named.
    private struct Story {
        let world: TestWorld
        let server: TraqoraServer
        let receiver = Receiver()
        let mailbox: HTTPServer
        let account: HTTPHeaders
        let webhook: AddWebhookResponse

        init(_ engine: Engine) async throws {
            world = try await TestWorld(engine)
            var configuration = world.configuration
            configuration.areWebhooksLocal = true
            let clock = world.clock
            server = TraqoraServer(
                configuration, database: world.database,
                cache: SharedCache(now: { Double(clock.now.seconds) }), client: world.client,
                log: .silent, now: { clock.now })
            let receiver = receiver
            mailbox = HTTPServer { (try? receiver.receive($0)) ?? .empty(.badRequest) }
            let port = try await mailbox.start()
            account = try await Self.signIn(world, server)
            webhook = try await world.post(
                .addWebhook, nil, AddWebhookRequest(url: "http://127.0.0.1:\(port)/news"),
                headers: account, to: server
            ).json()
        }

        private static func signIn(_ world: TestWorld, _ server: TraqoraServer) async throws
            -> HTTPHeaders
        {
            let challenge = try await world.post(
                .signInChallenge, nil, SignInChallengeRequest(account: world.traveller.address),
                to: server
            ).json(as: SignInChallengeResponse.self)
            let signature = Base64.encode(
                world.traveller.signMessage(Array(challenge.message.utf8)))
            let tokens = try await world.post(
                .signIn, nil, SignInRequest(id: challenge.id, signature: signature), to: server
            ).json(as: SignInResponse.self)
            return ["Authorization": "Bearer \(tokens.accessToken)"]
        }

        func book() async throws -> CreateBookingResponse {
            var headers = account
            headers["Idempotency-Key"] = UUID().uuidString
            return try await world.post(
                .createBooking, nil, world.request(world.offer()), headers: headers, to: server
            ).json()
        }

        func confirm() async throws -> BookingID {
            let made = try await book()
            _ = try await world.pay(made)
            try await world.work(server)
            return made.booking.id
        }

        func hooks() async throws -> [WebhookResponse] {
            try await world.post(.webhooks, headers: account, to: server)
                .json(as: WebhooksResponse.self).webhooks
        }

        func close() async {
            await mailbox.stop()
            await world.close()
        }
    }

    @Test(arguments: Engine.all)
    func `each status is told once, signed, and without a word about anybody`(engine: Engine)
        async throws
    {
        let story = try await Story(engine)
        let id = try await story.confirm()
        while try await story.server.parts.webhookSender.run() > 0 {}
        let letters = story.receiver.letters
        #expect(Set(letters.map(\.message.status)) == [.confirming, .confirmed])
        #expect(letters.count == 2)
        let secret = try #require(Hex.decode(story.webhook.secret))
        for letter in letters {
            #expect(letter.message.bookingID == id)
            #expect(
                letter.signature
                    == WebhookSender.signature(
                        of: letter.body, with: secret, at: story.world.clock.now))
            #expect(!String(decoding: letter.body, as: UTF8.self).contains("Ada"))
        }
        let hook = try #require(try await story.hooks().first)
        #expect(hook.deliveredAt == story.world.clock.now && hook.failure == nil)
        await story.close()
    }

    @Test func `the signature is what anybody can calculate`() {
        let signature = WebhookSender.signature(
            of: Array("{}".utf8), with: Array("key".utf8), at: Instant(seconds: 1_700_000_000))
        // printf '1700000000.{}' | openssl dgst -sha256 -hmac key
        #expect(
            signature
                == "t=1700000000,v1=9d713ed406bb7076d4123f0dc2c39d2df5c654ed4b0cd56b52c8b4c940bd63ae"
        )
    }

    @Test(arguments: Engine.all)
    func `an address that does not answer well is tried again, and in the end given up`(
        engine: Engine
    ) async throws {
        let story = try await Story(engine)
        story.receiver.set(.internalServerError)
        _ = try await story.confirm()
        let sender = story.server.parts.webhookSender
        #expect(try await sender.run() == 0)
        let hook = try #require(try await story.hooks().first)
        #expect(hook.failure == "it answered with status 500")
        #expect(hook.deliveredAt == nil)
        story.world.clock.advance(by: 5)
        story.receiver.set(.noContent)
        #expect(try await sender.run() == 2)
        #expect(try await story.hooks().first?.failure == nil)

        story.receiver.set(.gone)
        _ = try await story.confirm()
        for _ in 0..<WebhookSender.attemptsMax {
            _ = try await sender.run()
            story.world.clock.advance(by: WebhookSender.pauseSecondsMax)
        }
        // Whoever runs the service sees them, and may have one tried again.
        let outbox = Outbox(story.world.database)
        let now = story.world.clock.now.seconds
        let dead = try await outbox.entries(topic: "webhook", limit: 9, now: now)
        #expect(dead.map(\.state) == [.dead, .dead])
        #expect(dead.first?.lastError == "it answered with status 410")
        #expect(story.receiver.letters.count == 2)
        story.receiver.set(.noContent)
        #expect(try await sender.run() == 0)
        #expect(try await outbox.revive(dead[0].id, now: now))
        #expect(try await sender.run() == 1)
        await story.close()
    }

    @Test func `who removes an address is told no more, and nobody else can`() async throws {
        let story = try await Story(.sqlite)
        let id = story.webhook.webhook.id
        let path = Route.removeWebhook.pattern.replacing("{id}", with: id)
        let stranger = await story.server.answer(to: HTTPRequest(.delete, path))
        #expect(stranger.problemCode == "auth.token_missing")
        _ = try await story.confirm()
        let removed = await story.server.answer(
            to: HTTPRequest(.delete, path, headers: story.account))
        #expect(removed.status == .noContent)
        let again = await story.server.answer(
            to: HTTPRequest(.delete, path, headers: story.account))
        #expect(again.problemCode == "webhooks.unknown")
        while try await story.server.parts.webhookSender.run() > 0 {}
        #expect(story.receiver.letters.isEmpty)
        await story.close()
    }

    private static let form =
        "Name an address as https://example.com/path, without name and password in it."

    @Test func `addresses that cannot be told are refused`() async throws {
        let story = try await Story(.sqlite)
        for url in [
            "", "example.com", "ftp://example.com/", "https://a:b@example.com/", "https://",
        ] {
            let answer = try await story.world.post(
                .addWebhook, nil, AddWebhookRequest(url: url), headers: story.account,
                to: story.server)
            #expect(answer.problemCode == "webhooks.address_refused", "\(url)")
        }
        // On any other network than a developer's, nothing goes without encryption.
        #expect(throws: ProblemCode.webhookAddress.problem(Self.form)) {
            try WebhookHandlers.address("http://example.com/", allowsPlainHTTP: false)
        }
        for count in 1...WebhookHandlers.countMax {
            let answer = try await story.world.post(
                .addWebhook, nil, AddWebhookRequest(url: "https://example.com/\(count)"),
                headers: story.account, to: story.server)
            let isRoom = count < WebhookHandlers.countMax
            #expect(isRoom ? answer.status == .created : answer.problemCode == "webhooks.too_many")
        }
        await story.close()
    }

    @Test func `an address of this machine is not reached where it must not be`() async throws {
        let story = try await Story(.sqlite)
        _ = try await story.confirm()
        // The default server takes the task that the other left.
        #expect(try await story.world.server.parts.webhookSender.run() == 0)
        #expect(story.receiver.letters.isEmpty)
        #expect(try await story.hooks().first?.failure == "http_client.unreachable")
        await story.close()
    }
}
