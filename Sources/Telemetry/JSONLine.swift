extension Logger.Record {
    /// The record as one line of JSON, without the line feed: `time`, `level`, `message`, then the
    /// keys in their order; a key that is there twice is written as last given.
    public var jsonLine: String {
        var line = #"{"time":"\#(timestamp(time))","level":"\#(level.rawValue)","message":"#
        line.appendJSON("\(message)")
        for (index, (key, value)) in values.enumerated()
        where !values[(index + 1)...].contains(where: { $0.key == key }) {
            line += ","
            line.appendJSON(key)
            line += ":"
            line.appendJSON(value)
        }
        return line + "}"
    }
}

extension String {
    fileprivate mutating func appendJSON(_ value: LogValue) {
        switch value {
        case .string(let text): appendJSON(text)
        case .integer(let number): self += "\(number)"
        case .double(let number) where number.isFinite: self += "\(number)"
        case .double(let number): appendJSON("\(number)")
        case .bool(let flag): self += flag ? "true" : "false"
        }
    }

    /// Appends `text` quoted, RFC 8259 section 7.
    mutating func appendJSON(_ text: String) {
        self += "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": self += "\\\""
            case "\\": self += "\\\\"
            case "\n": self += "\\n"
            case "\u{0}"..<" ":
                let digits = String(scalar.value, radix: 16)
                self += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: unicodeScalars.append(scalar)
            }
        }
        self += "\""
    }
}

/// `2026-11-25T01:02:03.456Z`: RFC 3339 in UTC, with milliseconds.
func timestamp(_ seconds: Double) -> String {
    let milliseconds = Int((seconds * 1000).rounded(.down))
    let days = floorDivide(milliseconds, by: 86_400_000)
    let rest = milliseconds - days * 86_400_000
    let (year, month, day) = civil(daysSince1970: days)
    let parts = [rest / 3_600_000, rest / 60_000 % 60, rest / 1000 % 60].map { padded($0, to: 2) }
    let date = [padded(year, to: 4), padded(month, to: 2), padded(day, to: 2)]
    return date.joined(separator: "-") + "T" + parts.joined(separator: ":") + "."
        + padded(rest % 1000, to: 3) + "Z"
}

private func floorDivide(_ number: Int, by divisor: Int) -> Int {
    let (quotient, remainder) = number.quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? quotient - 1 : quotient
}

/// The Gregorian date of a day, counted in eras of 400 years that begin on 1 March.
private func civil(daysSince1970 days: Int) -> (year: Int, month: Int, day: Int) {
    let shifted = days + 719_468
    let era = floorDivide(shifted, by: 146_097)
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
}

private func padded(_ number: Int, to width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
}
