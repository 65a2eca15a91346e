/// Appointments as calendars read them: RFC 5545.
struct CalendarFile {
    /// One appointment.
    struct Event {
        /// Unique in the world, and the same for the same appointment later.
        var id: String
        /// When it begins and ends, as UTC.
        var begins: String
        var ends: String
        var title: String
        var place: String
        var text: String
        /// `CONFIRMED`, `TENTATIVE` or `CANCELLED`.
        var status: String
        /// Grows with each change, so that a calendar takes the newer one.
        var revision: Int
    }

    /// When it was written, as UTC.
    var written: String
    var events: [Event]

    /// The file; lines end with CR LF and are folded at 75 bytes.
    var bytes: [UInt8] {
        var lines = [
            "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Traqora//Itinerary//EN",
            "CALSCALE:GREGORIAN", "METHOD:PUBLISH",
        ]
        for event in events {
            lines += [
                "BEGIN:VEVENT", "UID:\(event.id)", "DTSTAMP:\(written)",
                "DTSTART:\(event.begins)", "DTEND:\(event.ends)",
                "SEQUENCE:\(event.revision)", "STATUS:\(event.status)",
                "SUMMARY:\(Self.escaped(event.title))", "LOCATION:\(Self.escaped(event.place))",
                "DESCRIPTION:\(Self.escaped(event.text))", "END:VEVENT",
            ]
        }
        lines.append("END:VCALENDAR")
        return lines.flatMap(Self.folded)
    }

    /// Text, §3.3.11: what separates is marked, a new line is written as `\n`.
    private static func escaped(_ text: String) -> String {
        var escaped = ""
        for character in text {
            switch character {
            case "\\", ";", ",": escaped += "\\\(character)"
            case "\n", "\r\n", "\r": escaped += "\\n"
            default: escaped.append(character)
            }
        }
        return escaped
    }

    /// A line, §3.1: of at most 75 bytes, what is longer goes on after a blank. No character is cut
    /// in two.
    private static func folded(_ line: String) -> [UInt8] {
        var bytes: [UInt8] = []
        var length = 0
        for scalar in line.unicodeScalars {
            let character = Array(String(scalar).utf8)
            if length + character.count > 75 {
                bytes += Array("\r\n ".utf8)
                length = 1
            }
            bytes += character
            length += character.count
        }
        return bytes + Array("\r\n".utf8)
    }
}
