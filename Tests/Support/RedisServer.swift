import Foundation

/// A Redis server from the distribution's binary, started once in a process when the first test
/// asks for it.
public final class RedisServer: Sendable {
    /// The one that tests share: each takes keys of its own.
    /// - Throws: ``ServerProcess/Failure`` if it is not installed or does not start.
    public static func shared() async throws -> RedisServer {
        try await onThread { try sharedResult.get() }
    }

    /// A server of its own, for a test that stops it.
    public static func start() async throws -> RedisServer {
        try await onThread { try RedisServer() }
    }

    /// A server of its own that speaks TLS beside its socket: see ``tlsURL(_:)``.
    /// - Parameter asksForCertificates: whether clients have to show one of the authority's too.
    public static func startWithTLS(asksForCertificates: Bool = false) async throws -> RedisServer {
        try await onThread { try RedisServer(tls: asksForCertificates) }
    }

    private static let sharedResult = Result { try RedisServer() }

    private let process: ServerProcess
    private let socket: String
    /// What it shows over TLS, and where; `nil` without.
    public let certificates: ScratchCertificates?
    private let tlsPort: Int

    private init(tls asksForCertificates: Bool? = nil) throws {
        guard FileManager.default.isExecutableFile(atPath: "/usr/bin/redis-server") else {
            throw ServerProcess.Failure(
                description: "Redis is not installed: make setup-test installs it")
        }
        let folder = try ServerProcess.scratchFolder("redis")
        socket = folder.appendingPathComponent("redis.sock").path
        var words = Self.command(folder)
        if let asksForCertificates {
            let certificates = try ScratchCertificates(in: folder)
            tlsPort = try Self.freePort()
            words += [
                "--tls-port", "\(tlsPort)", "--tls-cert-file", certificates.certificate,
                "--tls-key-file", certificates.key, "--tls-ca-cert-file", certificates.authority,
                "--tls-auth-clients", asksForCertificates ? "yes" : "no",
            ]
            self.certificates = certificates
        } else {
            (certificates, tlsPort) = (nil, 0)
        }
        process = try ServerProcess(
            words, folder: folder, stop: "kill -s KILL $(cat redis.pid)")
        try ServerProcess.wait(
            forSocket: socket, log: folder.appendingPathComponent("server.log"))
    }

    /// How it is reached.
    public var url: String { "redis+unix://\(socket)" }

    /// The number of its process, of which those that it starts are children.
    public func number() throws -> Int32 {
        let file = process.folder.appendingPathComponent("redis.pid")
        let line = try String(contentsOf: file, encoding: .utf8).prefix { $0 != "\n" }
        return Int32(line) ?? 0
    }

    /// The same over TLS.
    /// - Parameters:
    ///   - host: its certificate is for `localhost` alone.
    ///   - files: what stands behind the question mark.
    public func tlsURL(_ host: String = "localhost", _ files: String = "") -> String {
        "rediss://\(host):\(tlsPort)/0\(files)"
    }

    /// One that nobody listens on now. Redis takes none that the system chooses.
    private static func freePort() throws -> Int {
        let descriptor = Foundation.socket(
            AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                bind(descriptor, pointer, size) == 0
                    && getsockname(descriptor, pointer, &size) == 0
            }
        }
        guard isBound else { throw ServerProcess.Failure(description: "no port is free") }
        return Int(UInt16(bigEndian: address.sin_port))
    }

    /// Ends it, as if it had crashed.
    public func stop() async throws {
        let folder = process.folder
        try await onThread {
            try SystemCommand.run(["sh", "-c", #"kill -s KILL $(cat "$0/redis.pid")"#, folder.path])
        }
    }

    /// Starts it again after ``stop()``, empty.
    public func startAgain() async throws {
        let (folder, socket) = (process.folder, socket)
        try await onThread {
            try SystemCommand.run(
                ServerProcess.asUser(Self.command(folder) + ["--daemonize", "yes"]))
            try ServerProcess.wait(
                forSocket: socket, log: folder.appendingPathComponent("redis.log"))
        }
    }

    /// Lets it refuse to keep anything more, as one whose memory is full.
    public func refuseChanges(_ refuses: Bool) async throws {
        let words = [
            "redis-cli", "-s", socket, "CONFIG", "SET", "maxmemory", refuses ? "1" : "0",
        ]
        try await onThread { try SystemCommand.run(words) }
    }

    /// Stops and continues it, so that it hangs in between.
    public func hang(_ hangs: Bool) async throws {
        let words = [
            "sh", "-c", #"kill -s "$1" $(cat "$0/redis.pid")"#, process.folder.path,
            hangs ? "STOP" : "CONT",
        ]
        try await onThread { try SystemCommand.run(words) }
    }

    private static func command(_ folder: URL) -> [String] {
        [
            "redis-server", "--port", "0", "--unixsocket",
            folder.appendingPathComponent("redis.sock").path, "--unixsocketperm", "777", "--dir",
            folder.path, "--pidfile", folder.appendingPathComponent("redis.pid").path, "--save",
            "", "--appendonly", "no", "--logfile", folder.appendingPathComponent("redis.log").path,
        ]
    }
}
