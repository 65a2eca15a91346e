/// A part of the day by the clock of a place: from one time to another, both included, perhaps over
/// midnight: `06:00-12:00`, `22:00-04:00`.
public struct ClockRange: Hashable, Sendable {
    /// Seconds since midnight of its beginning.
    public let from: Int
    /// Seconds since midnight of its end.
    public let to: Int

    /// Reads `06:00-12:00`.
    /// - Throws: `malformedTime`.
    public init(parsing text: String) throws(TravelError) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, let from = Self.seconds(parts[0]), let to = Self.seconds(parts[1])
        else { throw .malformedTime(text) }
        self.from = from
        self.to = to
    }

    /// Whether a clock shows a time within it.
    public func contains(_ time: LocalTime) -> Bool {
        let second = time.secondOfDay / 60 * 60
        return from <= to ? (from...to).contains(second) : second >= from || second <= to
    }

    private static func seconds(_ text: Substring) -> Int? {
        let bytes = Array(text.utf8)
        guard bytes.count == 5, bytes[2] == UInt8(ascii: ":"), let hour = number(bytes[..<2]),
            let minute = number(bytes[3...]), hour < 24, minute < 60
        else { return nil }
        return hour * 3_600 + minute * 60
    }
}

extension ClockRange: TextCodable {
    /// `06:00-12:00`.
    public var description: String {
        [from, to].map { "\(padded($0 / 3_600, to: 2)):\(padded($0 / 60 % 60, to: 2))" }
            .joined(separator: "-")
    }
}
