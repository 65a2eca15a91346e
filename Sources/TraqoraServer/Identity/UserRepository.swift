public import Database
public import TraqoraAPI
import Travel

/// The sign-ins as whoever runs the service sees them.
extension SessionRepository {
    /// Accounts that have signed in, in the order of their names, behind one.
    func users(account: String?, after last: String, limit: Int, now: Instant)
        async throws(DatabaseError) -> [UsersResponse.User]
    {
        let those: SQL = account.map { "AND subject = \($0)" } ?? ""
        return try await database.all(
            """
            SELECT subject, MIN(created_at) AS first_seen_at, MAX(last_used_at) AS last_seen_at,
                COUNT(CASE WHEN ended_at IS NULL AND expires_at > \(now) THEN 1 END) AS active,
                (SELECT COUNT(*) FROM bookings WHERE bookings.owner = sessions.subject) AS bookings
            FROM sessions WHERE subject > \(last) \(those)
            GROUP BY subject ORDER BY subject LIMIT \(limit)
            """)
    }

    /// The newest sign-ins of an account, also those that have ended.
    func history(of subject: String) async throws(DatabaseError) -> [UserSessionsResponse.Session] {
        try await database.all(
            """
            SELECT id, device, created_at, last_used_at, expires_at, ended_at, end_reason
            FROM sessions WHERE subject = \(subject)
            ORDER BY created_at DESC, id LIMIT \(Self.shownMax)
            """)
    }
}

extension UsersResponse.User: RowDecodable {
    /// Reads a row of the list.
    public init(row: Row) throws(DatabaseError) {
        self.init(
            account: try row.value("subject"), firstSeenAt: try row.value("first_seen_at"),
            lastSeenAt: try row.value("last_seen_at"), activeSessions: try row.value("active"),
            bookings: try row.value("bookings"))
    }
}

extension UserSessionsResponse.Session: RowDecodable {
    /// Reads a row of the table.
    public init(row: Row) throws(DatabaseError) {
        self.init(
            id: try row.value("id"), device: try row.value("device"),
            createdAt: try row.value("created_at"), lastUsedAt: try row.value("last_used_at"),
            expiresAt: try row.value("expires_at"), endedAt: try row.value("ended_at"),
            endReason: try row.value("end_reason"))
    }
}
