import Cryptography
import Database
import Foundation
import HTTP
import StellarXDR
import Telemetry
import TraqoraAPI
import Travel

/// Delivers what accounts want to be told, each message at least once.
///
/// A message is signed, so that who gets it knows that it is ours and when it was sent: the field
/// `Traqora-Signature` is `t=SECONDS,v1=HEX`, HMAC-SHA-256 with the address's secret over the
/// seconds, a dot and the body.
struct WebhookSender: Sendable {
    let webhooks: WebhookRepository
    let outbox: Outbox
    let client: HTTPClient
    let holder: String
    let log: Logger
    let now: @Sendable () -> Instant

    /// How many are sent in one round, beside each other.
    static let batchMax = 16
    /// How long one address may take to answer.
    static let answerTimeMax = Duration.seconds(10)
    /// How long one may take before another process takes it over.
    static let taskSecondsMax: Int64 = 60
    /// How often one is tried: over some two days.
    static let attemptsMax = 16
    /// The longest pause before it is tried again.
    static let pauseSecondsMax: Int64 = 6 * 3_600

    /// One round.
    /// - Returns: how many arrived.
    func run() async throws -> Int {
        let tasks = try await outbox.take(
            topic: WebhookNews.topic, limit: Self.batchMax, for: holder,
            seconds: Self.taskSecondsMax, now: now().seconds)
        return try await withThrowingTaskGroup { group in
            for task in tasks { group.addTask { try await perform(task) } }
            return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
    }

    /// - Returns: whether it arrived.
    private func perform(_ task: Outbox.Message) async throws -> Bool {
        guard
            let wanted = try? JSONDecoder().decode(
                WebhookNews.Task.self, from: Data(task.payload)),
            let webhook = try await webhooks.find(wanted.webhook)
        else {
            // Nobody wants to be told any more.
            try await outbox.finish(task.id, by: holder)
            return false
        }
        guard let failure = try await send(wanted.message, to: webhook) else {
            try await webhooks.setDelivered(webhook.id, at: now())
            try await outbox.finish(task.id, by: holder)
            return true
        }
        try await webhooks.setFailure(failure, of: webhook.id, at: now())
        guard task.attempts < Self.attemptsMax else {
            log.warning(
                "A message was not taken and is given up",
                ["webhook": .string(webhook.id), "error": .string(failure)])
            try await outbox.bury(
                task.id, by: holder, because: failure, now: now().seconds)
            return false
        }
        let pause = min(Self.pauseSecondsMax, Int64(5) << min(12, task.attempts - 1))
        try await outbox.retry(
            task.id, by: holder, at: now().seconds + pause, because: failure)
        return false
    }

    /// - Returns: why it did not arrive, `nil` if it did.
    private func send(_ message: WebhookMessage, to webhook: WebhookRow) async throws -> String? {
        let body = Array(try HTTPResponse.jsonEncoder.encode(message))
        let request = HTTPClient.Request(
            .post, webhook.url,
            headers: [
                "Content-Type": "application/json",
                "Traqora-Signature": Self.signature(of: body, with: webhook.secret, at: now()),
            ], body: body, totalTimeMax: Self.answerTimeMax)
        do {
            let status = try await client.send(request).status
            return status.isSuccess ? nil : "it answered with status \(status)"
        } catch {
            return error.code
        }
    }

    /// The field that proves who sent a body, and when.
    static func signature(of body: [UInt8], with secret: [UInt8], at time: Instant) -> String {
        let code = HMACSHA256.code(
            for: Array("\(time.seconds).".utf8) + body, key: secret)
        return "t=\(time.seconds),v1=\(Hex.encode(code))"
    }
}
