import Cryptography
import Database
import Foundation
import StellarXDR
import Travel

/// What a mail is about.
enum MailKind: String, CaseIterable, Sendable {
    /// There is a ticket.
    case confirmed
    /// The airline cannot confirm; the money will return.
    case failed
    /// All of the money has returned.
    case refunded
    /// The traveller has cancelled.
    case cancelled
    /// The arbiters have divided the money.
    case resolved
    /// The airline has changed a flight.
    case changed
    /// The airline has changed the trip, and the traveller has to say something.
    case rescheduled
    /// The numbers of the tickets have come.
    case ticketed

    /// What a status is worth to be mailed about; `nil` where the traveller knows already.
    init?(_ status: BookingStatus) {
        switch status {
        case .confirmed: self = .confirmed
        case .refunding: self = .failed
        case .refunded: self = .refunded
        case .cancelled: self = .cancelled
        case .resolved: self = .resolved
        case .awaitingPayment, .lapsed, .confirming, .changed, .completed, .disputed: return nil
        }
    }
}

/// Puts into the outbox what travellers are to be mailed about: in the transaction that makes it
/// true, once for each thing that happens to a booking.
struct MailNews: Sendable {
    let mails: MailRepository
    let outbox: Outbox
    let now: @Sendable () -> Instant

    /// The outbox topic.
    static let topic = "mail"

    /// Looks at a booking, and writes down what is new of it.
    func announce(_ id: BookingID, in transaction: DatabaseTransaction) async throws {
        guard let status = try await mails.status(of: id, in: transaction),
            let kind = MailKind(status)
        else { return }
        try await add(kind, of: id, because: "status.\(status.rawValue)", in: transaction)
    }

    /// Writes down one thing that happened.
    func add(
        _ kind: MailKind, of id: BookingID, because event: String,
        in transaction: DatabaseTransaction
    ) async throws {
        // The mail's own name: the same for the same event, so that whoever gets it twice can tell.
        let mail = Hex.encode(SHA256.hash(Array("\(id).\(event)".utf8)).prefix(16))
        let time = now()
        let isNews = try await mails.add(
            mail, kind, of: id, because: event, now: time, in: transaction)
        guard isNews else { return }
        try await outbox.add(
            "\(Self.topic).\(mail)", topic: Self.topic, payload: Array(mail.utf8),
            now: time.seconds, in: transaction)
    }
}
