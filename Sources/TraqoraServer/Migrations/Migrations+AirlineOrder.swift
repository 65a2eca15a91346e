extension Migrations {
    /// An airline's bookings as they were made, and its payments by token and day, without a look
    /// at those of others; what found bookings by their numbers is not needed any more. Payments
    /// that an older program writes meanwhile are assigned by who reads the airlines' book.
    static let airlineOrder = """
        ALTER TABLE airline_payments ADD COLUMN carrier TEXT;
        ALTER TABLE airline_payments ADD COLUMN token TEXT;
        UPDATE airline_payments SET
            carrier = (SELECT CASE WHEN escrows.seller = 'registry' THEN escrows.carrier ELSE '' END
                FROM escrows WHERE escrows.escrow_id = airline_payments.escrow_id),
            token = (SELECT escrows.token FROM escrows
                WHERE escrows.escrow_id = airline_payments.escrow_id);
        CREATE INDEX airline_payments_unassigned ON airline_payments (escrow_id)
            WHERE carrier IS NULL;
        CREATE INDEX airline_payments_carrier ON airline_payments (carrier, token, paid_at);
        CREATE INDEX escrows_carrier_booked ON escrows (carrier, booked_at, escrow_id);
        CREATE INDEX escrows_carrier_state_booked
            ON escrows (carrier, state, booked_at, escrow_id);
        DROP INDEX escrows_carrier_state;
        DROP INDEX escrows_carrier;
        CREATE INDEX escrows_flight_booked ON escrows (flight_id, booked_at, escrow_id);
        """
}
