public import Foundation

/// A PostgreSQL server from the distribution's binaries, started once in a process when the first
/// test asks for it.
public final class PostgreSQLServer: Sendable {
    /// The one that tests share.
    /// - Throws: ``ServerProcess/Failure`` if it is not installed or does not start: a test that
    ///   wants it fails, it is never skipped.
    public static func shared() async throws -> PostgreSQLServer {
        try await onThread { try sharedResult.get() }
    }

    private static let sharedResult = Result { try PostgreSQLServer(port: nil) }

    /// Where its binaries are.
    public let binaries: URL
    private let process: ServerProcess
    private let countLock = NSLock()
    nonisolated(unsafe) private var count = 0

    /// A server of its own, for a test that stops or breaks it.
    /// - Parameters:
    ///   - port: the TCP port it listens on as well, with TLS; `nil` for none.
    ///   - isDurable: whether what it has committed outlasts a power cut, as where it is used.
    public static func start(port: Int? = nil, isDurable: Bool = false) async throws
        -> PostgreSQLServer
    {
        try await onThread { try PostgreSQLServer(port: port, isDurable: isDurable) }
    }

    private init(port: Int?, isDurable: Bool = false) throws {
        binaries = try Self.findBinaries()
        let folder = try ServerProcess.scratchFolder("postgresql")
        let data = folder.appendingPathComponent("data").path
        try SystemCommand.run(
            ServerProcess.asUser([
                "sh", "-c", #"cd / && "$0" "$@" >/dev/null 2>&1"#,
                binaries.appendingPathComponent("initdb").path, "--pgdata", data, "--no-sync",
                "--username=traqora", "--auth=trust", "--encoding=UTF8", "--locale=C",
            ]))
        if port != nil { try Self.makeCertificate(in: folder) }
        process = try ServerProcess(
            Self.command(
                binaries, data: data, socket: folder.path, port: port, isDurable: isDurable),
            folder: folder,
            // Not the number of the one that was started: a test may have started it again.
            stop: """
                kill -s QUIT $(head -n 1 data/postmaster.pid)
                for turn in 1 2 3 4 5 6 7 8 9; do [ -e data/postmaster.pid ] && sleep 0.1; done
                """)
        try ServerProcess.wait(
            forSocket: folder.appendingPathComponent(".s.PGSQL.\(port ?? 5432)").path,
            log: folder.appendingPathComponent("server.log"))
        // It listens before it lets anyone in.
        try SystemCommand.run([
            "sh", "-c",
            """
            for turn in $(seq 600); do "$0" "$@" >/dev/null 2>&1 && exit 0; sleep 0.05; done; exit 1
            """, binaries.appendingPathComponent("pg_isready").path, "--host", folder.path,
            "--port", "\(port ?? 5432)",
        ])
    }

    private static func command(
        _ binaries: URL, data: String, socket: String, port: Int?, isDurable: Bool
    ) -> [String] {
        let network =
            port == nil
            ? ["listen_addresses="]
            : [
                "listen_addresses=localhost", "ssl=on", "ssl_cert_file=\(socket)/server.crt",
                "ssl_key_file=\(socket)/server.key",
            ]
        // What tests write need not outlast a power cut: it is gone after them.
        let care =
            isDurable
            ? ["shared_buffers=512MB", "max_wal_size=4GB"]
            : [
                "fsync=off", "synchronous_commit=off", "full_page_writes=off",
                "shared_buffers=64MB", "autovacuum=off",
            ]
        let settings =
            network + care + [
                "unix_socket_directories=\(socket)", "port=\(port ?? 5432)",
                "max_connections=400",
            ]
        return [binaries.appendingPathComponent("postgres").path, "-D", data]
            + settings.flatMap { ["-c", $0] }
    }

    /// A certificate for `localhost` that nobody has signed but itself.
    private static func makeCertificate(in folder: URL) throws {
        try SystemCommand.run(
            ServerProcess.asUser([
                "sh", "-c", #"cd "$0" && umask 077 && openssl "$@" 2>/dev/null"#, folder.path,
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
                "-nodes", "-days", "2", "-subj", "/CN=localhost", "-addext",
                "subjectAltName=DNS:localhost", "-keyout", "server.key", "-out", "server.crt",
            ]))
    }

    /// The number of its process, of which those that it starts are children.
    public func number() throws -> Int32 {
        let file = process.folder.appendingPathComponent("data/postmaster.pid")
        let line = try String(contentsOf: file, encoding: .utf8).prefix { $0 != "\n" }
        return Int32(line) ?? 0
    }

    /// The folder with its socket.
    public var folder: URL { process.folder }

    /// The URL of a database that is there.
    public func url(database: String = "postgres", options: String = "") -> String {
        "postgres://traqora@/\(database)?host=\(folder.path)\(options)"
    }

    /// The URL of a fresh, empty database.
    public func makeDatabase() async throws -> String {
        let name = countLock.withLock {
            count += 1
            return "test_\(count)"
        }
        let words = [
            binaries.appendingPathComponent("createdb").path, "--host", folder.path,
            "--username", "traqora", "--template", "template0", name,
        ]
        try await onThread { try SystemCommand.run(words) }
        return url(database: name)
    }

    /// Stops the server as an administrator does, and starts it again.
    public func restart() async throws {
        let words = ServerProcess.asUser([
            "sh", "-c", #"cd / && "$0" "$@" >/dev/null 2>&1 </dev/null"#,
            binaries.appendingPathComponent("pg_ctl").path, "restart", "--pgdata",
            folder.appendingPathComponent("data").path, "--mode", "fast", "--wait",
            "--log", folder.appendingPathComponent("server.log").path,
        ])
        try await onThread { try SystemCommand.run(words) }
    }

    /// Stops and continues all of it, so that it hangs in between.
    public func hang(_ hangs: Bool) async throws {
        let words = [
            "sh", "-c",
            """
            server=$(head -n 1 "$0/data/postmaster.pid")
            pkill -"$1" -P "$server"; kill -s "$1" "$server"
            """, folder.path, hangs ? "STOP" : "CONT",
        ]
        try await onThread { try SystemCommand.run(words) }
    }

    private static func findBinaries() throws -> URL {
        let versions = URL(fileURLWithPath: "/usr/lib/postgresql")
        let found =
            (try? FileManager.default.contentsOfDirectory(atPath: versions.path))?
            .sorted { (Int($0) ?? 0) < (Int($1) ?? 0) } ?? []
        for version in found.reversed() {
            let folder = versions.appendingPathComponent("\(version)/bin")
            let initdb = folder.appendingPathComponent("initdb").path
            if FileManager.default.isExecutableFile(atPath: initdb) { return folder }
        }
        throw ServerProcess.Failure(
            description: "PostgreSQL is not installed: make setup-test installs it")
    }
}
