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
}
