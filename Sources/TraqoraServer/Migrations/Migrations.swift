public import Database

/// The schema of the server's database. A step is never edited once it has run anywhere.
public enum Migrations {
    /// All steps, in order.
    public static let all = [
        Migration(1, "leases and outbox", Leases.schema + Outbox.schema),
        Migration(2, "bookings", bookings),
        Migration(3, "chain", chain),
    ]

    private static let bookings = """
        CREATE TABLE bookings (
            id TEXT PRIMARY KEY, locator TEXT NOT NULL UNIQUE, token_hash BYTEA,
            offer TEXT NOT NULL, passengers BYTEA, salt BYTEA,
            payer TEXT NOT NULL, price BIGINT NOT NULL, conversion TEXT NOT NULL,
            seller TEXT NOT NULL, nonce TEXT NOT NULL,
            hold_expires_at BIGINT NOT NULL, created_at BIGINT NOT NULL,
            fulfilment TEXT NOT NULL, airline_reference TEXT, tickets BYTEA,
            personal_key BIGINT NOT NULL, erased_at BIGINT,
            UNIQUE (seller, nonce), CHECK (price > 0));
        CREATE INDEX bookings_personal_key ON bookings (personal_key);
        CREATE INDEX bookings_fulfilment ON bookings (fulfilment, hold_expires_at);

        CREATE TABLE fulfilment_journal (
            booking_id TEXT NOT NULL REFERENCES bookings (id), number BIGINT NOT NULL,
            event TEXT NOT NULL, state_before TEXT NOT NULL, state_after TEXT NOT NULL,
            action TEXT, happened_at BIGINT NOT NULL, PRIMARY KEY (booking_id, number));

        CREATE TABLE idempotency_keys (
            key_hash BYTEA PRIMARY KEY, request_hash BYTEA NOT NULL, salt BYTEA NOT NULL,
            booking_id TEXT REFERENCES bookings (id), held_until BIGINT NOT NULL,
            created_at BIGINT NOT NULL);

        CREATE TABLE transactions (
            hash TEXT PRIMARY KEY, booking_id TEXT NOT NULL REFERENCES bookings (id),
            purpose TEXT NOT NULL, envelope BYTEA NOT NULL, fee_stroops_max BIGINT NOT NULL,
            summary TEXT NOT NULL, expires_at BIGINT NOT NULL, offered_at BIGINT NOT NULL,
            signed BYTEA, status TEXT, ledger BIGINT, failure TEXT);
        CREATE INDEX transactions_booking ON transactions (booking_id, offered_at);
        """

    private static let chain = """
        CREATE TABLE escrows (
            escrow_id BIGINT PRIMARY KEY, seller TEXT NOT NULL, nonce TEXT NOT NULL,
            passenger TEXT NOT NULL, state TEXT NOT NULL, token TEXT NOT NULL,
            price BIGINT NOT NULL, seats BIGINT NOT NULL, refunded BIGINT NOT NULL,
            booked_at BIGINT NOT NULL, departs BIGINT NOT NULL, ticket_deadline BIGINT NOT NULL,
            UNIQUE (seller, nonce));
        CREATE INDEX escrows_state ON escrows (state, ticket_deadline);

        CREATE TABLE escrow_events (
            id TEXT PRIMARY KEY, escrow_id BIGINT NOT NULL, name TEXT NOT NULL,
            ledger BIGINT NOT NULL, transaction_hash TEXT NOT NULL, closed_at TEXT NOT NULL);

        CREATE TABLE chain_cursors (
            contract TEXT PRIMARY KEY, cursor TEXT, ledger BIGINT NOT NULL,
            read_at BIGINT NOT NULL);
        """
}
