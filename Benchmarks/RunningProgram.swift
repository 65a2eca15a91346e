internal import Foundation
internal import HTTP

/// The program, built beside this one, in a process of its own.
final class RunningProgram: Sendable {
    /// The address that it printed.
    let address: String
    private let process: Process

    /// Starts it with these words and settings, and waits for the line with its address.
    init(
        _ words: [String], settings: [String: String] = [:], in folder: URL, until word: String
    ) async throws {
        let process = Process()
        let output = Pipe()
        process.executableURL = try Self.find()
        process.arguments = words
        process.environment = ProcessInfo.processInfo.environment
            .merging(settings) { $1 }
        process.currentDirectoryURL = folder
        process.standardOutput = output
        try process.run()
        let reader = output.fileHandleForReading
        let line = await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                var read = Data()
                while true {
                    let more = reader.availableData
                    read += more
                    let lines = String(decoding: read, as: UTF8.self).split(separator: "\n")
                    let line = lines.first { $0.contains(word) && $0.contains("http://") }
                    if more.isEmpty || line != nil {
                        return continuation.resume(returning: line.map(String.init))
                    }
                }
            }
        }
        let address = line?.split(separator: " ").first { $0.hasPrefix("http://") }
        guard let address else {
            process.terminate()
            throw BenchmarkFailure(what: "traqora \(words.joined(separator: " ")) ended")
        }
        self.process = process
        self.address = String(address.replacing("/health", with: ""))
    }

    /// A test that failed half-way leaves nothing running behind.
    deinit {
        if process.isRunning { process.terminate() }
    }

    /// Its number.
    var number: Int32 { process.processIdentifier }

    /// What it has in memory.
    func megabytes() throws -> Double {
        try Benchmark.residentMegabytes(ofProcess: "\(process.processIdentifier)")
    }

    /// Asks it to end, and waits.
    func stop() async {
        process.terminate()
        let process = process
        await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                process.waitUntilExit()
                continuation.resume()
            }
        }
    }

    /// Where it was built.
    static func find() throws -> URL {
        let program = URL(fileURLWithPath: CommandLine.arguments[0])
            .deletingLastPathComponent().appendingPathComponent("traqora")
        guard FileManager.default.isExecutableFile(atPath: program.path) else {
            throw BenchmarkSkipped(reason: "swift build -c release --product traqora first")
        }
        return program
    }
}

/// A folder of a benchmark's own, removed afterwards.
func withScratchFolder<Result>(_ body: (URL) async throws -> Result) async throws -> Result {
    let folder = FileManager.default.temporaryDirectory
        .appendingPathComponent("traqora-benchmark-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try await body(folder)
}
