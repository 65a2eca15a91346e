/// Why a server did not take a mail.
public enum SMTPError: Error, Hashable, Sendable {
    /// The address of the server, or one of those on the envelope, cannot be used.
    case malformed(String)
    /// Nobody listens there, or the network is in the way.
    case unreachable(String)
    /// It took too long. The mail may have been taken.
    case timedOut
    /// The connection broke. The mail may have been taken.
    case cut(String)
    /// The server's certificate is not good, or it offers no encryption.
    case insecure(String)
    /// The server does not accept our name and password.
    case unauthorized(String)
    /// The server says no for now: a status from 400 to 499.
    case deferred(Int, String)
    /// The server says no for good: a status from 500 to 599.
    case refused(Int, String)

    /// A stable name.
    public var code: String {
        switch self {
        case .malformed: "smtp.malformed"
        case .unreachable: "smtp.unreachable"
        case .timedOut: "smtp.timed_out"
        case .cut: "smtp.cut"
        case .insecure: "smtp.insecure"
        case .unauthorized: "smtp.unauthorized"
        case .deferred: "smtp.deferred"
        case .refused: "smtp.refused"
        }
    }

    /// Whether trying again gives nothing else.
    public var isPermanent: Bool {
        switch self {
        case .malformed, .refused: true
        case .unreachable, .timedOut, .cut, .insecure, .unauthorized, .deferred: false
        }
    }
}

extension SMTPError: CustomStringConvertible {
    /// A sentence. A server's own words are not in it: they may name whom the mail was for.
    public var description: String {
        switch self {
        case .malformed(let what): "\(what) cannot be used"
        case .unreachable(let why): "the mail server cannot be reached: \(why)"
        case .timedOut: "the mail server did not answer in time"
        case .cut(let why): "the connection to the mail server broke: \(why)"
        case .insecure(let why): "there is no secure connection to the mail server: \(why)"
        case .unauthorized: "the mail server does not accept our name and password"
        case .deferred(let status, _): "the mail server takes it later (\(status))"
        case .refused(let status, _): "the mail server refuses it (\(status))"
        }
    }
}
