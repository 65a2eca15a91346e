public import Database
public import TraqoraAPI
import Travel

/// Whether the service is maintained: in the database, so that every process knows.
public struct MaintenanceRepository: Sendable {
    private let database: Database

    /// What a database says.
    public init(database: Database) { self.database = database }

    /// `nil` when nothing is maintained, nor will be.
    public func find() async throws(DatabaseError) -> MaintenanceNotice? {
        try await database.first(
            "SELECT message, begins_at, retry_seconds FROM maintenance WHERE id = 1")
    }

    /// Begins it, or plans it, in place of what was.
    public func set(_ notice: MaintenanceNotice) async throws(DatabaseError) {
        try await database.execute(
            """
            INSERT INTO maintenance (id, message, begins_at, retry_seconds)
            VALUES (1, \(notice.message), \(notice.beginsAt), \(notice.retryAfterSeconds))
            ON CONFLICT (id) DO UPDATE SET message = \(notice.message),
                begins_at = \(notice.beginsAt), retry_seconds = \(notice.retryAfterSeconds)
            """)
    }

    /// Ends it.
    public func clear() async throws(DatabaseError) {
        try await database.execute("DELETE FROM maintenance WHERE id = 1")
    }
}

extension MaintenanceNotice: RowDecodable {
    /// Reads the row.
    public init(row: Row) throws(DatabaseError) {
        self.init(
            message: try row.value("message"), beginsAt: try row.value("begins_at"),
            retryAfterSeconds: try row.value("retry_seconds"))
    }
}
