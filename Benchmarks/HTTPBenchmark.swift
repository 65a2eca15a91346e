internal import Foundation
internal import HTTP

extension Benchmark {
    /// A handler that answers 1 KB, beside nginx with a file of that size.
    ///
    /// `wrk` with one thread and 64 connections asks both in turn, three times, on the same
    /// machine; the best of each counts, since whatever else runs only takes away. nginx runs one
    /// worker process, ours the default of two library threads.
    static let httpBare = Benchmark(name: "http.bare", unit: "requests/s") {
        let body = [UInt8](repeating: UInt8(ascii: "x"), count: 1024)
        let wrk = try Tool.find("wrk")
        let nginx = try await Nginx(serving: body)
        defer { nginx.stop() }
        let server = HTTPServer { _ in .bytes(body, contentType: "application/octet-stream") }
        let port = try await server.start()
        var (theirs, ours) = (0.0, 0.0)
        for _ in 0..<3 {
            theirs = max(theirs, try await Wrk(tool: wrk).requestsPerSecond(port: nginx.port))
            ours = max(ours, try await Wrk(tool: wrk).requestsPerSecond(port: port))
        }
        await server.stop()
        return Figure(ours, beside: "nginx, 1 worker:", theirs)
    }
}

/// The load generator.
struct Wrk {
    let tool: URL

    func requestsPerSecond(port: Int, path: String = "/file") async throws -> Double {
        let output = try await Tool.output(
            of: tool, ["-t1", "-c64", "-d3s", "http://127.0.0.1:\(port)\(path)"])
        guard !output.contains("Non-2xx"),
            let line = output.split(separator: "\n").first(where: { $0.hasPrefix("Requests/sec:") }
            ),
            let number = Double(line.split(separator: " ").last ?? "")
        else { throw BenchmarkFailure(what: "wrk said: \(output)") }
        return number
    }
}

extension Wrk {
    /// Asks calmly: each of 64 connections pauses after an answer, so that about `rate` requests a
    /// second come, at times of their own.
    /// - Returns: how many came, and how long 99 of 100 took.
    func calm(_ rate: Double, port: Int, path: String) async throws -> (
        rate: Double, milliseconds: Double
    ) {
        try await withScratchFolder { folder in
            let script = folder.appendingPathComponent("calm.lua")
            let pause = 64_000 / rate
            try Data(
                """
                function delay() return math.floor(math.random() * \(2 * pause) + 0.5) end
                """.utf8
            ).write(to: script)
            let output = try await Tool.output(
                of: tool,
                [
                    "-t1", "-c64", "-d5s", "--latency", "-s", script.path,
                    "http://127.0.0.1:\(port)\(path)",
                ])
            let words = output.split(whereSeparator: \.isWhitespace).map(String.init)
            guard !output.contains("Non-2xx"),
                let place = words.firstIndex(of: "99%"), words.indices.contains(place + 1),
                let milliseconds = Self.milliseconds(words[place + 1]),
                let rate = words.firstIndex(of: "Requests/sec:").flatMap({ Double(words[$0 + 1]) })
            else { throw BenchmarkFailure(what: "wrk said: \(output)") }
            return (rate, milliseconds)
        }
    }

    /// `830.00us`, `1.20ms`, `1.02s`.
    private static func milliseconds(_ text: String) -> Double? {
        for (unit, factor) in [("us", 0.001), ("ms", 1), ("s", 1_000)] where text.hasSuffix(unit) {
            return Double(text.dropLast(unit.count)).map { $0 * factor }
        }
        return nil
    }
}

/// The web server of the distribution, in a scratch folder of its own.
final class Nginx: Sendable {
    let port: Int
    private let folder: URL
    private let process: Process

    init(serving body: [UInt8]) async throws {
        let tool = try Tool.find("nginx")
        folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("traqora-nginx-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data(body).write(to: folder.appendingPathComponent("file"))
        port = try await Self.freePort()
        let configuration = """
            daemon off; worker_processes 1; pid \(folder.path)/pid; error_log \(folder.path)/error;
            events { worker_connections 1024; }
            http {
              access_log off; sendfile on; tcp_nopush on; keepalive_requests 100000000;
              open_file_cache max=10;
              client_body_temp_path \(folder.path)/a; proxy_temp_path \(folder.path)/b;
              fastcgi_temp_path \(folder.path)/c; uwsgi_temp_path \(folder.path)/d;
              scgi_temp_path \(folder.path)/e;
              server { listen 127.0.0.1:\(port); root \(folder.path); }
            }
            """
        let file = folder.appendingPathComponent("nginx.conf")
        try Data(configuration.utf8).write(to: file)
        process = Process()
        process.executableURL = tool
        process.arguments = ["-p", folder.path, "-c", file.path, "-e", "\(folder.path)/error"]
        process.standardError = FileHandle.nullDevice
        try process.run()
        try await waitUntilReady()
    }

    func stop() {
        process.terminate()
        process.waitUntilExit()
        try? FileManager.default.removeItem(at: folder)
    }

    private func waitUntilReady() async throws {
        let client = HTTPClient()
        for _ in 0..<200 {
            if let answer = try? await client.send(.init(.get, "http://127.0.0.1:\(port)/file")),
                answer.status == .ok
            {
                return
            }
            try await Task.sleep(for: .milliseconds(20))
        }
        stop()
        throw BenchmarkFailure(what: "nginx did not start")
    }

    /// One that the system just gave us and got back.
    private static func freePort() async throws -> Int {
        let server = HTTPServer { _ in .empty() }
        let port = try await server.start()
        await server.stop()
        return port
    }
}

/// Programs that benchmarks run.
enum Tool {
    static func find(_ name: String) throws -> URL {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
        for folder in path.split(separator: ":").map(String.init) + ["/usr/sbin"] {
            let file = "\(folder)/\(name)"
            if FileManager.default.isExecutableFile(atPath: file) {
                return URL(fileURLWithPath: file)
            }
        }
        throw BenchmarkSkipped(reason: "\(name) is not installed")
    }

    /// What the program prints, which must end with 0. Waits on a thread of its own: the executor's
    /// are for what is measured.
    static func output(of tool: URL, _ arguments: [String]) async throws -> String {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = tool
        process.arguments = arguments
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let reader = pipe.fileHandleForReading
        let data = await withCheckedContinuation { continuation in
            Thread.detachNewThread { continuation.resume(returning: reader.readDataToEndOfFile()) }
        }
        process.waitUntilExit()
        let output = String(decoding: data, as: UTF8.self)
        guard process.terminationStatus == 0 else { throw BenchmarkFailure(what: output) }
        return output
    }
}

/// A benchmark could not be done.
struct BenchmarkFailure: Error, CustomStringConvertible {
    var what: String
    var description: String { what }
}
