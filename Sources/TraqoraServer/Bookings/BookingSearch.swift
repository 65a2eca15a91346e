import HTTP
import TraqoraAPI
import Travel

/// Which bookings are looked for, the newest first.
struct BookingSearch: Sendable {
    /// Only those of this account.
    var owner: String?
    /// Only those that this account owns or pays.
    var account: String?
    /// Only the one that people call so.
    var locator: RecordLocator?
    /// Only those of these statuses; of any if empty.
    var statuses: [BookingStatus]
    /// Only those made at this moment or later.
    var from: Instant?
    /// Only those made before.
    var before: Instant?
    /// Where the page before ended.
    var cursor: PageCursor<BookingID>?
    /// How many.
    var limit: Int

    /// How many there are on a page at most.
    static let limitMax = 50

    /// What a request asks for.
    /// - Throws: `Problem`, `TravelError`.
    init(_ query: HTTPQuery) throws {
        statuses = try query.choices("status", of: BookingStatus.self)
        let day = { (name: String) in try query[name].map { try LocalDate(parsing: $0) } }
        from = try day("from").map { Instant(seconds: Int64($0.daysSinceEpoch) * 86_400) }
        before = try day("until").map {
            Instant(seconds: (Int64($0.daysSinceEpoch) + 1) * 86_400)
        }
        cursor = try query["cursor"].map {
            try PageCursor(parsing: $0) { try? BookingID(parsing: $0) }
        }
        limit = try query.number("limit", 1...Self.limitMax) ?? Self.limitMax
    }
}
