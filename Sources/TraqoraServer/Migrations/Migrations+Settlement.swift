extension Migrations {
    /// When the life of a booking on the ledger was last extended, and what finds the bookings that
    /// wait for an end.
    static let settlement = """
        CREATE TABLE escrow_lives (
            escrow_id BIGINT PRIMARY KEY, extended_at BIGINT NOT NULL);
        CREATE INDEX escrows_stale ON escrows (state, stale_at);
        CREATE INDEX escrows_booked ON escrows (state, booked_at);
        CREATE INDEX escrows_flight ON escrows (flight_id, state);
        CREATE INDEX registry_flights_status ON registry_flights (status, status_time);
        """
}
