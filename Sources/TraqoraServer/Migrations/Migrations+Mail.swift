extension Migrations {
    /// Whom a booking's news go to, sealed, and which went out.
    static let mail = """
        ALTER TABLE bookings ADD COLUMN contact BYTEA;
        CREATE TABLE mails (
            id TEXT PRIMARY KEY, booking_id TEXT NOT NULL REFERENCES bookings (id),
            kind TEXT NOT NULL, event TEXT NOT NULL, created_at BIGINT NOT NULL,
            sent_at BIGINT, failure TEXT, failed_at BIGINT, UNIQUE (booking_id, event));
        CREATE INDEX mails_failing ON mails (sent_at, failed_at);
        """
}
