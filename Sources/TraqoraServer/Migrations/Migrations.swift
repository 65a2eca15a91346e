public import Database

/// The schema of the server's database. A step is never edited once it has run anywhere.
public enum Migrations {
    /// All steps, in order.
    public static let all = [
        Migration(1, "leases and outbox", Leases.schema + Outbox.schema),
        Migration(2, "bookings", bookings),
        Migration(3, "chain", chain),
        Migration(4, "identity", identity),
        Migration(5, "owners of bookings", owners),
        Migration(6, "audit", audit),
        Migration(7, "settlement", settlement),
        Migration(8, "disputes", disputes),
        Migration(9, "webhooks", webhooks),
        Migration(10, "transactions of anything", transactions),
        Migration(11, "administration", administration),
        Migration(12, "sponsoring", sponsoring),
        Migration(13, "airlines", airlines),
        Migration(14, "mail", mail),
        Migration(15, "ages of bookings", ages),
        Migration(16, "views", views),
        Migration(17, "answers in disputes", disputeAnswers),
        Migration(18, "traces of orders", orderTraces),
        Migration(19, "changes of trips", tripChanges),
        Migration(20, "rarities", rarities),
        Migration(21, "sent for others", sentForOthers),
        Migration(22, "statuses", statuses),
        Migration(23, "certainty of transactions", certainty),
        Migration(24, "airlines' bookings and payments in order", airlineOrder),
        Migration(25, "beginnings of books", beginnings),
        Migration(26, "offers with ages", offerAges),
        Migration(27, "news of the ledger", ledgerNews),
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

    /// What is read from the ledger, and may be read again.
    private static let chain = """
        CREATE TABLE chain_cursors (
            contract TEXT PRIMARY KEY, cursor TEXT, ledger BIGINT NOT NULL,
            read_at BIGINT NOT NULL);

        CREATE TABLE escrows (
            escrow_id BIGINT PRIMARY KEY, seller TEXT NOT NULL, nonce TEXT NOT NULL,
            passenger TEXT NOT NULL, state TEXT NOT NULL, token TEXT NOT NULL,
            price BIGINT NOT NULL, seats BIGINT NOT NULL, refunded BIGINT NOT NULL,
            paid_out BIGINT NOT NULL, fees BIGINT NOT NULL, fee_bps BIGINT NOT NULL,
            carrier TEXT NOT NULL, flight_id BIGINT, cabin TEXT, policy BIGINT NOT NULL,
            booked_at BIGINT NOT NULL, departs BIGINT NOT NULL, arrives BIGINT NOT NULL,
            ticket_deadline BIGINT NOT NULL, dispute_window BIGINT NOT NULL,
            stale_at BIGINT NOT NULL, resolve_by BIGINT, has_responded BOOLEAN NOT NULL,
            UNIQUE (seller, nonce));
        CREATE INDEX escrows_state ON escrows (state, ticket_deadline);

        CREATE TABLE escrow_news (
            escrow_id BIGINT PRIMARY KEY, state TEXT NOT NULL);

        CREATE TABLE escrow_credits (
            address TEXT NOT NULL, token TEXT NOT NULL, amount BIGINT NOT NULL,
            PRIMARY KEY (address, token));

        CREATE TABLE chain_events (
            id TEXT PRIMARY KEY, contract TEXT NOT NULL, name TEXT NOT NULL, escrow_id BIGINT,
            ledger BIGINT NOT NULL, transaction_hash TEXT NOT NULL, closed_at TEXT NOT NULL);
        CREATE INDEX chain_events_escrow ON chain_events (escrow_id, id);

        CREATE TABLE registry_airlines (
            code TEXT PRIMARY KEY, name TEXT NOT NULL, is_active BOOLEAN NOT NULL);

        CREATE TABLE registry_policies (
            number BIGINT PRIMARY KEY, carrier TEXT NOT NULL, rule TEXT NOT NULL);

        CREATE TABLE registry_flights (
            flight_id BIGINT PRIMARY KEY, carrier TEXT NOT NULL, number BIGINT NOT NULL,
            origin TEXT NOT NULL, destination TEXT NOT NULL, departs BIGINT NOT NULL,
            arrives BIGINT NOT NULL, is_open BOOLEAN NOT NULL, status TEXT NOT NULL,
            status_time BIGINT NOT NULL, is_confirmed BOOLEAN NOT NULL);
        CREATE INDEX registry_flights_route ON registry_flights (origin, destination, departs);

        CREATE TABLE registry_fares (
            flight_id BIGINT NOT NULL REFERENCES registry_flights (flight_id),
            cabin TEXT NOT NULL, price BIGINT NOT NULL, seats BIGINT NOT NULL,
            sold BIGINT NOT NULL, token TEXT NOT NULL, policy BIGINT NOT NULL,
            PRIMARY KEY (flight_id, cabin));
        """
}
