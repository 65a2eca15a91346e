import Database
public import HTTP
import Telemetry
import TraqoraAPI
import Travel

/// Where mail goes out, and in whose name.
public struct MailConfiguration: Sendable {
    /// The server that takes it.
    public var server: SMTPClient.Configuration
    /// Whom it comes from.
    public var sender: MailSender

    /// Mail through `server`.
    public init(server: SMTPClient.Configuration, sender: MailSender) {
        self.server = server
        self.sender = sender
    }
}

/// Mails travellers what became of their bookings.
///
/// A mail is taken from the outbox under a lease, handed to the server, and noted as sent. Who dies
/// between the two leaves it to another process, which sends it under the same `Message-ID` and
/// date: SMTP cannot do better than "at least once", and programs that keep mail drop what
/// they have.
struct MailWorker: Sendable {
    let mails: MailRepository
    let news: MailNews
    let read: ReadBooking
    let outbox: Outbox
    let client: SMTPClient
    let sender: MailSender
    let tokenSymbol: String
    let holder: String
    let log: Logger
    let now: @Sendable () -> Instant

    /// How many are sent in one round, beside each other.
    static let batchMax = 4
    /// How many changed flights are looked at in one round.
    static let changesMax = 50
    /// How long one may take before another process takes it over: more than the server may.
    static let taskSecondsMax: Int64 = 120
    /// How often one is tried: over some three days.
    static let attemptsMax = 20
    /// The longest pause before it is tried again.
    static let pauseSecondsMax: Int64 = 6 * 3_600

    /// One round.
    /// - Returns: how many were taken by the server.
    func run() async throws -> Int {
        try await noteChanges()
        let tasks = try await outbox.take(
            topic: MailNews.topic, limit: Self.batchMax, for: holder,
            seconds: Self.taskSecondsMax, now: now().seconds)
        return try await withThrowingTaskGroup { group in
            for task in tasks { group.addTask { try await perform(task) } }
            return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
    }

    private func noteChanges() async throws {
        let changes = try await mails.changedFlights(at: now(), limit: Self.changesMax)
        guard !changes.isEmpty else { return }
        let news = news
        try await mails.database.transaction(isolation: .readCommitted) { transaction in
            for change in changes {
                try await news.add(
                    .changed, of: change.booking, because: change.event, in: transaction)
            }
        }
    }

    /// - Returns: whether the server has taken it.
    private func perform(_ task: Outbox.Message) async throws -> Bool {
        guard let mail = try await mails.find(String(decoding: task.payload, as: UTF8.self)),
            mail.sentAt == nil
        else {
            try await outbox.finish(task.id, by: holder)
            return false
        }
        let message: MailMessage?
        do {
            message = try await self.message(mail)
        } catch {
            // A row that cannot be opened must not stop the others.
            try await putBack(task, mail, because: "the booking cannot be read", isFinal: false)
            return false
        }
        guard let message else {
            // The address was erased meanwhile: nobody is to be told.
            try await outbox.finish(task.id, by: holder)
            return false
        }
        do throws(SMTPError) {
            try await client.send(
                from: sender.address.text, to: message.recipient.text, content: message.bytes)
        } catch {
            try await putBack(task, mail, because: "\(error)", isFinal: error.isPermanent)
            return false
        }
        let (mails, outbox, holder, time) = (mails, outbox, holder, now())
        try await mails.database.transaction(isolation: .readCommitted) { transaction in
            try await mails.setSent(mail.id, at: time, in: transaction)
            try await outbox.finish(task.id, by: holder, in: transaction)
        }
        return true
    }

    /// Tried again later, or given up.
    private func putBack(
        _ task: Outbox.Message, _ mail: MailRepository.Mail, because reason: String, isFinal: Bool
    ) async throws {
        let time = now()
        try await mails.setFailure(reason, of: mail.id, at: time)
        guard !isFinal, task.attempts < Self.attemptsMax else {
            log.warning(
                "A mail was not taken and is given up",
                ["booking_id": .string(mail.booking.text), "error": .string(reason)])
            try await outbox.bury(task.id, by: holder, because: reason, now: time.seconds)
            return
        }
        let pause = min(Self.pauseSecondsMax, Int64(15) << min(11, task.attempts - 1))
        try await outbox.retry(
            task.id, by: holder, at: time.seconds + pause, because: reason)
    }

    /// - Returns: `nil` when there is no address to write to any more.
    private func message(_ mail: MailRepository.Mail) async throws -> MailMessage? {
        guard let row = try await read.bookings.find(mail.booking),
            let recipient = row.booking.contact
        else { return nil }
        let booking = try await read.response(for: row)
        let text = MailText(kind: mail.kind, booking: booking, tokenSymbol: tokenSymbol)
        let calendar = ItineraryCalendar(
            booking: booking, revision: try await read.bookings.revision(of: row.booking.id))
        return MailMessage(
            sender: sender, recipient: recipient, subject: text.subject, text: text.text,
            attachments: [
                .init(
                    name: "itinerary-\(booking.locator).pdf", contentType: "application/pdf",
                    bytes: ItineraryPDF.bytes(booking, tokenSymbol: tokenSymbol)),
                .init(
                    name: "itinerary-\(booking.locator).ics",
                    contentType: "text/calendar; charset=utf-8; method=PUBLISH",
                    bytes: calendar.bytes),
            ], id: mail.id, date: mail.createdAt)
    }
}
