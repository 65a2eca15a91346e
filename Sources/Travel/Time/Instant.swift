/// A point in time, in whole seconds: what a ledger closes at and a deadline falls on.
public struct Instant: Hashable, Sendable {
    /// Seconds since 1970-01-01T00:00:00Z, as the ledger counts them.
    public var seconds: Int64

    /// The instant `seconds` after the epoch.
    public init(seconds: Int64) { self.seconds = seconds }

    /// Reads `2026-12-24T18:30:00Z` and nothing else.
    public init(parsing text: String) throws(TravelError) {
        guard text.utf8.count == 20, text.utf8.last == UInt8(ascii: "Z"),
            let local = try? LocalTime(parsing: String(text.dropLast()))
        else { throw .malformedTime(text) }
        self = local.instant(offsetSeconds: 0)
    }

    /// The instant `seconds` later, or earlier when negative; it stops at the ends of time.
    public func adding(seconds other: Int64) -> Instant {
        let (sum, overflow) = seconds.addingReportingOverflow(other)
        return Instant(seconds: overflow ? (other > 0 ? .max : .min) : sum)
    }

    /// How many seconds lie between this and a later instant.
    public func seconds(until later: Instant) -> Int64 {
        let (difference, overflow) = later.seconds.subtractingReportingOverflow(seconds)
        return overflow ? (later.seconds > seconds ? .max : .min) : difference
    }
}

extension Instant: Comparable {
    /// Whether `left` comes first.
    public static func < (left: Instant, right: Instant) -> Bool { left.seconds < right.seconds }
}

extension Instant: CustomStringConvertible {
    /// `2026-12-24T18:30:00Z`.
    public var description: String { "\(LocalTime(self, offsetSeconds: 0))Z" }
}

extension Instant: TextCodable {}
