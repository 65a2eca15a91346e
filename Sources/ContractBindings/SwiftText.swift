internal import StellarXDR

/// Words of a specification as Swift's source may hold them.
///
/// A specification is whatever somebody put into a wasm file: nothing of it becomes source but
/// letters, digits, comments of one line and literals that are escaped here.
enum SwiftText {
    /// The text as lines of comments: whatever ends a line in Swift or in an editor ends one here.
    static func lines(_ bytes: [UInt8]) -> [String] {
        var lines: [String] = [""]
        var previous: Unicode.Scalar = " "
        for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
            if lineEnds.contains(scalar) {
                if !(previous == "\r" && scalar == "\n") { lines.append("") }
            } else if isVisible(scalar) {
                lines[lines.count - 1].unicodeScalars.append(scalar)
            }
            previous = scalar
        }
        return lines
    }

    /// The same as one line.
    static func line(_ bytes: [UInt8]) -> String { lines(bytes).joined(separator: " ") }

    /// A literal of the text, on one line.
    static func literal(_ text: String) -> String {
        let escaped = line([UInt8](text.utf8))
            .replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        return "\"\(escaped)\""
    }

    /// An expression for the symbol: its letters, or its bytes where they are no symbol's.
    static func symbol(_ bytes: [UInt8]) -> String {
        guard bytes.allSatisfy(isIdentifierByte) else {
            return "SCSymbol([\(bytes.map { "\($0)" }.joined(separator: ", "))])"
        }
        return "\"\(String(decoding: bytes, as: UTF8.self))\""
    }

    /// A letter, digit or underscore of ASCII.
    static func isIdentifierByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
            true
        default: false
        }
    }

    private static let lineEnds: Set<Unicode.Scalar> = [
        "\n", "\r", "\u{B}", "\u{C}", "\u{85}", "\u{2028}", "\u{2029}",
    ]

    /// Whether the sign shows itself: no control sign, and none that turns the direction of what is
    /// beside it, so that a reader sees what the compiler reads.
    private static func isVisible(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned: scalar == "\t"
        default: true
        }
    }
}
