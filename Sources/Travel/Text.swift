/// A value that is one string in JSON, the one its `description` gives.
public protocol TextCodable: Codable, CustomStringConvertible {
    /// Reads what `description` wrote.
    init(parsing text: String) throws(TravelError)
}

extension TextCodable {
    /// Reads the string; a wrong one is a decoding error that quotes the reason.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        do {
            try self.init(parsing: text)
        } catch {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "\(error)")
        }
    }

    /// Writes the string.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

/// The number that ASCII digits spell; `nil` for anything else, and for none or more than nine.
func number(_ digits: some Collection<UInt8>) -> Int? {
    guard (1...9).contains(digits.count) else { return nil }
    var value = 0
    for digit in digits {
        guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
        value = value * 10 + Int(digit - UInt8(ascii: "0"))
    }
    return value
}

/// `value` with zeros in front.
func padded(_ value: Int, to width: Int) -> String { padded(String(value), to: width) }

/// `digits` with zeros in front.
func padded(_ digits: String, to width: Int) -> String {
    String(repeating: "0", count: max(0, width - digits.count)) + digits
}
