extension Migrations {
    /// What travellers say in disputes.
    static let disputes = """
        CREATE TABLE disputes (
            booking_id TEXT PRIMARY KEY REFERENCES bookings (id), statement BYTEA NOT NULL,
            personal_key BIGINT NOT NULL, stated_at BIGINT NOT NULL);
        CREATE INDEX disputes_personal_key ON disputes (personal_key);
        """
}

extension Migrations {
    /// What airlines answer.
    static let disputeAnswers = """
        CREATE TABLE dispute_answers (
            booking_id TEXT PRIMARY KEY REFERENCES bookings (id), answer BYTEA NOT NULL,
            personal_key BIGINT NOT NULL, answered_at BIGINT NOT NULL);
        CREATE INDEX dispute_answers_personal_key ON dispute_answers (personal_key);
        """
}
