public import Database
import StellarXDR
public import TraqoraAPI
import Travel

extension TransactionPurpose: SQLConvertible {}
extension SubmissionStatus: SQLConvertible {}

/// What a transaction is about.
enum TransactionSubject: Hashable, Sendable {
    /// A booking that was made here.
    case booking(BookingID)
    /// Anything else, as whoever offers it calls it: `loyalty.G…`, `governance.7`, `airline.TQ`.
    case named(String)
}

/// What is signed.
enum TransactionForm: String, SQLConvertible, Sendable {
    /// The transaction itself, whose account pays the network.
    case transaction
    /// An authorization, for which the platform makes the transaction and pays the network.
    case authorization
}

extension TransactionForm: Comparable {
    static func < (left: TransactionForm, right: TransactionForm) -> Bool {
        (left, right) == (.transaction, .authorization)
    }
}

/// A transaction that was offered to somebody to sign, and what became of it.
struct TransactionRow: Sendable, RowDecodable, Equatable {
    /// What is signed, in hexadecimal digits: the transaction's hash, or the authorization's.
    var hash: String
    var subject: TransactionSubject
    /// Who signs: `G…`, or `C…` for an authorization.
    var signer: String
    var form = TransactionForm.transaction
    var purpose: TransactionPurpose
    /// The envelope without signatures; or the entry without one.
    var envelope: [UInt8]
    var feeStroopsMax: UInt32
    var summary: [String]
    /// No ledger takes it after that.
    var expiresAt: Instant
    var offeredAt: Instant
    /// The envelope, or the entry, as it came back.
    var signed: [UInt8]?
    /// The envelope that the platform made around an authorization, and signed.
    var sent: [UInt8]?
    /// Its hash.
    var sentHash: String?
    /// `nil` until it came back.
    var status: SubmissionStatus?
    var ledger: UInt32?
    var failure: String?
    /// When it was first heard that its account's number is used up.
    var doubtedAt: Instant?

    /// As the API tells of it.
    var response: TransactionResponse {
        TransactionResponse(
            purpose: purpose, hash: sentHash ?? hash, status: status ?? .offered, ledger: ledger,
            failure: failure)
    }
}

extension TransactionRow {
    init(row: Row) throws(DatabaseError) {
        hash = try row.value("hash")
        if let booking = try row.value("booking_id", as: BookingID?.self) {
            subject = .booking(booking)
        } else {
            subject = .named(try row.value("subject"))
        }
        signer = try row.value("signer", as: String?.self) ?? ""
        form = try row.value("form")
        purpose = try row.value("purpose")
        envelope = try row.value("envelope")
        feeStroopsMax = try row.value("fee_stroops_max")
        summary = try row.value("summary", as: JSONColumn<[String]>.self).value
        expiresAt = try row.value("expires_at")
        offeredAt = try row.value("offered_at")
        signed = try row.value("signed")
        sent = try row.value("sent")
        sentHash = try row.value("sent_hash")
        status = try row.value("status")
        ledger = try row.value("ledger")
        failure = try row.value("failure")
        doubtedAt = try row.value("doubted_at")
    }
}
