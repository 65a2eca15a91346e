/// The texts that are symbols: up to 32 letters, digits and underscores.
enum SymbolText {
    /// Longer texts are no symbols.
    static let maxLength = 32
    /// Up to this many characters stand in the word itself.
    static let maxSmallLength = 9

    /// Six bits for a character, or `nil` if symbols do not have it.
    static func code(of character: UInt8) -> UInt64? {
        switch character {
        case UInt8(ascii: "_"): 1
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt64(character) - 48 + 2
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt64(character) - 65 + 12
        case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt64(character) - 97 + 38
        default: nil
        }
    }

    private static func character(of code: UInt64) -> UInt8? {
        switch code {
        case 1: UInt8(ascii: "_")
        case 2...11: UInt8(code - 2) + 48
        case 12...37: UInt8(code - 12) + 65
        case 38...63: UInt8(code - 38) + 97
        default: nil
        }
    }

    /// The word of a short text, or `nil` if it is too long or has a bad character.
    static func small(_ text: some Collection<UInt8>) -> Val? {
        guard text.count <= maxSmallLength else { return nil }
        var body: UInt64 = 0
        for character in text {
            guard let code = code(of: character) else { return nil }
            body = body << 6 | code
        }
        return Val(.symbolSmall, body: body)
    }

    /// The text of a small symbol; zeros inside it are skipped, as the reference does.
    static func text(of val: Val) -> [UInt8] {
        // Safe: at most ``maxSmallLength`` characters are written, each behind the last.
        unsafe Array(unsafeUninitializedCapacity: maxSmallLength) { text, count in
            var rest = val.body << 10
            while rest != 0 {
                if let character = character(of: rest >> 58) {
                    unsafe text.initializeElement(at: count, to: character)
                    count += 1
                }
                rest <<= 6
            }
        }
    }

    /// Compares two small symbols by their texts, which are not made for it.
    static func order(_ a: Val, _ b: Val) -> Int {
        var (a, b) = (packed(a.body), packed(b.body))
        while a != b {
            let (one, two) = (character(of: a >> 48), character(of: b >> 48))
            if one != two { return (one ?? 0) < (two ?? 0) ? -1 : 1 }
            a = a << 6 & 0x3f_ffff_ffff_ffff
            b = b << 6 & 0x3f_ffff_ffff_ffff
        }
        return 0
    }

    /// The characters' codes moved to the upper end of 54 bits, without zeros between them.
    private static func packed(_ body: UInt64) -> UInt64 {
        var packed: UInt64 = 0
        var shift: UInt64 = 48
        for place in stride(from: UInt64(48), through: 0, by: -6) {
            let code = body >> place & 63
            guard code != 0 else { continue }
            packed |= code << shift
            shift = shift >= 6 ? shift - 6 : 0
        }
        return packed
    }

    static func isValid(_ text: some Collection<UInt8>) -> Bool {
        text.allSatisfy { code(of: $0) != nil }
    }
}
