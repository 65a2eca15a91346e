import Foundation

/// A time of a schedule: what the clock shows at that place, which zone the place is in, and the
/// instant that makes.
public struct ZonedTime: Hashable, Sendable {
    /// What the clock shows there; day markers such as "+1" come from its date.
    public let local: LocalTime
    /// The IANA name of the zone: `Europe/London`.
    public let zone: String
    /// The instant: what durations and deadlines are computed from.
    public let instant: Instant

    /// What the clock in `zone` shows at `instant`.
    /// - Throws: `unknownTimeZone`.
    public init(_ instant: Instant, in zone: String) throws(TravelError) {
        let offset = try Self.zone(named: zone).offset(at: instant)
        self.init(local: LocalTime(instant, offsetSeconds: offset), zone: zone, instant: instant)
    }

    /// The instant at which the clock in `zone` shows `local`.
    ///
    /// A time that the clock skips in spring is read as the one that much later; one that it shows
    /// twice in autumn as the first.
    /// - Throws: `unknownTimeZone`.
    public init(local: LocalTime, in zone: String) throws(TravelError) {
        let timeZone = try Self.zone(named: zone)
        let guess = local.instant(offsetSeconds: 0)
        // The offsets a day before and after are the only two that can hold in between.
        let before = timeZone.offset(at: guess.adding(seconds: -86_400))
        let after = timeZone.offset(at: guess.adding(seconds: 86_400))
        for offset in [before, after] {
            let instant = local.instant(offsetSeconds: offset)
            if timeZone.offset(at: instant) == offset {
                self.init(local: local, zone: zone, instant: instant)
                return
            }
        }
        try self.init(local.instant(offsetSeconds: before), in: zone)
    }

    private init(local: LocalTime, zone: String, instant: Instant) {
        self.local = local
        self.zone = zone
        self.instant = instant
    }

    private static func zone(named name: String) throws(TravelError) -> TimeZone {
        guard name.contains("/") || name == "UTC", let zone = TimeZone(identifier: name) else {
            throw .unknownTimeZone(name)
        }
        return zone
    }
}

extension TimeZone {
    /// How far ahead of UTC clocks are at `instant`.
    fileprivate func offset(at instant: Instant) -> Int {
        secondsFromGMT(for: Date(timeIntervalSince1970: Double(instant.seconds)))
    }
}

extension ZonedTime: Codable {
    private enum CodingKeys: String, CodingKey { case local, zone, instant }

    /// Reads local time and zone; an instant that contradicts them is refused.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let instant = try container.decode(Instant.self, forKey: .instant)
        let zone = try container.decode(String.self, forKey: .zone)
        try self.init(instant, in: zone)
        guard try local == container.decode(LocalTime.self, forKey: .local) else {
            throw DecodingError.dataCorruptedError(
                forKey: .local, in: container,
                debugDescription: "the local time is not that of the instant")
        }
    }

    /// Writes all three.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(local, forKey: .local)
        try container.encode(zone, forKey: .zone)
        try container.encode(instant, forKey: .instant)
    }
}
