/// What a clock on the wall shows on a day: `2026-12-24T18:30:00`, in no zone yet.
public struct LocalTime: Hashable, Sendable {
    /// The day.
    public let date: LocalDate
    /// Seconds since its midnight, 0 to 86 399.
    public let secondOfDay: Int

    /// A time of a day, `nil` outside 00:00:00 to 23:59:59.
    public init?(date: LocalDate, secondOfDay: Int) {
        guard (0..<86_400).contains(secondOfDay) else { return nil }
        self.date = date
        self.secondOfDay = secondOfDay
    }

    /// Reads `2026-12-24T18:30:00` and nothing else.
    public init(parsing text: String) throws(TravelError) {
        let bytes = Array(text.utf8)
        let colon = UInt8(ascii: ":")
        guard bytes.count == 19, bytes[10] == UInt8(ascii: "T"), bytes[13] == colon,
            bytes[16] == colon, let hour = number(bytes[11..<13]), hour < 24,
            let minute = number(bytes[14..<16]), minute < 60,
            let second = number(bytes[17..<19]), second < 60
        else { throw .malformedTime(text) }
        date = try LocalDate(parsing: String(decoding: bytes[..<10], as: UTF8.self))
        secondOfDay = hour * 3_600 + minute * 60 + second
    }

    /// What a clock shows that is `offsetSeconds` ahead of UTC.
    public init(_ instant: Instant, offsetSeconds: Int) {
        let shifted = instant.adding(seconds: Int64(offsetSeconds)).seconds
        let second = ((shifted % 86_400) + 86_400) % 86_400
        date = LocalDate(daysSinceEpoch: Int((shifted - second) / 86_400))
        secondOfDay = Int(second)
    }

    /// The instant at which a clock that is `offsetSeconds` ahead of UTC shows this.
    public func instant(offsetSeconds: Int) -> Instant {
        Instant(seconds: Int64(date.daysSinceEpoch * 86_400 + secondOfDay - offsetSeconds))
    }

    /// `18:30`.
    public var clock: String {
        "\(padded(secondOfDay / 3_600, to: 2)):\(padded(secondOfDay / 60 % 60, to: 2))"
    }
}

extension LocalTime: Comparable {
    /// Whether the clock showed `left` first.
    public static func < (left: LocalTime, right: LocalTime) -> Bool {
        (left.date, left.secondOfDay) < (right.date, right.secondOfDay)
    }
}

extension LocalTime: CustomStringConvertible {
    /// `2026-12-24T18:30:00`.
    public var description: String { "\(date)T\(clock):\(padded(secondOfDay % 60, to: 2))" }
}

extension LocalTime: TextCodable {}
