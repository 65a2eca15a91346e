extension Migrations {
    /// Whether the service is maintained, and what finds bookings of anybody.
    static let administration = """
        CREATE TABLE maintenance (
            id BIGINT PRIMARY KEY, message TEXT NOT NULL, begins_at BIGINT NOT NULL,
            retry_seconds BIGINT NOT NULL);
        CREATE INDEX bookings_created ON bookings (created_at, id);
        CREATE INDEX bookings_payer ON bookings (payer, created_at);
        CREATE INDEX outbox_created ON outbox (created_at, id);
        """
}
