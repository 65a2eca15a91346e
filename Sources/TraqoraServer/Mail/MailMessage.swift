import StellarXDR
public import Travel

/// A mail: a text with files (RFC 5322, 2045, 2046).
struct MailMessage: Sendable {
    /// A file that comes along.
    struct Attachment: Sendable {
        /// Letters, digits, dots and hyphens.
        var name: String
        var contentType: String
        var bytes: [UInt8]
    }

    /// Who writes.
    var sender: MailSender
    /// Whom to.
    var recipient: EmailAddress
    var subject: String
    /// Lines ended by a line feed.
    var text: String
    var attachments: [Attachment]
    /// What no other mail is called: letters and digits.
    var id: String
    /// When the news came; the same however often it is sent.
    var date: Instant

    /// Head and body; lines end with CR LF.
    var bytes: [UInt8] {
        let boundary = "=_\(id)"
        var lines = [
            "Date: \(MailFields.date(date))",
            MailFields.mailbox("From", sender.name, sender.address),
            MailFields.mailbox("To", nil, recipient),
            MailFields.text("Subject", subject),
            "Message-ID: <\(id)@\(sender.domain)>",
            // So that nobody's holiday notice answers it (RFC 3834).
            "Auto-Submitted: auto-generated",
            "MIME-Version: 1.0",
            "Content-Type: multipart/mixed; boundary=\"\(boundary)\"",
            "", "--\(boundary)",
            "Content-Type: text/plain; charset=utf-8",
            "Content-Transfer-Encoding: quoted-printable", "",
            QuotedPrintable.encode(text),
        ]
        for attachment in attachments {
            lines += [
                "--\(boundary)", "Content-Type: \(attachment.contentType)",
                "Content-Disposition: attachment; filename=\"\(attachment.name)\"",
                "Content-Transfer-Encoding: base64", "",
            ]
            lines += Self.base64Lines(attachment.bytes)
        }
        lines += ["--\(boundary)--", ""]
        return Array(lines.joined(separator: "\r\n").utf8)
    }

    /// Lines of 76 characters.
    private static func base64Lines(_ bytes: [UInt8]) -> [String] {
        let size = 57
        return stride(from: 0, to: bytes.count, by: size).map { start in
            Base64.encode(Array(bytes[start..<min(start + size, bytes.count)]))
        }
    }
}

/// Whom mails come from.
public struct MailSender: Hashable, Sendable {
    /// What people read.
    public let name: String?
    /// What they may answer to.
    public let address: EmailAddress

    /// Reads `bookings@example.org` or `Traqora <bookings@example.org>`.
    /// - Throws: `malformedEmail`.
    public init(parsing text: String) throws(TravelError) {
        guard text.last == ">", let start = text.lastIndex(of: "<") else {
            name = nil
            address = try EmailAddress(parsing: text)
            return
        }
        address = try EmailAddress(parsing: String(text[text.index(after: start)...].dropLast()))
        let words = text[..<start].split(separator: " ").joined(separator: " ")
        let bare =
            words.count > 1 && words.first == "\"" && words.last == "\""
            ? String(words.dropFirst().dropLast()) : words
        name = bare.isEmpty ? nil : bare
    }

    /// Where the address is.
    public var domain: String { String(address.text.split(separator: "@").last ?? "") }
}

/// Text in seven bits and short lines (RFC 2045 §6.7).
enum QuotedPrintable {
    /// How long a line may be, the `=` that goes on included.
    static let lineMax = 76

    /// Lines of `text` end with a line feed; those of the result with CR LF.
    static func encode(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false)
            .map { line(Array($0.utf8)) }.joined(separator: "\r\n")
    }

    private static func line(_ bytes: [UInt8]) -> String {
        var (done, line) = ("", "")
        for (index, byte) in bytes.enumerated() {
            let isBlank = byte == 0x20 || byte == 0x09
            let isLast = index == bytes.count - 1
            // What stands at an end is cut off by some, and "From " by others who keep mail.
            let mustHide =
                byte == UInt8(ascii: "=") || byte > 0x7e || (byte < 0x20 && !isBlank)
                || (isBlank && isLast) || (index == 0 && byte == UInt8(ascii: "F"))
            let unit = mustHide ? escaped(byte) : String(UnicodeScalar(byte))
            if line.utf8.count + unit.utf8.count > lineMax - (isLast ? 0 : 1) {
                done += line + "=\r\n"
                line = ""
            }
            line += unit
        }
        return done + line
    }

    private static func escaped(_ byte: UInt8) -> String {
        let digits = Array("0123456789ABCDEF")
        return "=\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
    }
}
