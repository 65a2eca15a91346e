import Cryptography
public import Database
public import Travel

/// What was done by whom, for ever: entries are added and never changed, and each has the hash of
/// the one before, so that nobody changes or removes one without a trace.
public struct AuditRepository: Sendable {
    /// One entry.
    public struct Entry: Sendable, Hashable, RowDecodable {
        /// From 1, without gaps.
        public var number: Int64
        /// When, in Unix seconds.
        public var at: Int64
        /// Who: an account, or `admin`.
        public var actor: String
        /// What: `auth.signed_in`.
        public var action: String
        /// To what; empty if to nothing.
        public var subject: String
        /// The hash over all of this and the hash before.
        public var hash: [UInt8]

        /// Reads a row of the table.
        public init(row: Row) throws(DatabaseError) {
            number = try row.value("number")
            at = try row.value("happened_at")
            actor = try row.value("actor")
            action = try row.value("action")
            subject = try row.value("subject")
            hash = try row.value("hash")
        }

        static func hash(
            _ before: [UInt8], _ number: Int64, _ at: Int64, _ texts: [String]
        ) -> [UInt8] {
            // Each text with its length: no two entries are written alike.
            let text = texts.map { "\($0.utf8.count):\($0)" }.joined()
            return SHA256.hash(before + Array("\(number):\(at):\(text)".utf8))
        }
    }

    /// What is wrong with a log.
    public enum Fault: Error, Hashable, Sendable {
        /// The entry of this number is not what was written, or is not there.
        case changed(Int64)
        /// Entries are missing behind this number.
        case cut(Int64)
    }

    private let database: Database
    /// What stands for the hash before the first entry.
    private static let beginning = [UInt8](repeating: 0, count: 32)
    /// How many entries are read at a time.
    private static let pageMax = 1_000

    /// The log of a database.
    public init(database: Database) { self.database = database }

    /// Adds an entry.
    public func add(_ action: String, by actor: String, to subject: String = "", now: Instant)
        async throws
    {
        try await database.transaction(isolation: .readCommitted) { transaction in
            try await transaction.execute(
                """
                INSERT INTO audit_head (id, number, hash) VALUES (1, 0, \(Self.beginning))
                ON CONFLICT (id) DO NOTHING
                """)
            // The lock on the head lets one entry after the other be written.
            let row = try await transaction.run(
                "UPDATE audit_head SET number = number + 1 WHERE id = 1 RETURNING number, hash"
            ).rows.first
            guard let row else { throw Fault.cut(0) }
            let number: Int64 = try row.value("number")
            let hash = Entry.hash(
                try row.value("hash"), number, now.seconds, [actor, action, subject])
            try await transaction.execute(
                """
                INSERT INTO audit_log (number, happened_at, actor, action, subject, hash)
                VALUES (\(number), \(now), \(actor), \(action), \(subject), \(hash))
                """)
            try await transaction.execute("UPDATE audit_head SET hash = \(hash) WHERE id = 1")
        }
    }

    /// Entries behind `number`, in order.
    public func entries(after number: Int64, limit: Int) async throws(DatabaseError) -> [Entry] {
        try await database.all(
            """
            SELECT number, happened_at, actor, action, subject, hash FROM audit_log
            WHERE number > \(number) ORDER BY number LIMIT \(limit)
            """)
    }

    /// Reads the whole log and computes every hash again.
    /// - Returns: how many entries there are.
    /// - Throws: ``Fault``.
    public func verify() async throws -> Int64 {
        var hash = Self.beginning
        var number: Int64 = 0
        while true {
            let page = try await entries(after: number, limit: Self.pageMax)
            if page.isEmpty { break }
            for entry in page {
                number += 1
                hash = Entry.hash(
                    hash, number, entry.at, [entry.actor, entry.action, entry.subject])
                guard entry.number == number, entry.hash == hash else {
                    throw Fault.changed(number)
                }
            }
        }
        let head = try await database.run("SELECT number, hash FROM audit_head WHERE id = 1")
        if head.rows.isEmpty, number == 0 { return 0 }
        guard let row = head.rows.first, try row.value("number", as: Int64.self) == number,
            try row.value("hash", as: [UInt8].self) == hash
        else { throw Fault.cut(number) }
        return number
    }
}
