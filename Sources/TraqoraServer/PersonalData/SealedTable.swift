/// A table with sealed columns: what is known of it to seal them anew.
///
/// Every table with personal data has one, is in ``all``, and has a column `personal_key` with the
/// lowest version of a key in the row, so that rows to be sealed anew are found without opening
/// any.
struct SealedTable: Sendable {
    /// Its name.
    var name: StaticString
    /// Its key, a text.
    var key: StaticString
    /// The sealed columns.
    var columns: [StaticString]

    static let bookings = SealedTable(
        name: "bookings", key: "id", columns: ["passengers", "tickets", "salt", "contact"])

    static let disputes = SealedTable(
        name: "disputes", key: "booking_id", columns: ["statement"])

    static let disputeAnswers = SealedTable(
        name: "dispute_answers", key: "booking_id", columns: ["answer"])

    static let webhooks = SealedTable(name: "webhooks", key: "id", columns: ["secret"])

    /// Every one there is.
    static let all = [bookings, disputes, disputeAnswers, webhooks]

    /// The place of a column in a row.
    func place(_ column: StaticString, _ row: String) -> ColumnPlace {
        ColumnPlace(table: name, column: column, row: row)
    }
}
