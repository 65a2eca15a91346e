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
    var cursor: Cursor?
    /// How many.
    var limit: Int

    /// How many there are on a page at most.
    static let limitMax = 50

    /// The booking that a page ended with.
    struct Cursor: CustomStringConvertible, Hashable, Sendable {
        var createdAt: Instant
        var id: BookingID

        /// `1795608000~0123…`.
        var description: String { "\(createdAt.seconds)~\(id)" }

        init(createdAt: Instant, id: BookingID) {
            self.createdAt = createdAt
            self.id = id
        }

        /// Reads ``description``.
        init(parsing text: String) throws {
            let parts = text.split(separator: "~", omittingEmptySubsequences: false)
            guard parts.count == 2, parts[0].utf8.count <= 12, let seconds = Int64(parts[0]),
                let id = try? BookingID(parsing: String(parts[1]))
            else {
                throw Problem.invalidParameter(
                    "cursor", "use the `next_cursor` of the page before.")
            }
            self.init(createdAt: Instant(seconds: seconds), id: id)
        }
    }

    /// What a request asks for.
    /// - Throws: `Problem`, `TravelError`.
    init(_ query: HTTPQuery) throws {
        statuses = try query.choices("status", of: BookingStatus.self)
        let day = { (name: String) in try query[name].map { try LocalDate(parsing: $0) } }
        from = try day("from").map { Instant(seconds: Int64($0.daysSinceEpoch) * 86_400) }
        before = try day("until").map {
            Instant(seconds: (Int64($0.daysSinceEpoch) + 1) * 86_400)
        }
        cursor = try query["cursor"].map { try Cursor(parsing: $0) }
        limit = try query.number("limit", 1...Self.limitMax) ?? Self.limitMax
    }
}

/// Some of many, and where the next ones begin.
struct Page<Item: Sendable, Cursor: Sendable>: Sendable {
    var items: [Item]
    /// `nil` when there are no more.
    var cursor: Cursor?

    /// The first `limit` of what was read, which was one more if there are more.
    init(_ read: [Item], limit: Int, cursor: (Item) -> Cursor) {
        items = Array(read.prefix(limit))
        self.cursor = read.count > limit ? items.last.map(cursor) : nil
    }
}
