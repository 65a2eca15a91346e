extension Migrations {
    /// What is offered to sign may be an authorization, for which the platform makes the
    /// transaction (`sent`) and pays; and it may be about something else than a booking.
    static let transactions = """
        ALTER TABLE transactions ADD COLUMN form TEXT NOT NULL DEFAULT 'transaction';
        ALTER TABLE transactions ADD COLUMN signer TEXT;
        ALTER TABLE transactions ADD COLUMN sent BYTEA;
        ALTER TABLE transactions ADD COLUMN sent_hash TEXT;

        CREATE TABLE account_transactions (
            hash TEXT PRIMARY KEY, subject TEXT NOT NULL, form TEXT NOT NULL, signer TEXT NOT NULL,
            purpose TEXT NOT NULL, envelope BYTEA NOT NULL, fee_stroops_max BIGINT NOT NULL,
            summary TEXT NOT NULL, expires_at BIGINT NOT NULL, offered_at BIGINT NOT NULL,
            signed BYTEA, sent BYTEA, sent_hash TEXT, status TEXT, ledger BIGINT, failure TEXT);
        CREATE INDEX account_transactions_unsigned ON account_transactions (expires_at)
            WHERE status IS NULL;
        """
}
