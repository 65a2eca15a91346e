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
        let alphabet = alphabet
        let count = (bytes.count + 2) / 3 * 4
        // Safe: all of the `count` bytes are written, in order, before they are counted.
        let text = unsafe [UInt8](unsafeUninitializedCapacity: count) { text, written in
            var place = 0
            for start in stride(from: 0, to: bytes.count, by: 3) {
                let held = min(3, bytes.count &- start)
                var group = UInt32(bytes[start]) &<< 16
                if held > 1 { group |= UInt32(bytes[start &+ 1]) &<< 8 }
                if held > 2 { group |= UInt32(bytes[start &+ 2]) }
                unsafe text[place] = alphabet[Int(group &>> 18)]
                unsafe text[place &+ 1] = alphabet[Int(group &>> 12 & 63)]
                unsafe text[place &+ 2] = held > 1 ? alphabet[Int(group &>> 6 & 63)] : 0x3D
                unsafe text[place &+ 3] = held > 2 ? alphabet[Int(group & 63)] : 0x3D
                place &+= 4
            }
            written = count
        }
        return String(decoding: text, as: UTF8.self)
    }

    private static let alphabet = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    /// What each character stands for; 255 if it stands for nothing.
    private static let values: [UInt8] = {
        var values = [UInt8](repeating: 255, count: 256)
        for (value, character) in alphabet.enumerated() {
            values[Int(character)] = UInt8(value)
        }
        return values
    }()

    /// The bytes of `text`; `nil` unless it is their one encoding: no other characters, padded, no
    /// spare bits.
    @inlinable
    public static func decode(_ text: some StringProtocol) -> [UInt8]? {
        decode(characters: Array(text.utf8))
    }

    @usableFromInline
    static func decode(characters: [UInt8]) -> [UInt8]? {
        guard characters.count % 4 == 0 else { return nil }
        let values = values
        let padding = characters.suffix(2).reversed().prefix { $0 == 0x3D }.count
        let end = characters.count - (padding > 0 ? 4 : 0)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(characters.count / 4 * 3)
        for start in stride(from: 0, to: end, by: 4) {
            let first = values[Int(characters[start])]
            let second = values[Int(characters[start &+ 1])]
            let third = values[Int(characters[start &+ 2])]
            let fourth = values[Int(characters[start &+ 3])]
            guard (first | second | third | fourth) < 64 else { return nil }
            bytes.append(first &<< 2 | second &>> 4)
            bytes.append(second &<< 4 | third &>> 2)
            bytes.append(third &<< 6 | fourth)
        }
        guard padding > 0 else { return bytes }
        let last = characters[end..<characters.count - padding].map { values[Int($0)] }
        guard last.allSatisfy({ $0 < 64 }) else { return nil }
        bytes.append(last[0] &<< 2 | last[1] &>> 4)
        if padding == 2 { return last[1] & 15 == 0 ? bytes : nil }
        bytes.append(last[1] &<< 4 | last[2] &>> 2)
        return last[2] & 3 == 0 ? bytes : nil
    }
}
