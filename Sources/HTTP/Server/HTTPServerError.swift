/// Why a server does not serve.
public enum HTTPServerError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The host of the configuration is not one of this machine.
    case unknownHost(String)
    /// The port is taken, not allowed, or not one: with the system's words.
    case cannotListen(host: String, port: Int, reason: String)
    /// The library did not start.
    case cannotStart(String)
    /// It has been started before; a server starts once.
    case alreadyStarted

    /// A stable name.
    public var code: String {
        switch self {
        case .unknownHost: "http_server.unknown_host"
        case .cannotListen: "http_server.cannot_listen"
        case .cannotStart: "http_server.cannot_start"
        case .alreadyStarted: "http_server.already_started"
        }
    }

    /// A sentence.
    public var description: String {
        switch self {
        case .unknownHost(let host): "`\(host)` is not an address of this machine"
        case .cannotListen(let host, let port, let reason):
            "cannot listen on \(host):\(port): \(reason)"
        case .cannotStart(let reason): "the HTTP server cannot start: \(reason)"
        case .alreadyStarted: "the HTTP server has been started before"
        }
    }
}
