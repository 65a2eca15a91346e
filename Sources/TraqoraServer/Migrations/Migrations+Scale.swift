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

    /// What finds the newest bookings of a status among a million, and what was offered to sign
    /// about one thing. When a booking was made never changes, so it stands beside its money too.
    static let statuses = """
        ALTER TABLE escrows ADD COLUMN booking_created_at BIGINT;
        UPDATE escrows SET booking_created_at = (SELECT created_at FROM bookings
            WHERE bookings.seller = escrows.seller AND bookings.nonce = escrows.nonce);
        CREATE INDEX escrows_created ON escrows (state, booking_created_at DESC);
        CREATE INDEX bookings_fulfilment_created ON bookings (fulfilment, created_at DESC, id);
        CREATE INDEX account_transactions_subject ON account_transactions (subject, purpose);
        """
}
