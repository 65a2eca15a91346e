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

    /// What happened on the ledger and accounts are told of, in one order, and who wants to hear of
    /// what. It is kept when books are written again, so that nothing is told twice.
    static let ledgerNews = """
        CREATE TABLE ledger_news (
            number BIGINT PRIMARY KEY, event_id TEXT NOT NULL UNIQUE, topic TEXT NOT NULL,
            name TEXT NOT NULL, account TEXT, airline TEXT, proposal BIGINT, escrow_id BIGINT,
            flight_id BIGINT, happened_at BIGINT NOT NULL, transaction_hash TEXT NOT NULL);
        CREATE TABLE ledger_news_count (number BIGINT NOT NULL);
        INSERT INTO ledger_news_count (number) VALUES (0);
        CREATE TABLE webhook_topics (
            webhook_id TEXT NOT NULL, topic TEXT NOT NULL, PRIMARY KEY (webhook_id, topic));
        CREATE INDEX webhook_topics_topic ON webhook_topics (topic, webhook_id);
        INSERT INTO webhook_topics (webhook_id, topic) SELECT id, 'bookings' FROM webhooks;
        """
}
