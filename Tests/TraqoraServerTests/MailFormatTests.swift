import Foundation
import Testing
import Travel

@testable import TraqoraServer

/// Mails as bytes.
@Suite struct MailFormatTests {
    private func message(
        subject: String = "x", text: String = "x\n", sender: String = "bookings@example.org"
    ) throws -> MailMessage {
        MailMessage(
            sender: try MailSender(parsing: sender),
            recipient: try EmailAddress(parsing: "ada@example.com"), subject: subject, text: text,
            attachments: [
                .init(
                    name: "a.bin", contentType: "application/octet-stream",
                    bytes: (0...255).map { UInt8($0) })
            ], id: "0f0f", date: Instant(seconds: 1_795_608_425))
    }

    private static let texts = [
        "plain", "", "Über – 東京 \u{1F600}", String(repeating: "wort ", count: 60),
        String(repeating: "ü", count: 300), String(repeating: "x", count: 200), "=?utf-8?B?eA==?=",
        "trailing ", "a\tb",
    ]

    @Test(arguments: texts)
    func `a subject of any words and length comes out as it went in`(subject: String) async throws {
        let bytes = try message(subject: subject).bytes
        #expect(Self.lines(bytes).allSatisfy { $0.utf8.count <= 78 })
        let read = try await MailReader.read(bytes)
        let blank = { (text: String) in
            text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        }
        #expect(blank(read.subject) == blank(subject))
        #expect(read.defects == 0)
        #expect(read.date == "2026-11-25T12:07:05Z")
    }

    @Test(arguments: texts.map { "\($0)\nFrom here\n.\n" })
    func `a text of any script comes out as it went in`(text: String) async throws {
        let bytes = try message(text: text).bytes
        #expect(bytes.allSatisfy { $0 < 0x80 })
        #expect(Self.lines(bytes).allSatisfy { $0.utf8.count <= 78 && !$0.hasPrefix("From ") })
        let read = try await MailReader.read(bytes)
        #expect(read.parts[0].text.replacing("\r\n", with: "\n") == text)
    }

    @Test(arguments: [
        "a\r\nBcc: evil@example.com", "a\nBcc: evil@example.com", "a\r\n\r\nbody",
        "a\u{2028}Bcc: evil@example.com", "a\u{0}b", "a\u{85}Bcc: x@y.zz",
    ])
    func `nothing in a field begins another one`(hostile: String) async throws {
        let bytes = try message(
            subject: hostile, sender: "\(hostile) <bookings@example.org>"
        ).bytes
        let head = Self.lines(bytes).prefix { !$0.isEmpty }
        let names = head.filter { !$0.hasPrefix(" ") }.map { $0.prefix { $0 != ":" } }
        #expect(
            names == [
                "Date", "From", "To", "Subject", "Message-ID", "Auto-Submitted", "MIME-Version",
                "Content-Type",
            ])
        #expect(!head.contains { $0.lowercased().hasPrefix("bcc") })
        #expect(throws: TravelError.self) { try EmailAddress(parsing: hostile + "@example.org") }
    }

    @Test(
        arguments: [
            ("bookings@example.org", nil), ("Traqora <bookings@example.org>", "Traqora"),
            ("\"Traqora, Ltd. \\ \" <bookings@example.org>", "Traqora, Ltd. \\ "),
            ("<bookings@example.org>", nil), ("Büro <bookings@example.org>", "Büro"),
        ] as [(String, String?)])
    func `whom mail comes from is a name and an address`(text: String, name: String?) async throws {
        let sender = try MailSender(parsing: text)
        #expect(
            sender.name?.trimmingCharacters(in: .whitespaces)
                == name?.trimmingCharacters(in: .whitespaces))
        #expect(sender.address.text == "bookings@example.org" && sender.domain == "example.org")
        let read = try await MailReader.read(message(sender: text).bytes)
        let shown = name.map { "\($0) <" } ?? " <"
        #expect(read.from == shown + "bookings@example.org>")
    }

    @Test(arguments: ["", "x", "Traqora <x>", "Traqora <a@b.c> d", "a@b.c <", "> <"])
    func `what is no sender is none`(text: String) {
        #expect(throws: TravelError.self) { try MailSender(parsing: text) }
    }

    @Test func `a line of the text is broken where it is too long, and what ends it is not lost`() {
        let long = String(repeating: "a", count: 76)
        #expect(QuotedPrintable.encode(long) == long)
        let broken = QuotedPrintable.encode(long + "b")
        #expect(broken == String(long.dropLast()) + "=\r\nab")
        #expect(QuotedPrintable.encode("a \n\tb\t") == "a=20\r\n\tb=09")
        #expect(QuotedPrintable.encode("ü=") == "=C3=BC=3D")
        #expect(QuotedPrintable.encode("a\rb") == "a=0Db")
    }

    private static func lines(_ bytes: [UInt8]) -> [String] {
        String(decoding: bytes, as: UTF8.self).components(separatedBy: "\r\n")
    }
}
