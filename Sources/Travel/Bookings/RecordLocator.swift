/// The short name of a booking that people can read out: `K7M2QX`.
///
/// Not a secret and not unique across airlines; what reads a booking is its token.
public struct RecordLocator: Hashable, Sendable {
    /// Six characters without 0, O, 1 and I.
    public let text: String

    /// How many characters ours have.
    public static let length = 6

    /// Letters and digits that cannot be mistaken for another.
    private static let alphabet = Array("23456789ABCDEFGHJKLMNPQRSTUVWXYZ".utf8)

    /// What must not be read out at a counter.
    private static let banned = [
        "ASS", "CUM", "FAG", "FUC", "FUK", "KKK", "NAZ", "SEX", "SHT", "TWAT",
    ]

    /// Reads a locator, in either case.
    /// - Throws: `malformedLocator`.
    public init(parsing text: String) throws(TravelError) {
        let characters = text.uppercased()
        guard characters.utf8.count == Self.length,
            characters.utf8.allSatisfy(Self.alphabet.contains)
        else { throw .malformedLocator(text) }
        self.text = characters
    }

    /// The locator that random bytes make: `nil` if there are fewer than six, or if they spell
    /// something rude and others must be drawn.
    public init?(randomBytes bytes: [UInt8]) {
        guard bytes.count >= Self.length else { return nil }
        let characters = bytes.prefix(Self.length).map { Self.alphabet[Int($0) & 31] }
        text = String(decoding: characters, as: UTF8.self)
        guard !Self.banned.contains(where: text.contains) else { return nil }
    }
}

extension RecordLocator: TextCodable {
    /// The locator.
    public var description: String { text }
}
