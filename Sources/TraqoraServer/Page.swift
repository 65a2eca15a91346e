import HTTP
import Travel

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

/// Where a page in the order of time ended: at which moment, and with which of those at it.
struct PageCursor<ID: Hashable & Sendable>: CustomStringConvertible, Hashable, Sendable {
    var time: Instant
    var id: ID

    /// `1795608000~17`.
    var description: String { "\(time.seconds)~\(id)" }

    /// The end of a page.
    init(_ time: Instant, _ id: ID) {
        self.time = time
        self.id = id
    }

    /// Reads ``description``.
    /// - Throws: `Problem`.
    init(parsing text: String, id read: (String) -> ID?) throws(Problem) {
        let parts = text.split(separator: "~", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].utf8.count <= 12, let seconds = Int64(parts[0]),
            let id = read(String(parts[1]))
        else {
            throw Problem.invalidParameter("cursor", "use the `next_cursor` of the page before.")
        }
        self.init(Instant(seconds: seconds), id)
    }
}
