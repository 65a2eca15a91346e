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
        description = String(unsafeUninitializedCapacity: 32) { digits in
            for index in 0..<32 {
                let half = index < 16 ? high : low
                let digit = UInt8(truncatingIfNeeded: half >> UInt64(60 - index % 16 * 4)) & 15
                digits[index] =
                    digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") - 10 + digit
            }
            return 32
        }
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

/// Names requests one after the other, all different, without asking the system for chance each
/// time: the first half is the process', the second a number that was mixed.
public final class RequestIDs: Sendable {
    private let high: UInt64
    private let count: Lock<UInt64>

    /// Names that begin where chance said.
    public init(random high: UInt64, _ low: UInt64) {
        self.high = high
        count = Lock(low)
    }

    /// The next.
    public func next() -> RequestID {
        // SplitMix64: no two states give the same number.
        var number = count.withLock { state in
            state &+= 0x9E37_79B9_7F4A_7C15
            return state
        }
        number = (number ^ (number >> 30)) &* 0xBF58_476D_1CE4_E5B9
        number = (number ^ (number >> 27)) &* 0x94D0_49BB_1331_11EB
        return RequestID(random: high, number ^ (number >> 31))
    }
}
