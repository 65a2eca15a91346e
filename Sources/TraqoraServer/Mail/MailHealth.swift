import Database
import TraqoraAPI
import Travel

/// Whether mail goes out.
struct MailHealth: Sendable {
    /// `nil` where nobody is mailed.
    let configuration: MailConfiguration?
    let mails: MailRepository
    let now: @Sendable () -> Instant

    init(
        _ configuration: MailConfiguration?, mails: MailRepository,
        now: @escaping @Sendable () -> Instant
    ) {
        self.configuration = configuration
        self.mails = mails
        self.now = now
    }

    func check() async -> HealthResponse.Check {
        guard configuration != nil else {
            return .init(
                name: "mail", status: .ok, detail: "off, SMTP_URL is not set: nobody is mailed")
        }
        do {
            let end = now().adding(seconds: MailWorker.pauseSecondsMax)
            guard let since = try await mails.failingSince(dueBefore: end) else {
                return .init(name: "mail", status: .ok, detail: "none is being refused")
            }
            let seconds = since.seconds(until: now())
            return .init(
                name: "mail", status: .degraded,
                detail: "the mail server does not take what waits, the oldest for \(seconds) s")
        } catch {
            return .init(name: "mail", status: .failing, detail: error.code.rawValue)
        }
    }
}
