internal import Foundation
internal import HTTP
internal import Stellar
internal import StellarSandbox

extension Benchmark {
    /// From the start of `traqora sandbox` as a process of its own to its first answer; the best of
    /// ten. The program must be built beside this one.
    static let sandboxStart = Benchmark(name: "sandbox.start", unit: "ms") {
        let program = try builtProgram()
        var best = Double.infinity
        for _ in 0..<10 { best = min(best, try await firstAnswer(of: program).milliseconds) }
        return Figure(best)
    }

    /// What the same process has in memory when it has given its first answer, its share of the
    /// libraries included; the most of ten.
    static let sandboxStartMemory = Benchmark(name: "sandbox.start-memory", unit: "MB") {
        let program = try builtProgram()
        var most = 0.0
        for _ in 0..<10 { most = max(most, try await firstAnswer(of: program).megabytes) }
        return Figure(most)
    }

    /// A network of a test's own, in this process, until its first answer over HTTP; the best of
    /// fifty.
    static let sandboxLibraryStart = Benchmark(name: "sandbox.start-in-process", unit: "ms") {
        let client = HTTPClient()
        defer { client.shutDown() }
        var best = Double.infinity
        for _ in 0..<50 {
            var sandbox: StellarSandbox?
            let time = try await ContinuousClock().measure {
                let started = try await StellarSandbox.start(.forBenchmarks)
                _ = try await SorobanRPC(url: started.rpcURL, client: client).health()
                sandbox = started
            }
            best = min(best, time / .milliseconds(1))
            await sandbox?.stop()
        }
        return Figure(best)
    }

    private static func builtProgram() throws -> URL {
        let program = URL(fileURLWithPath: CommandLine.arguments[0])
            .deletingLastPathComponent().appendingPathComponent("traqora")
        guard FileManager.default.isExecutableFile(atPath: program.path) else {
            throw BenchmarkSkipped(reason: "build traqora first")
        }
        return program
    }

    private static func firstAnswer(
        of program: URL
    ) async throws -> (milliseconds: Double, megabytes: Double) {
        let process = Process()
        let output = Pipe()
        process.executableURL = program
        process.arguments = ["sandbox", "--port", "0"]
        process.standardOutput = output
        let client = HTTPClient()
        defer { client.shutDown() }
        let clock = ContinuousClock()
        let start = clock.now
        try process.run()
        defer {
            process.terminate()
            process.waitUntilExit()
        }
        let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
        guard let url = line.split(whereSeparator: \.isWhitespace).last else {
            throw BenchmarkFailure(what: "the sandbox said: \(line)")
        }
        _ = try await SorobanRPC(url: String(url), client: client).health()
        let time = (clock.now - start) / .milliseconds(1)
        return (time, try residentMegabytes(ofProcess: "\(process.processIdentifier)"))
    }

    /// What a process has in memory; `self` is this one.
    static func residentMegabytes(ofProcess process: String = "self") throws -> Double {
        let status = try String(contentsOfFile: "/proc/\(process)/statm", encoding: .utf8)
        let pages = status.split(separator: " ").dropFirst().first.flatMap { Double($0) } ?? 0
        return pages * 4_096 / 1_048_576
    }
}

extension StellarSandbox.Configuration {
    /// On a free port, at a fixed time.
    static var forBenchmarks: StellarSandbox.Configuration {
        var configuration = StellarSandbox.Configuration(now: { 1_800_000_000 })
        configuration.port = 0
        return configuration
    }
}
