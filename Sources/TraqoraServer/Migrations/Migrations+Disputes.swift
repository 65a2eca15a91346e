extension Migrations {
    /// What travellers say in disputes.
    static let disputes = """
        CREATE TABLE disputes (
            booking_id TEXT PRIMARY KEY REFERENCES bookings (id), statement BYTEA NOT NULL,
            personal_key BIGINT NOT NULL, stated_at BIGINT NOT NULL);
        CREATE INDEX disputes_personal_key ON disputes (personal_key);
        """
}
