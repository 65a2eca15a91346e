/// How someone is addressed on a ticket.
public enum PassengerTitle: String, Hashable, Codable, CaseIterable, Sendable {
    case mr, ms, mrs, miss, dr
}

/// What stands in the gender field of a ticket: airlines and borders ask for it.
public enum PassengerGender: String, Hashable, Codable, CaseIterable, Sendable {
    case female = "f"
    case male = "m"
    /// X in the passport.
    case unspecified = "x"
    case undisclosed = "u"
}

/// An address for mail that has the form of one; whether anyone reads it is another matter.
public struct EmailAddress: Hashable, Sendable {
    /// The address.
    public let text: String

    /// How long one may be (RFC 5321 §4.5.3.1.3).
    public static let lengthMax = 254

    /// Reads an address: a name, `@` and a domain with a dot, printable ASCII without spaces.
    /// - Throws: `malformedEmail`.
    public init(parsing text: String) throws(TravelError) {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        let isPlain = text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7f }
        let special = ",;:<>()[]\\\""
        guard parts.count == 2, !parts[0].isEmpty, parts[1].contains("."),
            parts[1].split(separator: ".", omittingEmptySubsequences: false)
                .allSatisfy({ !$0.isEmpty }),
            isPlain, !text.contains(where: special.contains), text.utf8.count <= Self.lengthMax
        else { throw .malformedEmail(text) }
        self.text = text
    }
}

extension EmailAddress: TextCodable {
    /// The address.
    public var description: String { text }
}

/// A telephone number with its country: `+442080160508` (E.164).
public struct PhoneNumber: Hashable, Sendable {
    /// The plus sign and 7 to 15 digits.
    public let text: String

    /// Reads a number; spaces, hyphens, dots and brackets between the digits mean nothing.
    /// - Throws: `malformedPhone`.
    public init(parsing text: String) throws(TravelError) {
        let kept = text.filter { !" -.()".contains($0) }
        let digits = kept.dropFirst()
        guard kept.first == "+", (7...15).contains(digits.utf8.count),
            digits.utf8.allSatisfy(isDigit), digits.first != "0"
        else { throw .malformedPhone(text) }
        self.text = kept
    }

    /// The code of the country, as the numbering plan of the ITU gives it: one to three digits.
    public var countryCallingCode: String {
        let digits = text.dropFirst()
        let one: Set<Character> = ["1", "7"]
        if let first = digits.first, one.contains(first) { return String(first) }
        let two = String(digits.prefix(2))
        return Self.twoDigitCodes.contains(two) ? two : String(digits.prefix(3))
    }

    /// The number inside the country.
    public var nationalNumber: String {
        String(text.dropFirst(1 + countryCallingCode.count))
    }

    /// ITU-T E.164, the codes with two digits; those with one are 1 and 7, all others have three.
    private static let twoDigitCodes: Set<String> = [
        "20", "27", "30", "31", "32", "33", "34", "36", "39", "40", "41", "43", "44", "45", "46",
        "47", "48", "49", "51", "52", "53", "54", "55", "56", "57", "58", "60", "61", "62", "63",
        "64", "65", "66", "81", "82", "84", "86", "90", "91", "92", "93", "94", "95", "98",
    ]
}

extension PhoneNumber: TextCodable {
    /// The number.
    public var description: String { text }
}
