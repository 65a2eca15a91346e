import HTTP
import Telemetry
import Testing
import TraqoraServer

@testable import traqora

/// Where mail goes out, as settings say it.
@Suite struct MailSettingTests {
    private func faults(_ values: [String: String]) -> [String] {
        do {
            _ = try Settings(values)
            return []
        } catch {
            return error.faults.map(\.name).sorted()
        }
    }

    private static let whole = [
        "SMTP_URL": "smtps://mail.example.org:465/", "SMTP_USER": "us",
        "SMTP_PASSWORD": "hunter2 of ours", "MAIL_FROM": "Traqora <bookings@example.org>",
    ]

    @Test func `a server and a sender turn mail on, encrypted but on this machine`() throws {
        let mail = try #require(try Settings(Self.whole).mail.configuration)
        #expect(mail.server.url == "smtps://mail.example.org:465")
        #expect(mail.server.user == "us" && mail.server.requiresEncryption)
        #expect(mail.server.password?.reveal() == "hunter2 of ours")
        #expect(mail.server.domain == "example.org" && mail.sender.name == "Traqora")
        #expect(!"\(mail)".contains("hunter2"))
        for (url, isEncrypted) in [
            ("smtp://127.0.0.1:2525", false), ("smtp://localhost", false),
            ("smtp://[::1]:25", false), ("smtp://127.0.0.1.example.org", true),
            ("smtp://localhost.example.org:25", true), ("smtp://mail.example.org", true),
        ] {
            let settings = try Settings(["SMTP_URL": url, "MAIL_FROM": "a@example.org"])
            #expect(settings.mail.configuration?.server.requiresEncryption == isEncrypted)
        }
        #expect(try Settings([:]).mail.configuration == nil)
    }

    @Test(
        arguments: [
            (["SMTP_URL": "http://mail.example.org", "MAIL_FROM": "a@b.cd"], "SMTP_URL"),
            (["SMTP_URL": "smtp://", "MAIL_FROM": "a@b.cd"], "SMTP_URL"),
            (["SMTP_URL": "smtp://us:pass@mail.example.org", "MAIL_FROM": "a@b.cd"], "SMTP_URL"),
            (["SMTP_URL": "smtp://mail.example.org/x", "MAIL_FROM": "a@b.cd"], "SMTP_URL"),
            (["SMTP_URL": "smtp://mail.example.org"], "MAIL_FROM"),
            (["MAIL_FROM": "a@example.org"], "SMTP_URL"),
            (["SMTP_URL": "smtp://mail.example.org", "MAIL_FROM": "nobody"], "MAIL_FROM"),
        ] as [([String: String], String)])
    func `what cannot be is told`(values: [String: String], name: String) {
        #expect(faults(values).contains(name))
    }

    @Test func `a name without a password is no name`() {
        var values = Self.whole
        values["SMTP_PASSWORD"] = nil
        #expect(faults(values) == ["SMTP_PASSWORD"])
    }
}
