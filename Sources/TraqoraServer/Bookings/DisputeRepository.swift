import Database
import Travel

/// What travellers say in disputes, sealed.
struct DisputeRepository: Sendable {
    let database: Database
    let cipher: ColumnCipher

    private static func place(_ id: BookingID) -> ColumnPlace {
        SealedTable.disputes.place("statement", id.text)
    }

    private static func answerPlace(_ id: BookingID) -> ColumnPlace {
        SealedTable.disputeAnswers.place("answer", id.text)
    }

    /// What both sides said of a booking last.
    struct Words: Sendable, Hashable {
        var statement: String?
        var answer: String?
    }

    /// What was said of bookings; those of which nothing was are left out.
    func words(of ids: [BookingID]) async throws -> [BookingID: Words] {
        let rows = try await database.run(
            """
            SELECT bookings.id, disputes.statement, dispute_answers.answer FROM bookings
            LEFT JOIN disputes ON disputes.booking_id = bookings.id
            LEFT JOIN dispute_answers ON dispute_answers.booking_id = bookings.id
            WHERE bookings.id IN (\(list: ids))
            """
        ).rows
        var words: [BookingID: Words] = [:]
        for row in rows {
            let id: BookingID = try row.value("id")
            let statement = try row.value("statement", as: [UInt8]?.self)
            let answer = try row.value("answer", as: [UInt8]?.self)
            guard statement != nil || answer != nil else { continue }
            words[id] = Words(
                statement: try statement.map { try cipher.open($0, for: Self.place(id)) },
                answer: try answer.map { try cipher.open($0, for: Self.answerPlace(id)) })
        }
        return words
    }

    /// Keeps what the airline answers, in place of what it answered before.
    func answer(
        _ answer: String, of id: BookingID, at now: Instant, in transaction: DatabaseTransaction
    ) async throws {
        let sealed = try cipher.seal(answer, for: Self.answerPlace(id))
        try await transaction.execute(
            """
            INSERT INTO dispute_answers (booking_id, answer, personal_key, answered_at)
            VALUES (\(id), \(sealed), \(cipher.keys.current), \(now))
            ON CONFLICT (booking_id) DO UPDATE SET answer = \(sealed),
                personal_key = \(cipher.keys.current), answered_at = \(now)
            """)
    }

    /// Keeps what is said, in place of what was said before.
    func state(
        _ statement: String, of id: BookingID, at now: Instant, in transaction: DatabaseTransaction
    ) async throws {
        let sealed = try cipher.seal(statement, for: Self.place(id))
        try await transaction.execute(
            """
            INSERT INTO disputes (booking_id, statement, personal_key, stated_at)
            VALUES (\(id), \(sealed), \(cipher.keys.current), \(now))
            ON CONFLICT (booking_id) DO UPDATE SET statement = \(sealed),
                personal_key = \(cipher.keys.current), stated_at = \(now)
            """)
    }
}
