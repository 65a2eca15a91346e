extension Migrations {
    /// What finds among a million bookings those that have just come to an end: by state for who
    /// settles them, by airline for what it is to be paid.
    static let ages = """
        CREATE INDEX escrows_arrived ON escrows (state, arrives);
        CREATE INDEX escrows_carrier_arrived ON escrows (carrier, arrives);
        """
}
