import Database
import Travel

/// The keys that make a repeated request the same request. Kept as hashes: who reads the database
/// learns no key.
struct IdempotencyRepository: Sendable {
    let database: Database

    /// How long a request may take before another attempt may take its key over.
    static let heldSecondsMax: Int64 = 60

    /// How long a key stands for what it made. After that it makes something new.
    static let lifetimeSeconds: Int64 = 7 * 86_400

    /// What a key stands for.
    enum Claim: Sendable, Equatable {
        /// The key is ours now; the salt goes into the booking's token.
        case taken(salt: [UInt8])
        /// It made this booking.
        case done(BookingID, salt: [UInt8])
        /// Somebody is at it.
        case inUse
        /// It belongs to another request.
        case otherRequest
    }

    private struct KeyRow: RowDecodable {
        var requestHash: [UInt8]
        var salt: [UInt8]
        var bookingID: BookingID?
        var heldUntil: Instant

        init(row: Row) throws(DatabaseError) {
            requestHash = try row.value("request_hash")
            salt = try row.value("salt")
            bookingID = try row.value("booking_id")
            heldUntil = try row.value("held_until")
        }
    }

    /// Takes a key, or says why not.
    func claim(key: [UInt8], request: [UInt8], salt: [UInt8], now: Instant) async throws -> Claim {
        // Right in any company: whoever inserts has it, and whoever finds it holds the row.
        try await database.transaction(isolation: .readCommitted) { transaction in
            let until = now.adding(seconds: Self.heldSecondsMax)
            try await transaction.execute(
                """
                DELETE FROM idempotency_keys WHERE key_hash = \(key)
                    AND created_at <= \(now.adding(seconds: -Self.lifetimeSeconds))
                    AND held_until <= \(now)
                """)
            let inserted = try await transaction.execute(
                """
                INSERT INTO idempotency_keys (key_hash, request_hash, salt, held_until, created_at)
                VALUES (\(key), \(request), \(salt), \(until), \(now))
                ON CONFLICT (key_hash) DO NOTHING
                """)
            if inserted == 1 { return .taken(salt: salt) }
            let row = try await transaction.first(
                """
                SELECT request_hash, salt, booking_id, held_until FROM idempotency_keys
                WHERE key_hash = \(key)\(SQL.forUpdate)
                """, as: KeyRow.self)
            // It was given back in between; the client asks again.
            guard let row else { return .inUse }
            guard row.requestHash == request else { return .otherRequest }
            if let id = row.bookingID { return .done(id, salt: row.salt) }
            guard row.heldUntil <= now else { return .inUse }
            try await transaction.execute(
                "UPDATE idempotency_keys SET held_until = \(until) WHERE key_hash = \(key)")
            return .taken(salt: row.salt)
        }
    }

    /// The key made this booking.
    /// - Returns: `false` if somebody who had taken it over was first, or gave it back: then this
    ///   booking must not be.
    func finish(key: [UInt8], booking: BookingID, in transaction: Transaction)
        async throws(DatabaseError) -> Bool
    {
        try await transaction.execute(
            """
            UPDATE idempotency_keys SET booking_id = \(booking)
            WHERE key_hash = \(key) AND booking_id IS NULL
            """) == 1
    }

    /// Forgets keys that stand for nothing any more, some at a time.
    /// - Returns: how many.
    func forget(at now: Instant, limit: Int) async throws(DatabaseError) -> Int {
        try await database.execute(
            """
            DELETE FROM idempotency_keys WHERE key_hash IN (
                SELECT key_hash FROM idempotency_keys
                WHERE created_at <= \(now.adding(seconds: -Self.lifetimeSeconds))
                    AND held_until <= \(now) ORDER BY created_at LIMIT \(limit))
            """)
    }

    /// The request came to nothing: the key may be used again.
    func release(key: [UInt8]) async throws(DatabaseError) {
        try await database.execute(
            "DELETE FROM idempotency_keys WHERE key_hash = \(key) AND booking_id IS NULL")
    }
}
