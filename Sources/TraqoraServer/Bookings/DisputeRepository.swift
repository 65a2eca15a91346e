import Database
import Travel

/// What travellers say in disputes, sealed.
struct DisputeRepository: Sendable {
    let database: Database
    let cipher: ColumnCipher

    private static func place(_ id: BookingID) -> ColumnPlace {
        SealedTable.disputes.place("statement", id.text)
    }

    /// What was said of a booking last; `nil` when nothing was.
    func statement(of id: BookingID) async throws -> String? {
        let sealed = try await database.value(
            "SELECT statement FROM disputes WHERE booking_id = \(id)", as: [UInt8].self)
        return try sealed.map { try cipher.open($0, for: Self.place(id)) }
    }

    private static func answerPlace(_ id: BookingID) -> ColumnPlace {
        SealedTable.disputeAnswers.place("answer", id.text)
    }

    /// What the airline answered last; `nil` when it did not.
    func answer(of id: BookingID) async throws -> String? {
        let sealed = try await database.value(
            "SELECT answer FROM dispute_answers WHERE booking_id = \(id)", as: [UInt8].self)
        return try sealed.map { try cipher.open($0, for: Self.answerPlace(id)) }
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
