extension Migrations {
    /// What a supplier calls an order of whose answer nothing else could be read.
    static let orderTraces = """
        ALTER TABLE bookings ADD COLUMN order_trace TEXT;
        """

    /// What airlines change of trips that are booked, and when a booking is looked at for it.
    static let tripChanges = """
        ALTER TABLE bookings ADD COLUMN changes_due_at BIGINT;
        CREATE INDEX bookings_changes_due ON bookings (changes_due_at)
            WHERE changes_due_at IS NOT NULL;
        CREATE TABLE trip_changes (
            booking_id TEXT NOT NULL REFERENCES bookings (id), change_id TEXT NOT NULL,
            trip_before TEXT NOT NULL, trip_after TEXT NOT NULL, detected_at BIGINT NOT NULL,
            is_acceptable BOOLEAN NOT NULL, decision TEXT, decided_at BIGINT,
            PRIMARY KEY (booking_id, change_id));
        """
}
