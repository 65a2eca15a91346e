/// Numbers of 256 bits in decimal; four words, the most significant first.
enum Decimal256 {
    static func text(_ words: [UInt64], isSigned: Bool) -> String {
        let isNegative = isSigned && words[0] >> 63 == 1
        var rest = isNegative ? negated(words) : words
        var digits: [UInt8] = []
        repeat {
            var remainder: UInt64 = 0
            for index in rest.indices {
                (rest[index], remainder) = (10 as UInt64).dividingFullWidth(
                    (remainder, rest[index]))
            }
            digits.append(0x30 + UInt8(truncatingIfNeeded: remainder))
        } while rest.contains { $0 != 0 }
        if isNegative { digits.append(0x2D) }
        return String(decoding: digits.reversed(), as: UTF8.self)
    }

    static func words(_ text: String, isSigned: Bool) -> [UInt64]? {
        let isNegative = isSigned && text.hasPrefix("-")
        let digits = text.utf8.dropFirst(isNegative ? 1 : 0)
        guard !digits.isEmpty else { return nil }
        var words: [UInt64] = [0, 0, 0, 0]
        for digit in digits {
            guard (0x30...0x39).contains(digit) else { return nil }
            var carry = UInt64(digit - 0x30)
            for index in words.indices.reversed() {
                let (high, low) = words[index].multipliedFullWidth(by: 10)
                let (sum, overflows) = low.addingReportingOverflow(carry)
                words[index] = sum
                carry = high + (overflows ? 1 : 0)
            }
            guard carry == 0 else { return nil }
        }
        guard isSigned else { return words }
        let result = isNegative ? negated(words) : words
        let isTooLarge = result.contains { $0 != 0 } && (result[0] >> 63 == 1) != isNegative
        return isTooLarge ? nil : result
    }

    private static func negated(_ words: [UInt64]) -> [UInt64] {
        var result = words.map(~)
        for index in result.indices.reversed() {
            let (sum, overflows) = result[index].addingReportingOverflow(1)
            result[index] = sum
            if !overflows { break }
        }
        return result
    }
}

/// Bytes as SEP-51 writes text: ASCII, and escapes for the rest.
enum EscapedText {
    static func encode(_ bytes: some Sequence<UInt8>) -> String {
        var text: [UInt8] = []
        for byte in bytes {
            switch byte {
            case 0x00: text += "\\0".utf8
            case 0x09: text += "\\t".utf8
            case 0x0A: text += "\\n".utf8
            case 0x0D: text += "\\r".utf8
            case 0x5C: text += "\\\\".utf8
            case 0x20...0x7E: text.append(byte)
            default: text += "\\x\(Hex.encode([byte]))".utf8
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// `nil` for text with characters that are not ASCII or with an unknown escape.
    static func decode(_ text: String) -> [UInt8]? {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            guard (0x20...0x7E).contains(byte) else { return nil }
            guard byte == 0x5C else {
                bytes.append(byte)
                continue
            }
            switch rest.popFirst() {
            case 0x30: bytes.append(0)
            case 0x74: bytes.append(0x09)
            case 0x6E: bytes.append(0x0A)
            case 0x72: bytes.append(0x0D)
            case 0x5C: bytes.append(0x5C)
            case 0x78:
                guard rest.count >= 2,
                    let value = Hex.decode(String(decoding: rest.prefix(2), as: UTF8.self))
                else { return nil }
                bytes += value
                rest = rest.dropFirst(2)
            default: return nil
            }
        }
        return bytes
    }
}
