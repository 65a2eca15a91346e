/// Why a challenge, or an answer to one, is refused (SEP-10).
public enum WebAuthError: Error, Hashable, Sendable {
    /// It cannot be decoded, or is no plain transaction.
    case malformed
    /// Its source is not the server's account.
    case wrongServer
    /// Its sequence number is not 0, so that a ledger might take it.
    case usableSequence
    /// It has no end, or none that is near.
    case noTimeBounds
    /// Its time has not come or is over.
    case outsideTimeBounds
    /// Its memo is no id, or is there beside a muxed account.
    case wrongMemo
    /// One of its operations is not one that a challenge has.
    case wrongOperation
    /// It is for another home domain.
    case wrongHomeDomain
    /// It is for another server of the domain.
    case wrongWebAuthDomain
    /// Its random value is not 48 bytes in base 64.
    case wrongNonce
    /// The server did not sign it.
    case notSignedByServer
    /// The client did not sign it.
    case notSignedByClient
    /// The domain of the client did not sign it.
    case notSignedByClientDomain
    /// A signature is nobody's who may sign, or is there twice.
    case unknownSignature
    /// Those who signed have too little weight together.
    case tooLittleWeight(has: UInt32, needs: UInt32)
    /// A domain or a name is too long to be challenged.
    case tooLong

    /// A stable name.
    public var code: String {
        switch self {
        case .malformed: "web_auth.malformed"
        case .wrongServer: "web_auth.wrong_server"
        case .usableSequence: "web_auth.usable_sequence"
        case .noTimeBounds: "web_auth.no_time_bounds"
        case .outsideTimeBounds: "web_auth.outside_time_bounds"
        case .wrongMemo: "web_auth.wrong_memo"
        case .wrongOperation: "web_auth.wrong_operation"
        case .wrongHomeDomain: "web_auth.wrong_home_domain"
        case .wrongWebAuthDomain: "web_auth.wrong_web_auth_domain"
        case .wrongNonce: "web_auth.wrong_nonce"
        case .notSignedByServer: "web_auth.not_signed_by_server"
        case .notSignedByClient: "web_auth.not_signed_by_client"
        case .notSignedByClientDomain: "web_auth.not_signed_by_client_domain"
        case .unknownSignature: "web_auth.unknown_signature"
        case .tooLittleWeight: "web_auth.too_little_weight"
        case .tooLong: "web_auth.too_long"
        }
    }
}

extension WebAuthError: CustomStringConvertible {
    /// A sentence.
    public var description: String {
        switch self {
        case .malformed: "it is no transaction envelope that can be read"
        case .wrongServer: "its source is not the server's signing key"
        case .usableSequence: "its sequence number must be 0"
        case .noTimeBounds: "it must have a beginning and an end in time"
        case .outsideTimeBounds: "its time is over or has not come: ask for a new challenge"
        case .wrongMemo: "its memo must be an id, and none for a muxed account"
        case .wrongOperation: "it has an operation that no challenge has"
        case .wrongHomeDomain: "it is for another home domain"
        case .wrongWebAuthDomain: "it is for another web auth domain"
        case .wrongNonce: "its first operation must have 48 random bytes in base 64"
        case .notSignedByServer: "the server's signature is missing or wrong"
        case .notSignedByClient: "the account's signature is missing"
        case .notSignedByClientDomain: "the signature of the client's domain is missing"
        case .unknownSignature: "it has a signature of somebody who may not sign, or one twice"
        case .tooLittleWeight(let has, let needs):
            "the signers have the weight \(has) together and need \(needs)"
        case .tooLong: "the domain is too long for a challenge"
        }
    }
}
