import Foundation
import StellarXDR
import Travel

/// Fields of a mail's head (RFC 5322), with words of any script in them (RFC 2047). Nothing that
/// is put into one can end it or begin another.
enum MailFields {
    /// How long a line should be, without its end.
    static let lineMax = 76
    /// How many bytes go into one encoded word, so that it fits on a line behind a field's name.
    private static let wordBytesMax = 39

    /// A field of free text.
    static func text(_ name: String, _ text: String) -> String {
        let clean = cleaned(text)
        guard isPlain(clean) else { return encoded(name, clean) }
        return folded("\(name):", clean.split(separator: " ").map(String.init))
    }

    /// A field that says whose an address is: `"Traqora" <bookings@example.org>`.
    static func mailbox(_ name: String, _ person: String?, _ address: EmailAddress) -> String {
        guard let person = person.map(cleaned), !person.isEmpty else {
            return "\(name): \(address.text)"
        }
        guard isPlain(person) else {
            return encoded(name, person) + "\r\n <\(address.text)>"
        }
        let quoted = person.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        return folded("\(name):", ["\"\(quoted)\"", "<\(address.text)>"])
    }

    /// `Wed, 25 Nov 2026 14:07:05 +0000`
    static func date(_ instant: Instant) -> String {
        let local = LocalTime(instant, offsetSeconds: 0)
        let (date, days) = (local.date, ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"])
        let months = [
            "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
        ]
        // `2026-11-25T14:07:05`
        let clock = local.description.split(separator: "T").last ?? "00:00:00"
        return "\(days[date.weekday]), \(date.day < 10 ? "0" : "")\(date.day) "
            + "\(months[date.month - 1]) \(date.year) \(clock) +0000"
    }

    /// Whatever moves a printer's head becomes a blank.
    private static func cleaned(_ text: String) -> String {
        let scalars = text.unicodeScalars.map { scalar -> Unicode.Scalar in
            let category = scalar.properties.generalCategory
            let moves =
                category == .control || category == .lineSeparator
                || category == .paragraphSeparator
            return moves ? " " : scalar
        }
        var clean = String.UnicodeScalarView()
        clean.append(contentsOf: scalars)
        return String(clean)
    }

    /// Whether it can stand there as it is: ASCII, no word that looks encoded or is too long.
    private static func isPlain(_ text: String) -> Bool {
        text.utf8.allSatisfy { $0 < 0x7f } && !text.contains("=?")
            && text.split(separator: " ").allSatisfy { $0.utf8.count < lineMax - 1 }
    }

    /// Words on as few lines as they need.
    private static func folded(_ name: String, _ words: [String]) -> String {
        var lines: [String] = []
        var line = name
        for word in words {
            if line.utf8.count + 1 + word.utf8.count > lineMax, line != name {
                lines.append(line)
                line = ""
            }
            line += " \(word)"
        }
        return (lines + [line]).joined(separator: "\r\n")
    }

    private static func encoded(_ name: String, _ text: String) -> String {
        var words: [String] = []
        var bytes: [UInt8] = []
        let close = {
            words.append("=?utf-8?B?\(Base64.encode(bytes))?=")
            bytes = []
        }
        // No character is parted between two words.
        for scalar in text.unicodeScalars {
            let next = Array(String(scalar).utf8)
            if bytes.count + next.count > wordBytesMax { close() }
            bytes += next
        }
        if !bytes.isEmpty { close() }
        return "\(name):" + words.map { " \($0)" }.joined(separator: "\r\n")
    }
}
