extension Migrations {
    /// What is read of loyalty, governance and refunds from the ledger, and may be read again.
    static let views = """
        CREATE TABLE book_events (
            book TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (book, id));

        CREATE TABLE loyalty_accounts (address TEXT PRIMARY KEY, debt BIGINT NOT NULL);
        CREATE TABLE loyalty_lots (
            address TEXT NOT NULL, month BIGINT NOT NULL, earned BIGINT NOT NULL,
            remaining BIGINT NOT NULL, PRIMARY KEY (address, month));
        CREATE TABLE loyalty_accruals (
            escrow_id BIGINT PRIMARY KEY, address TEXT NOT NULL, month BIGINT NOT NULL);
        CREATE TABLE loyalty_entries (
            id TEXT PRIMARY KEY, address TEXT NOT NULL, kind TEXT NOT NULL,
            points BIGINT NOT NULL, amount BIGINT, escrow_id BIGINT, carrier TEXT,
            happened_at BIGINT NOT NULL, transaction_hash TEXT NOT NULL);
        CREATE INDEX loyalty_entries_address ON loyalty_entries (address, happened_at);
        CREATE TABLE loyalty_rates (token TEXT PRIMARY KEY, rate BIGINT NOT NULL);
        CREATE TABLE loyalty_terms (
            id BIGINT PRIMARY KEY, tiers TEXT NOT NULL, redemption BIGINT NOT NULL);

        CREATE TABLE governance_terms (
            id BIGINT PRIMARY KEY, settings TEXT NOT NULL, guardian TEXT, pauses TEXT);
        CREATE TABLE governance_proposals (
            id BIGINT PRIMARY KEY, proposer TEXT NOT NULL, actions TEXT NOT NULL,
            description_hash TEXT NOT NULL, begins_at BIGINT NOT NULL, ends_at BIGINT NOT NULL,
            grace BIGINT NOT NULL, timelock BIGINT NOT NULL, quorum_bps BIGINT NOT NULL,
            threshold BIGINT NOT NULL, support BIGINT NOT NULL, against BIGINT NOT NULL,
            abstain BIGINT NOT NULL, executable_at BIGINT, is_cancelled BOOLEAN NOT NULL,
            is_executed BOOLEAN NOT NULL, proposed_at BIGINT NOT NULL);
        CREATE TABLE governance_votes (
            proposal_id BIGINT NOT NULL, voter TEXT NOT NULL, support TEXT NOT NULL,
            weight BIGINT NOT NULL, voted_at BIGINT NOT NULL, PRIMARY KEY (proposal_id, voter));
        CREATE INDEX governance_votes_newest ON governance_votes (proposal_id, voted_at);
        CREATE TABLE governance_holders (
            address TEXT PRIMARY KEY, balance BIGINT NOT NULL, delegatee TEXT,
            votes BIGINT NOT NULL);
        CREATE TABLE governance_supply (changed_at BIGINT PRIMARY KEY, supply BIGINT NOT NULL);
        CREATE TABLE governance_descriptions (
            hash TEXT PRIMARY KEY, description TEXT NOT NULL, kept_at BIGINT NOT NULL,
            is_proposed BOOLEAN NOT NULL);
        CREATE INDEX governance_descriptions_kept ON governance_descriptions (kept_at)
            WHERE NOT is_proposed;

        CREATE TABLE refund_schedules (
            token TEXT NOT NULL, version BIGINT NOT NULL, begins_at BIGINT NOT NULL,
            notice BIGINT NOT NULL, bands TEXT NOT NULL, PRIMARY KEY (token, version));
        CREATE TABLE refund_claims (
            escrow_id BIGINT PRIMARY KEY, passenger TEXT NOT NULL, carrier TEXT NOT NULL,
            token TEXT NOT NULL, owed BIGINT NOT NULL, paid BIGINT NOT NULL,
            claimed_at BIGINT NOT NULL, transaction_hash TEXT NOT NULL);
        CREATE INDEX refund_claims_passenger ON refund_claims (passenger, claimed_at);
        CREATE INDEX refund_claims_carrier ON refund_claims (carrier, claimed_at);
        CREATE INDEX escrows_disputes_passenger ON escrows (passenger, resolve_by)
            WHERE resolve_by IS NOT NULL;
        CREATE INDEX escrows_disputes_carrier ON escrows (carrier, resolve_by)
            WHERE resolve_by IS NOT NULL;
        """
}
