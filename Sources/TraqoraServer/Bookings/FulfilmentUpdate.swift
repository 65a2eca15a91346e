import Database
import Foundation
import Travel

/// What a worker is told to do, in the outbox.
struct FulfilmentTask: Codable, Sendable, Equatable {
    var booking: BookingID
    var action: Fulfilment.Action

    /// The outbox topic.
    static let topic = "fulfilment"
}

/// Moving a booking's own state: decides by the pure rule, then stores state, journal and what is
/// to be done in one transaction.
struct FulfilmentUpdate: Sendable {
    let database: Database
    let bookings: BookingRepository
    let outbox: Outbox
    let news: WebhookNews
    /// `nil` where nobody is mailed.
    let mail: MailNews?
    let now: @Sendable () -> Instant

    /// The money alone has moved: our side is as it was.
    func tell(of id: BookingID) async throws {
        let (news, mail) = (news, mail)
        try await database.transaction(isolation: .readCommitted) { transaction in
            try await news.announce(id, in: transaction)
            try await mail?.announce(id, in: transaction)
        }
    }

    /// Applies what was heard.
    ///
    /// - Parameter changes: what else belongs to the news, in the same transaction.
    /// - Returns: the state afterwards; `nil` if the booking is not there. Who moves it at the same
    ///   time waits, so that no news are lost.
    /// - Throws: `OutOfOrder` for news that cannot be.
    @discardableResult
    func apply(
        _ event: Fulfilment.Event, to id: BookingID,
        changes: @Sendable (Transaction) async throws -> Void = { _ in }
    ) async throws -> Fulfilment? {
        let time = now()
        return try await database.transaction(isolation: .readCommitted) { transaction in
            guard let before = try await bookings.fulfilment(of: id, in: transaction) else {
                return nil
            }
            let (after, action) = try before.after(event)
            guard after != before || action != nil else { return after }
            let number = try await bookings.advance(
                id, from: before, to: after, because: "\(event)", action: action?.rawValue,
                now: time, in: transaction)
            guard let number else { return nil }
            // The ledger's word was what the task before waited for.
            if event == .ticketed, number > 1 {
                try await outbox.drop("\(id).\(number - 1)", in: transaction)
            }
            try await changes(transaction)
            try await news.announce(id, in: transaction)
            try await mail?.announce(id, in: transaction)
            if let action {
                let task = FulfilmentTask(booking: id, action: action)
                try await outbox.add(
                    "\(id).\(number)", topic: FulfilmentTask.topic,
                    payload: Array(JSONEncoder().encode(task)), now: time.seconds, in: transaction)
            }
            return after
        }
    }
}
