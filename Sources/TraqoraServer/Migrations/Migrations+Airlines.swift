extension Migrations {
    /// Who sells on the ledger, and what they were paid: written from its events, and again from
    /// the first one after a rebuild.
    static let airlines = """
        CREATE TABLE airlines (
            code TEXT PRIMARY KEY, name TEXT NOT NULL, owner TEXT NOT NULL, proposed_owner TEXT,
            payout TEXT NOT NULL, metadata_hash TEXT NOT NULL, standing TEXT NOT NULL, reason TEXT,
            registered_at BIGINT NOT NULL);
        CREATE TABLE airline_operators (
            code TEXT NOT NULL, account TEXT NOT NULL, since BIGINT NOT NULL,
            PRIMARY KEY (code, account));
        CREATE TABLE airline_bonds (
            code TEXT NOT NULL, token TEXT NOT NULL, amount TEXT NOT NULL,
            requested TEXT NOT NULL, available_at BIGINT, PRIMARY KEY (code, token));
        CREATE TABLE airline_payments (
            event_id TEXT PRIMARY KEY, escrow_id BIGINT NOT NULL, amount BIGINT NOT NULL,
            fee BIGINT NOT NULL, paid_at BIGINT NOT NULL);
        CREATE INDEX airline_payments_escrow ON airline_payments (escrow_id);
        CREATE INDEX airline_payments_paid ON airline_payments (paid_at);
        CREATE INDEX escrows_carrier ON escrows (carrier, escrow_id);
        CREATE INDEX registry_flights_carrier ON registry_flights (carrier, departs, flight_id);
        CREATE INDEX registry_policies_carrier ON registry_policies (carrier, number);
        """
}
