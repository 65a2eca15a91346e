import Cryptography
import Database
import Foundation
import StellarXDR
import TraqoraAPI
import Travel

/// Puts into the outbox what accounts want to be told: in the transaction that makes it true, once
/// for each status that a booking comes to.
struct WebhookNews: Sendable {
    let webhooks: WebhookRepository
    let outbox: Outbox
    let now: @Sendable () -> Instant

    /// A message that is to be delivered.
    struct Task: Codable, Sendable {
        var webhook: String
        var message: WebhookMessage
    }

    /// The outbox topic.
    static let topic = "webhook"

    /// Looks at a booking and announces what is new of it.
    func announce(_ id: BookingID, in transaction: DatabaseTransaction) async throws {
        guard let told = try await webhooks.told(of: id, in: transaction), let owner = told.owner,
            told.status != told.announced,
            try await webhooks.setTold(
                told.status, of: id, after: told.announced, in: transaction)
        else { return }
        let time = now()
        let addresses = try await webhooks.all(of: owner, in: transaction)
        for webhook in addresses where webhook.topics.contains(.bookings) {
            let name = "\(webhook.id).\(id).\(told.status.rawValue).\(time.seconds)"
            let message = WebhookMessage(
                id: Hex.encode(SHA256.hash(Array(name.utf8)).prefix(16)), bookingID: id,
                status: told.status, at: time)
            try await outbox.add(
                "\(Self.topic).\(message.id)", topic: Self.topic,
                payload: Array(JSONEncoder().encode(Task(webhook: webhook.id, message: message))),
                now: time.seconds, in: transaction)
        }
    }
}
