/// A problem document (RFC 9457): why a request was refused, and what to do.
public struct ProblemResponse: Codable, Hashable, Sendable {
    /// Where the code is explained.
    public var type: String?
    /// The stable code.
    public var code: String
    /// The status.
    public var status: Int
    /// What kind of thing went wrong.
    public var title: String
    /// What went wrong this time.
    public var detail: String?
    /// The parameter that is missing or wrong.
    public var parameter: String?
    /// The place of the field that is wrong: `passengers[0].name`.
    public var field: String?
    /// How many bytes are read.
    public var limitBytes: String?
    /// How many fields of a head are read.
    public var limitFields: String?
    /// What the offer costs now: `355.34 USD`.
    public var newTotal: String?
    /// The offer as it is now.
    public var newOfferID: String?
    /// Why the ledger could not be asked.
    public var cause: String?
    /// The name of the contract's error.
    public var contractError: String?
    /// What the ledger's host says.
    public var hostError: String?

    private enum CodingKeys: String, CodingKey {
        case type, code, status, title, detail, parameter, field, cause
        case limitBytes = "limit_bytes"
        case limitFields = "limit_fields"
        case newTotal = "new_total"
        case newOfferID = "new_offer_id"
        case contractError = "contract_error"
        case hostError = "host_error"
    }
}
