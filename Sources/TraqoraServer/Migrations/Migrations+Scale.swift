extension Migrations {
    /// What finds what is rare among a million: an airline's bookings in one state, its flights of
    /// one kind, what it is still to be paid, the disputes of its bookings.
    static let rarities = """
        CREATE INDEX escrows_carrier_state ON escrows (carrier, state, escrow_id);
        CREATE INDEX escrows_carrier_pending ON escrows (carrier, arrives)
            WHERE state IN ('paid', 'ticketed', 'disputed');
        CREATE INDEX escrows_disputed_carrier
            ON escrows (carrier, state, resolve_by DESC, escrow_id) WHERE resolve_by IS NOT NULL;
        CREATE INDEX registry_flights_carrier_status
            ON registry_flights (carrier, status, departs, flight_id);
        """
}
