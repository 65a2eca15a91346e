import Foundation

/// The characters that Helvetica has in every reader of PDF, and how wide they are.
enum WinAnsi {
    /// The bytes of a text; letters with marks that are not among them lose the marks, what has no
    /// such letter becomes `?`.
    static func encode(_ text: String) -> [UInt8] {
        text.flatMap { character -> [UInt8] in
            if let byte = byte(character) { return [byte] }
            let plain =
                String(character).applyingTransform(.toLatin, reverse: false)?
                .applyingTransform(StringTransform("Latin-ASCII"), reverse: false) ?? "?"
            return plain.map { byte($0) ?? UInt8(ascii: "?") }
        }
    }

    private static func byte(_ character: Character) -> UInt8? {
        let composed = String(character).precomposedStringWithCanonicalMapping.unicodeScalars
        guard let scalar = composed.first, composed.count == 1 else { return nil }
        switch scalar.value {
        case 0x20...0x7E, 0xA0...0xFF: return UInt8(scalar.value)
        default: return above[scalar]
        }
    }

    /// What stands where Latin-1 has control characters.
    private static let above: [Unicode.Scalar: UInt8] = [
        "€": 0x80, "‚": 0x82, "ƒ": 0x83, "„": 0x84, "…": 0x85, "†": 0x86, "‡": 0x87, "ˆ": 0x88,
        "‰": 0x89, "Š": 0x8A, "‹": 0x8B, "Œ": 0x8C, "Ž": 0x8E, "‘": 0x91, "’": 0x92, "“": 0x93,
        "”": 0x94, "•": 0x95, "–": 0x96, "—": 0x97, "˜": 0x98, "™": 0x99, "š": 0x9A, "›": 0x9B,
        "œ": 0x9C, "ž": 0x9E, "Ÿ": 0x9F,
    ]

    /// How wide a text is in Helvetica, in thousandths of its size; letters with marks are as wide
    /// as those without, what is not known as wide as a digit.
    static func width(of text: String) -> Int {
        text.decomposedStringWithCanonicalMapping.unicodeScalars.reduce(0) { sum, scalar in
            // A mark stands over the letter before it.
            guard !(0x300...0x36F).contains(scalar.value) else { return sum }
            let index = Int(scalar.value) - 0x20
            return sum + (widths.indices.contains(index) ? widths[index] : 556)
        }
    }

    /// From the blank to the tilde, as Adobe's font metrics for Helvetica have them.
    private static let widths = [
        278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,
        556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
        1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
        667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
        333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
        556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
    ]
}
