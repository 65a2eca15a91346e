import Foundation
import Testing

/// The program as it was built, or another one, in a process of its own.
final class BuiltProgram: Sendable {
    /// Where the build put it: beside the tests.
    static let url = URL(fileURLWithPath: CommandLine.arguments[0])
        .deletingLastPathComponent().appendingPathComponent("traqora")

    private let process: Process
    private let output: Pipe

    /// Starts it with these words and, on top of this process' environment, these settings.
    init(
        _ words: [String], environment: [String: String] = [:], folder: URL,
        executable: URL = BuiltProgram.url
    ) throws {
        let output = Pipe()
        let process = Process()
        process.executableURL = executable
        process.arguments = words
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.currentDirectoryURL = folder
        process.standardOutput = output
        try process.run()
        self.process = process
        self.output = output
    }

    /// A test that failed half-way leaves nothing running behind.
    deinit {
        if process.isRunning { process.terminate() }
    }

    /// What it prints up to the first line that contains `text`.
    /// - Throws: if it ends without.
    func lines(until text: String) async throws -> [String] {
        try await detached { [output] in
            var read = Data()
            while !textLines(of: read).contains(where: { $0.contains(text) }) {
                let more = output.fileHandleForReading.availableData
                guard !more.isEmpty else { throw Ended(printed: textLines(of: read)) }
                read += more
            }
            return textLines(of: read)
        }
    }

    /// Waits until it ends.
    /// - Returns: its exit code and what else it printed.
    func end() async throws -> (code: Int32, lines: [String]) {
        try await detached { [output, process] in
            let rest = try output.fileHandleForReading.readToEnd() ?? Data()
            process.waitUntilExit()
            return (process.terminationStatus, textLines(of: rest))
        }
    }

    /// Asks it to end, and waits.
    @discardableResult
    func stop() async throws -> Int32 {
        process.terminate()
        return try await end().code
    }

    /// Ends it at once, wherever it is.
    func kill() async throws {
        Foundation.kill(process.processIdentifier, SIGKILL)
        _ = try await end()
    }

    /// It ended before it said what was waited for.
    struct Ended: Error, CustomStringConvertible {
        var printed: [String]
        var description: String { "the program ended after: \(printed.joined(separator: " | "))" }
    }
}

/// A folder of a test's own, removed afterwards.
func withScratchFolder<Result>(
    _ body: (URL) async throws -> Result
) async throws -> Result {
    let folder = FileManager.default.temporaryDirectory
        .appendingPathComponent("traqora-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try await body(folder)
}

/// Work that blocks, on a thread that nothing else waits for.
private func detached<Result: Sendable>(
    _ work: @escaping @Sendable () throws -> Result
) async throws -> Result {
    try await withCheckedThrowingContinuation { continuation in
        Thread.detachNewThread { continuation.resume(with: Swift.Result { try work() }) }
    }
}

@Sendable private func textLines(of data: Data) -> [String] {
    String(decoding: data, as: UTF8.self).split(separator: "\n").map(String.init)
}
