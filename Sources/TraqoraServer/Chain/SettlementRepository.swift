import Database
import Travel

/// Which bookings of ours wait for somebody to end them on the ledger, or to keep them there.
struct SettlementRepository: Sendable {
    let database: Database

    /// Money that can leave the contract now.
    struct Due: RowDecodable, Hashable, Sendable {
        var escrowID: UInt64
        var exit: EscrowExit

        init(_ escrowID: UInt64, _ exit: EscrowExit) {
            self.escrowID = escrowID
            self.exit = exit
        }

        init(row: Row) throws(DatabaseError) {
            escrowID = UInt64(bitPattern: try row.value("escrow_id", as: Int64.self))
            exit = try row.value("exit")
        }
    }

    /// Of escrows whose booking was made here: who sells directly on the ledger pays for his own
    /// transactions.
    private static let ours: SQL = """
        JOIN bookings ON bookings.seller = escrows.seller AND bookings.nonce = escrows.nonce
        """

    /// What can leave at `now` by what the ledger has said, the longest overdue first, and what is
    /// being worked on left out.
    func due(at now: Instant, limit: Int) async throws(DatabaseError) -> [Due] {
        try await database.all(
            """
            SELECT escrow_id, exit FROM (
                SELECT escrows.escrow_id, 'resolve_expired' AS exit, escrows.resolve_by AS since
                FROM escrows \(Self.ours)
                WHERE escrows.state = 'disputed' AND escrows.resolve_by <= \(now)
                UNION ALL
                SELECT escrows.escrow_id, 'refund_cancelled', registry_flights.status_time
                FROM registry_flights
                JOIN escrows ON escrows.flight_id = registry_flights.flight_id \(Self.ours)
                WHERE registry_flights.status = 'cancelled'
                    AND escrows.state IN ('paid', 'ticketed')
                UNION ALL
                SELECT escrows.escrow_id, 'settle', escrows.arrives
                FROM escrows
                JOIN registry_flights ON registry_flights.flight_id = escrows.flight_id
                \(Self.ours)
                WHERE escrows.state = 'ticketed' AND registry_flights.status = 'arrived'
                    AND escrows.stale_at > \(now)
                    AND escrows.arrives <= \(now)
                    AND escrows.arrives <= \(now) - escrows.dispute_window
                    AND registry_flights.status_time <= \(now) - escrows.dispute_window
                UNION ALL
                SELECT escrows.escrow_id, 'settle_stale', escrows.stale_at
                FROM escrows
                LEFT JOIN registry_flights ON registry_flights.flight_id = escrows.flight_id
                \(Self.ours)
                WHERE escrows.state = 'ticketed' AND escrows.stale_at <= \(now)
                    AND COALESCE(registry_flights.status, '') <> 'cancelled'
            ) AS due
            WHERE NOT EXISTS (SELECT 1 FROM outbox
                WHERE outbox.id = 'settlement.' || due.escrow_id || '.' || due.exit)
            ORDER BY since, escrow_id LIMIT \(limit)
            """)
    }

    /// Where the money of a booking is; `nil` when it is unknown.
    func state(of escrowID: UInt64) async throws(DatabaseError) -> EscrowState? {
        try await database.value(
            "SELECT state FROM escrows WHERE escrow_id = \(Int64(bitPattern: escrowID))")
    }

    /// Bookings that still hold money and whose life on the ledger was last extended before
    /// `then`, the longest ago first.
    func untouched(since then: Instant, limit: Int) async throws(DatabaseError) -> [UInt64] {
        let ids: [Int64] = try await database.values(
            """
            SELECT escrows.escrow_id FROM escrows
            LEFT JOIN escrow_lives ON escrow_lives.escrow_id = escrows.escrow_id
            \(Self.ours)
            WHERE escrows.state IN ('paid', 'ticketed', 'disputed')
                AND escrows.booked_at <= \(then)
                AND COALESCE(escrow_lives.extended_at, escrows.booked_at) <= \(then)
            ORDER BY escrows.booked_at, escrows.escrow_id LIMIT \(limit)
            """)
        return ids.map { UInt64(bitPattern: $0) }
    }

    /// Keeps that the lives of bookings were extended.
    func setExtended(_ ids: [UInt64], at now: Instant) async throws {
        try await database.transaction { transaction in
            for id in ids {
                try await transaction.execute(
                    """
                    INSERT INTO escrow_lives (escrow_id, extended_at)
                    VALUES (\(Int64(bitPattern: id)), \(now))
                    ON CONFLICT (escrow_id) DO UPDATE SET extended_at = \(now)
                    """)
            }
        }
    }
}

extension EscrowExit: SQLConvertible {}
