/// Why there is no answer.
public enum HTTPClientError: Error, Hashable, Sendable {
    /// The address cannot be read, or is not `http` or `https`.
    case badURL(String)
    /// The host has no address.
    case unresolved(String)
    /// Nobody listens there, or the network is in the way.
    case unreachable(String)
    /// The connection was not there in time. The request has not been sent.
    case connectTimedOut
    /// The answer was not complete in time. The request may have had its effect.
    case timedOut
    /// The answer has more bytes than are accepted.
    case tooLarge(limit: Int)
    /// The peer cut the connection before the answer was complete.
    case cut(String)
    /// The peer did not speak HTTP, or not a correct one.
    case malformed(String)
    /// The peer's certificate is not good, or no secure channel came about.
    case insecure(String)
    /// There were more redirects than are followed.
    case tooManyRedirects
    /// The task was cancelled.
    case cancelled
    /// The client has been shut down.
    case shutDown

    /// A stable name.
    public var code: String {
        switch self {
        case .badURL: "http_client.bad_url"
        case .unresolved: "http_client.unresolved"
        case .unreachable: "http_client.unreachable"
        case .connectTimedOut: "http_client.connect_timed_out"
        case .timedOut: "http_client.timed_out"
        case .tooLarge: "http_client.too_large"
        case .cut: "http_client.cut"
        case .malformed: "http_client.malformed"
        case .insecure: "http_client.insecure"
        case .tooManyRedirects: "http_client.too_many_redirects"
        case .cancelled: "http_client.cancelled"
        case .shutDown: "http_client.shut_down"
        }
    }

    /// Whether the request certainly never reached the peer, so that sending it again cannot do a
    /// thing twice.
    public var isBeforeSending: Bool {
        switch self {
        case .badURL, .unresolved, .unreachable, .connectTimedOut, .insecure, .shutDown: true
        case .timedOut, .tooLarge, .cut, .malformed, .tooManyRedirects, .cancelled: false
        }
    }
}

extension HTTPClientError: CustomStringConvertible {
    /// A sentence.
    public var description: String {
        switch self {
        case .badURL(let url): "`\(url)` is not an http or https address"
        case .unresolved(let host): "the host `\(host)` has no address"
        case .unreachable(let why): "the server cannot be reached: \(why)"
        case .connectTimedOut: "the server did not take the connection in time"
        case .timedOut: "the server did not answer in time"
        case .tooLarge(let limit): "the answer has more than \(limit) bytes"
        case .cut(let why): "the server cut the connection: \(why)"
        case .malformed(let why): "the server's answer cannot be read: \(why)"
        case .insecure(let why): "there is no secure connection: \(why)"
        case .tooManyRedirects: "the server redirects without end"
        case .cancelled: "the request was cancelled"
        case .shutDown: "the client has been shut down"
        }
    }
}
