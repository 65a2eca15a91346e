import Foundation

/// A name as its owner wrote it, and as it stands on a ticket.
///
/// Tickets know the letters A to Z. What cannot be written with them after the usual
/// transliteration (ICAO Doc 9303 part 3 §6) is refused, so that nobody is surprised at the gate.
public struct PassengerName: Hashable, Codable, Sendable {
    /// The given names as typed; empty for people who have one name only.
    public let given: String
    /// The surname as typed.
    public let family: String
    /// `FAMILY/GIVEN` as the airline gets it; `FNU` stands for a given name that there is none of.
    public let ticketed: String

    private enum CodingKeys: String, CodingKey { case given, family, ticketed }

    /// How long a name may be as typed, each part.
    public static let typedLengthMax = 60
    /// How many letters an airline takes for surname and given names together.
    public static let ticketedLengthMax = 59

    /// A name as typed.
    /// - Throws: `malformedName`, `nameTooLong`.
    public init(given: String, family: String) throws(TravelError) {
        let given = given.trimmingCharacters(in: .whitespaces)
        let family = family.trimmingCharacters(in: .whitespaces)
        for part in [given, family] where part.count > Self.typedLengthMax {
            throw .nameTooLong(part, limit: Self.typedLengthMax)
        }
        let familyLetters = try Self.transliterate(family)
        let givenLetters = given.isEmpty ? "FNU" : try Self.transliterate(given)
        ticketed = "\(familyLetters)/\(givenLetters)"
        guard ticketed.utf8.count <= Self.ticketedLengthMax + 1 else {
            throw .nameTooLong("\(given) \(family)", limit: Self.ticketedLengthMax)
        }
        self.given = given
        self.family = family
    }

    /// Reads both parts and checks them as the initialiser does.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        try self.init(
            given: container.decodeIfPresent(String.self, forKey: .given) ?? "",
            family: container.decode(String.self, forKey: .family))
        // What airlines get follows from what was typed; who sends it along says nothing by it.
        _ = try container.decodeIfPresent(String.self, forKey: .ticketed)
    }

    /// Writes both as typed, and what airlines get.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(given, forKey: .given)
        try container.encode(family, forKey: .family)
        try container.encode(ticketed, forKey: .ticketed)
    }

    /// The two parts as the airline gets them.
    public var parts: (family: String, given: String) {
        let parts = ticketed.split(separator: "/", maxSplits: 1).map(String.init)
        return (parts.first ?? "", parts.count > 1 ? parts[1] : "")
    }

    /// Letters that do not come apart into a letter of A to Z and a mark.
    private static let special: [Character: String] = [
        "Ä": "AE", "Ö": "OE", "Ü": "UE", "ß": "SS", "ẞ": "SS", "Æ": "AE", "Œ": "OE", "Ø": "OE",
        "Å": "AA", "Þ": "TH", "Ð": "D", "Đ": "D", "Ł": "L", "Ħ": "H", "ı": "I", "İ": "I",
        "Ŋ": "N", "Ŧ": "T",
    ]

    private static func transliterate(_ typed: String) throws(TravelError) -> String {
        var letters = ""
        for character in typed.precomposedStringWithCanonicalMapping {
            if let replacement = special[character] {
                letters += replacement
                continue
            }
            for upper in String(character).uppercased() {
                if let replacement = special[upper] {
                    letters += replacement
                } else if upper == "-" || upper == " " || upper == "'" || upper == "’" {
                    // Airlines print none of them; what they part is one word or two.
                    if upper == "-" || upper == " " { letters += " " }
                } else {
                    guard let base = baseLetter(of: upper) else { throw .malformedName(typed) }
                    letters.unicodeScalars.append(base)
                }
            }
        }
        guard letters.utf8.contains(where: isLetter) else { throw .malformedName(typed) }
        return letters
    }

    /// The letter of A to Z under the marks of `character`.
    private static func baseLetter(of character: Character) -> Unicode.Scalar? {
        let scalars = String(character).decomposedStringWithCanonicalMapping.unicodeScalars
        guard let base = scalars.first, base.isASCII, isLetter(UInt8(base.value)),
            scalars.dropFirst().allSatisfy({ $0.properties.generalCategory == .nonspacingMark })
        else { return nil }
        return base
    }
}
