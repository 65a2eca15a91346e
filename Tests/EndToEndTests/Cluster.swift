import Foundation
import HTTP
import Support
import Telemetry
import Testing
import TraqoraAPI

/// One process of the API after the other in one place, with a line to the network of its own that
/// is listened in on.
final class ClusterNode: Sendable {
    /// Hears what the process asks the network, before and after it is answered.
    typealias Listener = @Sendable (_ request: [UInt8], _ isAnswered: Bool) -> Bool

    private struct State {
        var program: BuiltProgram?
        var address: String?
        var settings: [String: String] = [:]
    }

    private let state = Lock(State())
    private let line = Lock<HTTPServer?>(nil)
    private let client: HTTPClient
    private let folder: URL

    /// - Parameters:
    ///   - rpc: the network.
    ///   - isDeadly: whether the process is to die now.
    init(
        _ settings: [String: String], rpc: String, folder: URL, client: HTTPClient,
        isDeadly: @escaping Listener = { _, _ in false }
    ) async throws {
        self.client = client
        self.folder = folder
        let server = HTTPServer { [self] request in
            if isDeadly(request.body, false) { return await die() }
            let answer = try? await client.send(
                HTTPClient.Request(
                    .post, rpc, headers: ["Content-Type": "application/json"], body: request.body))
            if isDeadly(request.body, true) { return await die() }
            return answer ?? .empty(.badGateway)
        }
        let port = try await server.start()
        line.withLock { $0 = server }
        state.withLock {
            $0.settings = settings.merging(
                ["PORT": "0", "SOROBAN_RPC_URL": "http://127.0.0.1:\(port)"]) { $1 }
        }
        try await start()
    }

    /// Where it is reached; `nil` while it is dead.
    var api: TraqoraClient? { address.map { TraqoraClient(base: $0, http: client) } }

    /// The same, as an address.
    var address: String? { state.withLock { $0.address } }

    /// Starts a process.
    func start() async throws {
        let program = try BuiltProgram(
            ["serve"], environment: state.withLock { $0.settings }, folder: folder)
        let line = try await program.lines(until: "Traqora serves").last ?? ""
        let address = try #require(line.split(separator: " ").last)
            .replacing("/health", with: "")
        state.withLock { ($0.program, $0.address) = (program, String(address)) }
    }

    /// Ends the process at once, wherever it is.
    func kill() async throws {
        let program = state.withLock { state in
            defer { (state.program, state.address) = (nil, nil) }
            return state.program
        }
        try await program?.kill()
    }

    /// Ends the process in order, and the line.
    func stop() async throws {
        let program = state.withLock { $0.program }
        try await program?.stop()
        await line.withLock { $0 }?.stop()
    }

    private func die() async -> HTTPResponse {
        try? await kill()
        return .empty(.badGateway)
    }
}

/// Several processes of the API over one database, one cache and one network.
struct Cluster: Sendable {
    let nodes: [ClusterNode]
    let rpc: String
    let client: HTTPClient
    let databaseURL: String
    /// What they share, where that is servers of their own.
    let postgreSQL: PostgreSQLServer?
    let redis: RedisServer?

    /// What keeps the data.
    enum Engine: CaseIterable {
        case sqlite
        /// PostgreSQL and Redis.
        case servers
    }

    /// Some process that lives.
    var api: TraqoraClient? { nodes.shuffled().lazy.compactMap(\.api).first }

    /// Starts the processes one after the other, and ends them afterwards.
    static func run(
        _ count: Int, on engine: Engine, settings more: [String: String] = [:],
        isDeadly: @escaping ClusterNode.Listener = { _, _ in false },
        _ body: (Cluster) async throws -> Void
    ) async throws {
        let postgreSQL = engine == .servers ? try await PostgreSQLServer.start() : nil
        let redis = engine == .servers ? try await RedisServer.start() : nil
        try await withScratchFolder { folder in
            let sandbox = try BuiltProgram(["sandbox", "--port", "0"], folder: folder)
            let rpc = try #require(
                try await sandbox.lines(until: "http://").last?.split(separator: " ").last
            ).description
            let databaseURL =
                try await postgreSQL?.makeDatabase() ?? "sqlite:\(folder.path)/api.sqlite"
            var settings = [
                "DATABASE_URL": databaseURL, "LOG_LEVEL": "error",
                "JWT_SECRET": "a secret that all processes share, 1",
                "JWT_REFRESH_SECRET": "another secret that all of them share",
            ]
            if let redis { settings["REDIS_URL"] = redis.url }
            settings.merge(more) { $1 }
            var configuration = HTTPClient.Configuration()
            configuration.connectionsPerHostMax = 200
            let client = HTTPClient(configuration)
            var nodes: [ClusterNode] = []
            for _ in 0..<count {
                nodes.append(
                    try await ClusterNode(
                        settings, rpc: rpc, folder: folder, client: client, isDeadly: isDeadly))
            }
            let result: Result<Void, any Error>
            do {
                try await body(
                    Cluster(
                        nodes: nodes, rpc: rpc, client: client, databaseURL: databaseURL,
                        postgreSQL: postgreSQL, redis: redis))
                result = .success(())
            } catch { result = .failure(error) }
            for node in nodes { try await node.stop() }
            try await sandbox.stop()
            client.shutDown()
            withExtendedLifetime((postgreSQL, redis)) {}
            try result.get()
        }
    }

    /// Somebody with dollars.
    func traveller() async throws -> Traveller {
        let api = try #require(api)
        return try await Traveller(client: api, rpc: rpc, http: client)
    }
}
