import Database

/// Which events were written into which book, so that each is written once.
struct BookEventRepository: Sendable {
    /// Keeps that an event was written.
    /// - Returns: `false` if it had been before.
    func record(_ id: String, in book: String, _ transaction: DatabaseTransaction)
        async throws(DatabaseError) -> Bool
    {
        try await transaction.execute(
            """
            INSERT INTO book_events (book, id) VALUES (\(book), \(id))
            ON CONFLICT (book, id) DO NOTHING
            """) == 1
    }

    /// None was written.
    func clear(_ book: String, _ transaction: DatabaseTransaction) async throws(DatabaseError) {
        try await transaction.execute("DELETE FROM book_events WHERE book = \(book)")
    }
}
