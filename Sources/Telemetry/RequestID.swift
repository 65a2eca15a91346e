/// What one request is called in logs, answers and error reports.
public struct RequestID: Hashable, Sendable, CustomStringConvertible {
    /// 1 to 64 characters out of letters, digits, `-`, `_` and `.`.
    public let description: String

    /// Accepts an id that someone else made; `nil` if it is not one that may stand in a log line.
    public init?(_ text: String) {
        guard (1...64).contains(text.utf8.count), text.utf8.allSatisfy(Self.isAllowed) else {
            return nil
        }
        description = text
    }

    /// An id out of 128 random bits, as 32 hexadecimal digits.
    public init(random high: UInt64, _ low: UInt64) {
        description = Self.hex(high) + Self.hex(low)
    }

    private static func hex(_ number: UInt64) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "-"), UInt8(ascii: "_"),
            UInt8(ascii: "."):
            true
        default: false
        }
    }
}
