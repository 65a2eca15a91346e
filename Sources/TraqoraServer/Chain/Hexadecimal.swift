/// Bytes as hexadecimal digits.
enum Hexadecimal {
    /// The bytes that digits spell; none if they spell nothing.
    static func bytes(_ text: String) -> [UInt8] {
        var bytes: [UInt8] = []
        var digits = text.utf8.makeIterator()
        while let high = digits.next() {
            guard let low = digits.next(), let first = digit(high), let second = digit(low) else {
                return []
            }
            bytes.append(first << 4 | second)
        }
        return bytes
    }

    private static func digit(_ character: UInt8) -> UInt8? {
        switch character {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): character - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): character - UInt8(ascii: "a") + 10
        default: nil
        }
    }
}
