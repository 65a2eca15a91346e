extension Migrations {
    /// What the platform pays to the network for others: of each day, and each.
    static let sponsoring = """
        CREATE TABLE sponsored_days (
            day BIGINT NOT NULL, account TEXT NOT NULL, count BIGINT NOT NULL,
            fee_stroops BIGINT NOT NULL, PRIMARY KEY (day, account));
        CREATE TABLE sponsorships (
            hash TEXT PRIMARY KEY, account TEXT NOT NULL, day BIGINT NOT NULL,
            fee_stroops BIGINT NOT NULL, is_settled BOOLEAN NOT NULL);
        """

    /// Finds what the platform sent for somebody by the name that the ledger has for it.
    static let sentForOthers = """
        CREATE INDEX account_transactions_sent ON account_transactions (sent_hash)
            WHERE sent_hash IS NOT NULL;
        """
}
