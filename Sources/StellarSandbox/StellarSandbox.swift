internal import Cryptography
internal import Glibc
internal import HTTP
internal import StellarXDR

/// A Stellar network in one process: ledger, RPC and friendbot on quickstart's port and paths.
///
/// ```swift
/// let network = try await StellarSandbox.start()
/// … network.rpcURL …
/// await network.stop()
/// ```
public final class StellarSandbox: Sendable {
    /// The port it listens on.
    public let port: Int
    /// Where RPC is.
    public let rpcURL: String
    /// Where Horizon is.
    public let horizonURL: String
    /// Where friendbot is.
    public let friendbotURL: String
    /// What the network's id follows from.
    public let passphrase: String
    /// The seed of the account that holds everything at the start, as `S…`.
    public let rootSecret: String
    let chain: Chain
    private let friendbotStroops: Int64
    private let server: HTTPServer

    private init(
        _ configuration: Configuration, chain: Chain, server: HTTPServer, port: Int
    ) async {
        self.port = port
        rpcURL = "http://\(configuration.host):\(port)/rpc"
        horizonURL = "http://\(configuration.host):\(port)"
        friendbotURL = "http://\(configuration.host):\(port)/friendbot"
        passphrase = configuration.passphrase
        rootSecret = StrKey.encode(.seed(Uint256(fitting: chain.genesis.root.seed)))
        friendbotStroops = configuration.friendbotStroops
        self.chain = chain
        self.server = server
    }

    /// Starts a network of a test's own: in memory, on a free port, with quickstart's passphrase.
    /// Its time is the first second of 2026 and passes only when it is told to, so that a test sees
    /// the same each time it runs.
    /// - Throws: what the HTTP server throws when it cannot listen.
    public static func start() async throws -> StellarSandbox {
        let time: UInt64 = 1_767_225_600
        var configuration = Configuration(now: { time })
        configuration.port = 0
        return try await start(configuration)
    }

    /// Starts a network; it answers when this returns.
    /// - Throws: what the HTTP server throws when it cannot listen;
    ///   ``SandboxError/otherNetwork(_:)``, ``SandboxError/storage(_:)`` or the database's error
    ///   for a file that cannot be used.
    public static func start(_ configuration: Configuration) async throws -> StellarSandbox {
        let chain = try await Chain.open(configuration)
        var limits = HTTPServer.Configuration(host: configuration.host, port: configuration.port)
        limits.bodyBytesMax = configuration.bodyBytesMax
        // Simulations run on the threads that read them.
        limits.threads = min(16, max(limits.threads, sysconf(Int32(_SC_NPROCESSORS_ONLN))))
        // A network in memory is not asked on each answer.
        let isDurable = configuration.storage != .memory
        let requests = RequestCount()
        let routes = { @Sendable (request: HTTPRequest) in
            let base = "http://\(request.headers["Host"] ?? configuration.host)"
            return SandboxRoutes(
                rpc: RPCService(
                    chain: chain, configuration: configuration,
                    friendbotURL: "\(base)/friendbot"),
                friendbot: FriendbotService(chain: chain, stroops: configuration.friendbotStroops),
                horizon: HorizonService(
                    chain: chain, passphrase: configuration.passphrase, base: base),
                requests: requests)
        }
        let server = HTTPServer(limits) { request in
            routes(request).answerAtOnce(request)
        } handler: { request in
            let response = await routes(request).answer(request)
            return isDurable ? await Self.lasting(response, of: chain) : response
        }
        let port = try await server.start()
        await chain.setClosing(configuration.closing)
        return await StellarSandbox(configuration, chain: chain, server: server, port: port)
    }

    /// The answer, once all that it can tell of outlasts a crash.
    private static func lasting(_ response: HTTPResponse, of chain: Chain) async -> HTTPResponse {
        do throws(SandboxError) {
            try await chain.flush()
            return response
        } catch {
            return Problem(
                error.code, status: .serviceUnavailable, title: "The network's file fails.",
                detail: error.description
            ).response
        }
    }

    /// Answers what is under way, then closes the port.
    public func stop() async {
        await server.stop()
        await chain.setClosing(.manual)
        await chain.close()
    }

    /// Closes a ledger with what waits.
    /// - Returns: its number.
    @discardableResult
    public func closeLedger() async throws(SandboxError) -> UInt32 {
        let sequence = try await chain.closeLedger().sequence
        try await chain.flush()
        return sequence
    }

    /// Closes `count` ledgers.
    public func advance(ledgers count: Int) async throws(SandboxError) {
        try await chain.advanceCalmly(ledgers: count)
    }

    /// Lets time pass, and closes a ledger so that it shows.
    public func advance(seconds: UInt64) async throws(SandboxError) {
        await chain.advance(seconds: seconds)
        try await chain.closeLedger()
        try await chain.flush()
    }

    /// The network's time, in seconds since 1970: the clock's, as far as it has been advanced.
    public var now: UInt64 { chain.time }

    /// The number of the newest ledger.
    public var latestLedger: UInt32 {
        get async throws(SandboxError) { try await chain.latest.sequence }
    }

    /// When the newest ledger closed, in seconds since 1970.
    public var latestCloseTime: UInt64 {
        get async throws(SandboxError) { try await chain.latest.closeTime }
    }

    /// Gives `address` (`G…` or `C…`) friendbot's starting balance.
    /// - Throws: ``SandboxError/notAnAccount(_:)``, ``SandboxError/alreadyFunded``.
    public func fund(_ address: String) async throws(SandboxError) {
        guard let funded = Funded(address) else { throw .notAnAccount(address) }
        _ = try await chain.fund(funded, upTo: friendbotStroops)
        try await chain.flush()
    }
}
