extension Migrations {
    /// Bookings whose offers an older release kept with the ages of minors, unsealed: whoever
    /// starts takes them out.
    static let offerAges = """
        CREATE TABLE offers_with_ages (booking_id TEXT PRIMARY KEY);
        INSERT INTO offers_with_ages (booking_id)
            SELECT id FROM bookings WHERE offer LIKE '%"ages":[%';
        """
}
