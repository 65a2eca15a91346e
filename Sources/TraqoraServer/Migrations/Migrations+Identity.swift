extension Migrations {
    /// What was done by whom; the head guards the end of the log.
    static let audit = """
        CREATE TABLE audit_log (
            number BIGINT PRIMARY KEY, happened_at BIGINT NOT NULL, actor TEXT NOT NULL,
            action TEXT NOT NULL, subject TEXT NOT NULL, hash BYTEA NOT NULL);
        CREATE TABLE audit_head (
            id BIGINT PRIMARY KEY, number BIGINT NOT NULL, hash BYTEA NOT NULL);
        """

    /// Whose bookings are whose.
    static let owners = """
        ALTER TABLE bookings ADD COLUMN owner TEXT;
        CREATE INDEX bookings_owner ON bookings (owner, created_at);
        """

    /// Who signs in.
    static let identity = """
        CREATE TABLE challenges (
            id TEXT PRIMARY KEY, subject TEXT NOT NULL, account TEXT NOT NULL,
            message TEXT NOT NULL, transaction_hash TEXT NOT NULL UNIQUE,
            expires_at BIGINT NOT NULL, used_at BIGINT);
        CREATE INDEX challenges_expires ON challenges (expires_at);

        CREATE TABLE sessions (
            id TEXT PRIMARY KEY, subject TEXT NOT NULL, device TEXT NOT NULL,
            created_at BIGINT NOT NULL, last_used_at BIGINT NOT NULL, expires_at BIGINT NOT NULL,
            generation BIGINT NOT NULL, ended_at BIGINT, end_reason TEXT);
        CREATE INDEX sessions_subject ON sessions (subject, created_at);
        """
}
