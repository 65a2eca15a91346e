extension Migrations {
    /// Who is told of changes, and what was told last of each booking.
    static let webhooks = """
        CREATE TABLE webhooks (
            id TEXT PRIMARY KEY, owner TEXT NOT NULL, url TEXT NOT NULL, secret BYTEA NOT NULL,
            personal_key BIGINT NOT NULL, created_at BIGINT NOT NULL,
            delivered_at BIGINT, failure TEXT, failed_at BIGINT);
        CREATE INDEX webhooks_owner ON webhooks (owner, created_at);
        CREATE INDEX webhooks_personal_key ON webhooks (personal_key);
        ALTER TABLE bookings ADD COLUMN announced_status TEXT;
        """
}
