extension Migrations {
    /// Since when it is doubted that a transaction can still be sent; and what finds those whose
    /// cost is still to be told, those that the platform made around an authorization, and keys
    /// that have had their time.
    static let certainty = """
        ALTER TABLE transactions ADD COLUMN doubted_at BIGINT;
        ALTER TABLE account_transactions ADD COLUMN doubted_at BIGINT;
        CREATE INDEX transactions_sent ON transactions (sent_hash) WHERE sent_hash IS NOT NULL;
        CREATE INDEX idempotency_keys_created ON idempotency_keys (created_at);
        CREATE INDEX sponsorships_open ON sponsorships (day, hash) WHERE NOT is_settled;
        """
}
