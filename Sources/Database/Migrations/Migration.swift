/// One step of a schema: never edited once it has run anywhere.
///
/// Written for both engines with the type words `BIGINT`, `TEXT`, `BYTEA`, `BOOLEAN` and
/// `DOUBLE PRECISION`, which SQLite takes as well.
public struct Migration: Sendable, Hashable {
    /// Which programs can live with it.
    public enum Phase: String, Sendable, SQLConvertible {
        /// It adds, and takes nothing away: programs that do not know it go on working.
        case expand
        /// It takes away what older programs use: it waits until none of them runs.
        case contract
    }

    /// Its place, from 1, without gaps.
    public let number: Int
    /// What it does, in a few words.
    public let name: String
    /// Which programs can live with it.
    public let phase: Phase
    /// Its statements.
    public let sql: String

    /// A step of the schema.
    public init(_ number: Int, _ name: String, phase: Phase = .expand, _ sql: String) {
        self.number = number
        self.name = name
        self.phase = phase
        self.sql = sql
    }

    /// FNV-1a, 64 bits, of the text: notices an edit. It is no defence against a forger, who
    /// could write to the database as well.
    public var checksum: String { FNV1a.text(FNV1a.hash(sql.utf8)) }

    /// Why it is no expansion, if it calls itself one: words that take something away or demand
    /// what older programs do not give.
    var fault: String? {
        guard phase == .expand else { return nil }
        let text = sql.split(whereSeparator: \.isWhitespace).joined(separator: " ").uppercased()
        let taking = [
            "DROP TABLE", "DROP COLUMN", "RENAME", "ALTER COLUMN", "TRUNCATE", "DELETE FROM",
            "SET NOT NULL", "ADD CONSTRAINT",
        ]
        if let words = taking.first(where: { text.contains($0) }) { return words }
        // The word COLUMN may be left out.
        for statement in text.split(separator: ";") where statement.contains("ALTER TABLE ") {
            if statement.contains(" DROP ") { return "ALTER TABLE … DROP" }
            if statement.contains(" ADD "), statement.contains("NOT NULL"),
                !statement.contains("DEFAULT")
            {
                return "ADD COLUMN … NOT NULL without DEFAULT"
            }
        }
        return nil
    }
}

/// Where a database stands with a list of migrations.
public struct MigrationStatus: Sendable, Hashable {
    /// What is known of one.
    public enum State: Sendable, Hashable {
        /// It ran, that many seconds after 1970.
        case applied(at: Int64)
        /// It will run next time.
        case pending
        /// It waits until programs of older versions have ended; so many of them run.
        case waiting(olderPrograms: Int)
        /// It ran, and this program does not know it; being an expansion it does no harm.
        case newer(at: Int64)
    }

    /// One migration.
    public struct Entry: Sendable, Hashable {
        /// Its place.
        public let number: Int
        /// What it does.
        public let name: String
        /// Which programs can live with it.
        public let phase: Migration.Phase
        /// What is known of it.
        public let state: State
        /// Its statements, if this program knows it.
        public let sql: String?
    }

    /// All migrations, in order.
    public let entries: [Entry]

    /// Those that would run now.
    public var pending: [Entry] { entries.filter { $0.state == .pending } }
}
