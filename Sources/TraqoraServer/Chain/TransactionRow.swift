public import Database
public import TraqoraAPI
import Travel

extension TransactionPurpose: SQLConvertible {}
extension SubmissionStatus: SQLConvertible {}

/// A transaction that was offered for a booking, and what became of it.
struct TransactionRow: Sendable, RowDecodable, Equatable {
    /// In hexadecimal digits.
    var hash: String
    var bookingID: BookingID
    var purpose: TransactionPurpose
    /// The envelope without signatures.
    var envelope: [UInt8]
    var feeStroopsMax: UInt32
    var summary: [String]
    /// No ledger takes it after that.
    var expiresAt: Instant
    var offeredAt: Instant
    /// The envelope as it came back.
    var signed: [UInt8]?
    /// `nil` until it came back.
    var status: SubmissionStatus?
    var ledger: UInt32?
    var failure: String?
}

extension TransactionRow {
    init(row: Row) throws(DatabaseError) {
        hash = try row.value("hash")
        bookingID = try row.value("booking_id")
        purpose = try row.value("purpose")
        envelope = try row.value("envelope")
        feeStroopsMax = try row.value("fee_stroops_max")
        summary = try row.value("summary", as: JSONColumn<[String]>.self).value
        expiresAt = try row.value("expires_at")
        offeredAt = try row.value("offered_at")
        signed = try row.value("signed")
        status = try row.value("status")
        ledger = try row.value("ledger")
        failure = try row.value("failure")
    }
}
