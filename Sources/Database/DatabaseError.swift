/// What went wrong, as data: a code to switch over, the engine's words, and the statement without
/// its values, so that no personal data gets into a log.
public struct DatabaseError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What kind of fault; the raw value is stable.
    public enum Code: String, Hashable, Sendable, CaseIterable {
        /// The file cannot be opened or is no database; the server refuses us, or its URL is wrong.
        case cannotOpen = "database.cannot_open"
        /// Someone else held the write lock, or the connection, for longer than the time-out. Try
        /// again.
        case busy = "database.busy"
        /// Two transactions collided, and this one was undone: run it again.
        /// ``Database/transaction(isolation:attempts:_:)`` does.
        case conflict = "database.conflict"
        /// The server is away, or went away. A statement outside a transaction may have been done
        /// or not; a transaction was undone, unless this came of its commit.
        case connectionLost = "database.connection_lost"
        /// A statement took longer than it may, and was stopped.
        case timeout = "database.timeout"
        /// Another row has that key.
        case unique = "database.unique"
        /// It refers to a row that is not there, or is still referred to.
        case foreignKey = "database.foreign_key"
        /// A column that must have a value has none.
        case notNull = "database.not_null"
        /// A `CHECK` or another rule of the schema refused it.
        case check = "database.check"
        /// The disk is full.
        case full = "database.full"
        /// The file, or the snapshot, can only be read.
        case readOnly = "database.read_only"
        /// The file is damaged: restore a backup.
        case corrupt = "database.corrupt"
        /// The system refused to read or write.
        case inputOutput = "database.io"
        /// The statement is wrong: a syntax error, an unknown table, more than one statement.
        case statement = "database.statement"
        /// A value that not every engine can keep: text with a NUL, a real that is no number.
        case value = "database.value"
        /// A row is not what the caller expected it to be.
        case decoding = "database.decoding"
        /// A migration was edited, is missing, or is newer than this program.
        case migration = "database.migration"
        /// A backup cannot be made, is damaged, or is not what was backed up.
        case backup = "database.backup"
        /// A transaction was used after its end or after one of its statements failed, or the
        /// database after it was closed.
        case closed = "database.closed"
        /// The task was cancelled: while it waited for its turn, or in the statement, which was
        /// stopped and undone.
        case cancelled = "database.cancelled"
        /// Anything else.
        case other = "database.other"
    }

    /// What kind of fault.
    public let code: Code
    /// The engine's sentence; it names tables and columns, never values.
    public let message: String
    /// The statement, with placeholders.
    public let sql: String?

    init(_ code: Code, _ message: String, sql: String? = nil) {
        self.code = code
        self.message = message
        self.sql = sql
    }

    /// Code, sentence, statement.
    public var description: String {
        "\(code.rawValue): \(message)" + (sql.map { " in: \($0)" } ?? "")
    }
}
