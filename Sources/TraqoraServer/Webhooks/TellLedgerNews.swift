import Cryptography
import Database
import Foundation
import Stellar
import StellarXDR
import TraqoraAPI
import Travel

/// Tells accounts what the ledger says of them: in the transaction that writes it down here, each
/// address once.
struct TellLedgerNews: Sendable {
    let news: LedgerNewsRepository
    let outbox: Outbox
    let now: @Sendable () -> Instant

    /// Keeps what is new, and puts the messages about it into the outbox.
    func tell(_ items: [LedgerNews], of event: RPCEvent, in transaction: DatabaseTransaction)
        async throws
    {
        guard !items.isEmpty else { return }
        let place = try EventPlace(event)
        for item in items {
            guard let number = try await news.add(item, event, place, in: transaction) else {
                continue
            }
            let told = LedgerEventResponse(item, place, number: number)
            for webhook in try await news.webhooks(for: item, at: place.time, in: transaction) {
                try await send(told, to: webhook, in: transaction)
            }
        }
    }

    private func send(
        _ event: LedgerEventResponse, to webhook: String, in transaction: DatabaseTransaction
    ) async throws {
        let name = "\(webhook).ledger.\(event.number)"
        let message = WebhookMessage(
            id: Hex.encode(SHA256.hash(Array(name.utf8)).prefix(16)), event: event, at: event.at)
        try await outbox.add(
            "\(WebhookNews.topic).\(message.id)", topic: WebhookNews.topic,
            payload: Array(
                JSONEncoder().encode(WebhookNews.Task(webhook: webhook, message: message))),
            now: now().seconds, in: transaction)
    }
}

extension LedgerEventResponse {
    init(_ news: LedgerNews, _ place: EventPlace, number: Int64) {
        self.init(
            number: number, topic: news.topic, name: news.name, account: news.account,
            airline: news.airline, proposal: news.proposal, escrowID: news.escrowID,
            flightID: news.flightID, at: place.time, transaction: place.transactionHash)
    }
}

extension TellLedgerNews {
    init(_ database: Database, _ outbox: Outbox, _ now: @escaping @Sendable () -> Instant) {
        self.init(news: LedgerNewsRepository(database: database), outbox: outbox, now: now)
    }
}
