internal import Database
internal import Foundation

/// What years leave behind: bookings that are over, some that wait for their flight, and flights of
/// a year ahead on other routes than the one that is asked for. Everything that grows with bookings
/// grows here, and what belongs to one traveller, flight or proposal is as much on both sides.
struct ScaleArchive {
    let count: Int64

    /// Bookings of one account.
    static let bookingsEach: Int64 = 10

    func fill(_ database: Database) async throws {
        let now = Int64(Date().timeIntervalSince1970)
        try await flights(in: database, now)
        try await bookings(in: database, now)
        try await people(in: database, now)
        try await views(in: database, now)
        try await operations(in: database, now)
        try await database.execute("ANALYZE")
    }

    private func series(_ count: Int64) -> SQL {
        "generate_series(CAST(1 AS BIGINT), \(max(1, count))) AS i"
    }

    /// Whose the booking of a number is: an address that nobody has.
    private var owner: SQL { "'G' || i / \(Self.bookingsEach)" }

    private var flightCount: Int64 { count / 2 }

    private func flights(in database: Database, _ now: Int64) async throws {
        try await database.execute(
            """
            INSERT INTO registry_flights (flight_id, carrier, number, origin, destination, departs,
                arrives, is_open, status, status_time, is_confirmed)
            SELECT 1000000 + i, 'TQ', 1 + i % 9000,
                (ARRAY['AMS', 'BCN', 'CDG', 'DUB', 'EDI', 'FCO', 'GVA', 'HAM', 'IST', 'KEF'])
                    [CAST(1 + i % 10 AS INT)],
                (ARRAY['MAD', 'MUC', 'NCE', 'OSL', 'PRG', 'RIX', 'SVQ', 'TLL', 'VIE', 'WAW', 'ZAG'])
                    [CAST(1 + i % 11 AS INT)],
                \(now) + 86400 * (2 + i % 300), \(now) + 86400 * (2 + i % 300) + 7200, TRUE,
                'scheduled', \(now), FALSE
            FROM \(series(flightCount))
            """)
        try await database.execute(
            """
            INSERT INTO registry_fares (flight_id, cabin, price, seats, sold, token, policy)
            SELECT 1000000 + i, cabin, 1290000000, 120, 7,
                (SELECT MAX(token) FROM registry_fares), 1
            FROM \(series(flightCount)), UNNEST(ARRAY['economy', 'business']) AS cabin
            """)
    }

    private func bookings(in database: Database, _ now: Int64) async throws {
        // One in twenty of the last days, the others as long ago as there are minutes.
        let time: SQL =
            "(CASE WHEN i % 20 = 0 THEN \(now) - i % 1000000 ELSE \(now) - 2600000 - i * 60 END)"
        try await database.execute(
            """
            INSERT INTO bookings (id, locator, offer, payer, price, conversion, seller, nonce,
                hold_expires_at, created_at, fulfilment, personal_key, owner, erased_at)
            SELECT MD5(CAST(i AS TEXT)), 'X' || i, '{}', \(owner), 1000000000, '{}',
                CASE WHEN i % 2 = 0 THEN 'registry' ELSE 'somebody' END, 'n' || i,
                \(time) + 900, \(time),
                CASE WHEN i % 50 = 1 THEN 'released' ELSE 'ticketed' END, 1, \(owner), \(now)
            FROM \(series(count))
            """)
        // Of what airlines sell themselves, two bookings a flight; of everything one in a hundred
        // was disputed.
        try await database.execute(
            """
            INSERT INTO escrows (escrow_id, seller, nonce, passenger, state, token, price, seats,
                refunded, paid_out, fees, fee_bps, carrier, flight_id, cabin, policy, booked_at,
                departs, arrives, ticket_deadline, dispute_window, stale_at, has_responded,
                booking_created_at, resolve_by)
            SELECT -i, CASE WHEN i % 2 = 0 THEN 'registry' ELSE 'somebody' END, 'n' || i, \(owner),
                CASE WHEN i % 20 = 0 THEN 'ticketed' WHEN i % 100 = 3 THEN 'resolved'
                    ELSE 'settled' END,
                'T', 1000000000, 1, 0, CASE WHEN i % 20 = 0 THEN 0 ELSE 990000000 END, 0,
                100, 'TQ', CASE WHEN i % 2 = 0 THEN 1000000 + i / 4 END,
                CASE WHEN i % 2 = 0 THEN 'economy' END, 1, \(time), \(time) + 2000000,
                \(time) + 2007200, \(time) + 86400, 172800, \(time) + 9000000, FALSE,
                \(time), CASE WHEN i % 100 = 3 THEN \(time) + 3000000 END
            FROM \(series(count)) WHERE i % 50 <> 1
            """)
        try await database.execute(
            """
            INSERT INTO airline_payments (event_id, escrow_id, amount, fee, paid_at)
            SELECT 'p' || i, -i, 990000000, 10000000, \(time) + 2200000
            FROM \(series(count)) WHERE i % 2 = 0 AND i % 20 <> 0
            """)
        try await database.execute(
            """
            UPDATE airline_payments SET
                carrier = (SELECT carrier FROM escrows
                    WHERE escrows.escrow_id = airline_payments.escrow_id),
                token = (SELECT token FROM escrows
                    WHERE escrows.escrow_id = airline_payments.escrow_id)
            """)
        try await database.execute(
            """
            INSERT INTO transactions (hash, booking_id, purpose, envelope, fee_stroops_max, summary,
                expires_at, offered_at, signed, status, ledger)
            SELECT MD5('t' || i) || MD5('u' || i), MD5(CAST(i AS TEXT)), 'payment', '', 100, '[]',
                \(time) + 900, \(time), '', 'applied', 1
            FROM \(series(count))
            """)
        try await database.execute(
            """
            INSERT INTO fulfilment_journal (booking_id, number, event, state_before, state_after,
                happened_at)
            SELECT MD5(CAST(i AS TEXT)), 1, 'ticketed', 'held', 'ticketed', \(time)
            FROM \(series(count))
            """)
        try await database.execute(
            """
            INSERT INTO chain_events (id, contract, name, escrow_id, ledger, transaction_hash,
                closed_at)
            SELECT 'e' || i, 'C', 'booked', -i, 1, MD5('t' || i), '' FROM \(series(count))
            """)
        try await database.execute(
            """
            INSERT INTO idempotency_keys (key_hash, request_hash, salt, booking_id, held_until,
                created_at)
            SELECT SHA256(CAST('k' || i AS BYTEA)), '', '', MD5(CAST(i AS TEXT)), \(time), \(time)
            FROM \(series(count))
            """)
        try await database.execute(
            """
            INSERT INTO trip_changes (booking_id, change_id, trip_before, trip_after, detected_at,
                is_acceptable, decision, decided_at)
            SELECT MD5(CAST(i AS TEXT)), 'c', '[]', '[]', \(time), TRUE, 'accepted', \(time)
            FROM \(series(count)) WHERE i % 20 = 7
            """)
    }

    private func people(in database: Database, _ now: Int64) async throws {
        // Two sign-ins of each account, one of them over.
        try await database.execute(
            """
            INSERT INTO sessions (id, subject, device, created_at, last_used_at, expires_at,
                generation, ended_at, end_reason)
            SELECT 's' || i, 'G' || i / 2, 'a browser', \(now) - 86400, \(now) - 3600,
                \(now) + 2500000, 3, CASE WHEN i % 2 = 0 THEN \(now) - 60 END,
                CASE WHEN i % 2 = 0 THEN 'signed_out' END
            FROM \(series(count / Self.bookingsEach * 2))
            """)
        try await database.execute(
            """
            INSERT INTO challenges (id, subject, account, message, transaction_hash, expires_at)
            SELECT 'c' || i, 'G' || i, 'G' || i, '', 'h' || i, \(now) + 900000
            FROM \(series(count / 1000))
            """)
        try await database.execute(
            """
            INSERT INTO webhooks (id, owner, url, secret, personal_key, created_at)
            SELECT 'w' || i, 'G' || i, 'https://example.com', '', 1, \(now)
            FROM \(series(count / 100))
            """)
        try await database.execute(
            """
            INSERT INTO account_transactions (hash, subject, form, signer, purpose, envelope,
                fee_stroops_max, summary, expires_at, offered_at, signed, status, ledger)
            SELECT MD5('a' || i) || MD5('b' || i), 'loyalty.G' || i, 'transaction', 'G' || i,
                'redemption', '', 100, '[]', \(now) - 900, \(now) - 1000, '', 'applied', 1
            FROM \(series(count / 10))
            """)
        try await database.execute(
            """
            INSERT INTO escrow_credits (address, token, amount)
            SELECT 'G' || i, 'T', 5 FROM \(series(count / 100))
            """)
    }

    private func views(in database: Database, _ now: Int64) async throws {
        for statement: SQL in [
            """
            INSERT INTO loyalty_entries (id, address, kind, points, amount, escrow_id, carrier,
                happened_at, transaction_hash)
            SELECT 'l' || i, \(owner), 'earned', 100, NULL, -i, 'TQ', \(now) - i * 60, MD5('t' || i)
            FROM \(series(count))
            """,
            """
            INSERT INTO loyalty_accounts (address, debt)
            SELECT 'G' || i, 0 FROM \(series(count / Self.bookingsEach))
            """,
            """
            INSERT INTO loyalty_lots (address, month, earned, remaining)
            SELECT 'G' || i, 600, 1000, 1000 FROM \(series(count / Self.bookingsEach))
            """,
            """
            INSERT INTO loyalty_accruals (escrow_id, address, month)
            SELECT -i, \(owner), 600 FROM \(series(count))
            """,
            """
            INSERT INTO refund_claims (escrow_id, passenger, carrier, token, owed, paid, claimed_at,
                transaction_hash)
            SELECT -i, \(owner), 'TQ', 'T', 10, 10, \(now) - i * 60, MD5('t' || i)
            FROM \(series(count)) WHERE i % 20 = 2
            """,
            """
            INSERT INTO governance_proposals (id, proposer, actions, description_hash, begins_at,
                ends_at, grace, timelock, quorum_bps, threshold, support, against, abstain,
                is_cancelled, is_executed, proposed_at)
            SELECT 1000000 + i, 'G' || i, '[]', MD5('d' || i), \(now) - i * 60, \(now) - i * 50,
                600, 600, 2000, 1000, 5, 5, 0, FALSE, FALSE, \(now) - i * 70
            FROM \(series(count / 1000))
            """,
            """
            INSERT INTO governance_votes (proposal_id, voter, support, weight, voted_at)
            SELECT 1000001 + i % \(max(1, count / 1000)), 'G' || i, 'support', 5, \(now) - i
            FROM \(series(count / 10))
            """,
            """
            INSERT INTO governance_holders (address, balance, votes)
            SELECT 'G' || i, 5, 5 FROM \(series(count / Self.bookingsEach))
            """,
            """
            INSERT INTO governance_supply (changed_at, supply)
            SELECT i, 1000 FROM \(series(count / 1000))
            """,
        ] { try await database.execute(statement) }
    }

    private func operations(in database: Database, _ now: Int64) async throws {
        // The log goes on behind what the service itself has written.
        try await database.execute(
            """
            INSERT INTO audit_log (number, happened_at, actor, action, subject, hash)
            SELECT 1000000 + i, \(now) - 1000, 'G' || i, 'auth.signed_in', '', ''
            FROM \(series(count))
            """)
        try await database.execute(
            """
            INSERT INTO audit_head (id, number, hash) VALUES (1, \(1_000_000 + count), '')
            ON CONFLICT (id) DO UPDATE SET number = \(1_000_000 + count)
            """)
        // What is still to be done for those that wait for their flight.
        try await database.execute(
            """
            INSERT INTO outbox (id, topic, payload, created_at, due_at, attempts, held_until)
            SELECT 'o' || i, 'tickets', '', \(now) - i, \(now) + 900000 + i, 3, 0
            FROM \(series(count / 1000))
            """)
        try await database.execute(
            """
            INSERT INTO mails (id, booking_id, kind, event, created_at, sent_at)
            SELECT MD5('m' || i), MD5(CAST(i AS TEXT)), 'confirmed', 'status.confirmed', \(now) - i,
                \(now) - i
            FROM \(series(count))
            """)
        try await database.execute(
            """
            INSERT INTO sponsorships (hash, account, day, fee_stroops, is_settled)
            SELECT MD5('t' || i), \(owner), 1 + i % 300, 100, TRUE FROM \(series(count))
            """)
        try await database.execute(
            """
            INSERT INTO sponsored_days (day, account, count, fee_stroops)
            SELECT 1 + i % 300, 'G' || i, 1, 100 FROM \(series(count / Self.bookingsEach))
            """)
    }
}
