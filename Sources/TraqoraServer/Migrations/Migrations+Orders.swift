extension Migrations {
    /// What a supplier calls an order of whose answer nothing else could be read.
    static let orderTraces = """
        ALTER TABLE bookings ADD COLUMN order_trace TEXT;
        """
}
