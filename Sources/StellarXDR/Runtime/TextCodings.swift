/// Hexadecimal text.
public enum Hex {
    /// Two lower-case digits for each byte.
    @inlinable
    public static func encode(_ bytes: some Collection<UInt8>) -> String {
        encode(array: Array(bytes))
    }

    // Generic code is not specialised for callers of other modules: step by step through a
    // collection that it does not know it is ten times as slow.
    @usableFromInline
    static func encode(array bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count * 2)
        for byte in bytes {
            text.append(digits[Int(byte &>> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The bytes of an even number of digits of either case, `nil` for anything else.
    public static func decode(_ text: some StringProtocol) -> [UInt8]? {
        var bytes: [UInt8] = []
        var high: UInt8?
        for character in text.utf8 {
            let digit: UInt8
            switch character {
            case 0x30...0x39: digit = character - 0x30
            case 0x61...0x66: digit = character - 0x61 + 10
            case 0x41...0x46: digit = character - 0x41 + 10
            default: return nil
            }
            if let first = high {
                bytes.append(first &<< 4 | digit)
                high = nil
            } else {
                high = digit
            }
        }
        return high == nil ? bytes : nil
    }
}

/// Base64 text, RFC 4648 §4: the standard alphabet, always padded.
public enum Base64 {
    /// The text of `bytes`.
    @inlinable
    public static func encode(_ bytes: some Collection<UInt8>) -> String {
        encode(array: Array(bytes))
    }

    @usableFromInline
    static func encode(array bytes: [UInt8]) -> String {
        let alphabet = Array(
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        var group: UInt32 = 0
        var held = 0
        for byte in bytes {
            group = group &<< 8 | UInt32(byte)
            held += 1
            guard held == 3 else { continue }
            text.append(alphabet[Int(group &>> 18 & 63)])
            text.append(alphabet[Int(group &>> 12 & 63)])
            text.append(alphabet[Int(group &>> 6 & 63)])
            text.append(alphabet[Int(group & 63)])
            (group, held) = (0, 0)
        }
        if held > 0 {
            group = group &<< UInt32(8 * (3 - held))
            for index in 0..<4 {
                let digit = alphabet[Int(group &>> UInt32(18 - 6 * index) & 63)]
                text.append(index <= held ? digit : 0x3D)
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The bytes of `text`; `nil` unless it is their one encoding: no other characters, padded, no
    /// spare bits.
    @inlinable
    public static func decode(_ text: some StringProtocol) -> [UInt8]? {
        decode(characters: Array(text.utf8))
    }

    @usableFromInline
    static func decode(characters: [UInt8]) -> [UInt8]? {
        guard characters.count % 4 == 0 else { return nil }
        let padding = characters.suffix(2).reversed().prefix { $0 == 0x3D }.count
        var bytes: [UInt8] = []
        bytes.reserveCapacity(characters.count / 4 * 3)
        var group: UInt32 = 0
        var held: UInt32 = 0
        for character in characters.dropLast(padding) {
            guard let digit = value(of: character) else { return nil }
            group = group &<< 6 | digit
            held += 6
            guard held >= 8 else { continue }
            held -= 8
            bytes.append(UInt8(truncatingIfNeeded: group &>> held))
        }
        guard group & (1 &<< held - 1) == 0 else { return nil }
        return bytes
    }

    private static func value(of character: UInt8) -> UInt32? {
        switch character {
        case 0x41...0x5A: UInt32(character) - 0x41
        case 0x61...0x7A: UInt32(character) - 0x61 + 26
        case 0x30...0x39: UInt32(character) - 0x30 + 52
        case 0x2B: 62
        case 0x2F: 63
        default: nil
        }
    }
}
