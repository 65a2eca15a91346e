import Foundation

/// Runs the compilers, in the environment that was handed in.
struct Shell: Sendable {
    private let environment: [String: String]

    /// `TRAQORA_ONLY` is a shorter house for those who work on it; what others build needs all.
    init(_ environment: [String: String]) {
        self.environment = environment.filter { $0.key != "TRAQORA_ONLY" }
    }

    /// What a program printed, and how it ended.
    struct Ending {
        var code: Int32
        var output: String
    }

    /// Runs `words`; the first is looked for on the path.
    /// - Parameter isQuiet: whether what it complains of is dropped.
    func end(
        _ words: [String], _ changes: [String: String] = [:], isQuiet: Bool = false
    ) throws(BuildFailure) -> Ending {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = words
        process.environment = environment.merging(changes) { $1 }
        let output = Pipe()
        process.standardOutput = output
        if isQuiet { process.standardError = FileHandle.nullDevice }
        do {
            try process.run()
        } catch {
            throw BuildFailure("\(words[0]) cannot be started: \(error)")
        }
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return Ending(
            code: process.terminationStatus, output: String(decoding: data, as: UTF8.self))
    }

    /// What `words` print.
    /// - Throws: ``BuildFailure`` if they end with another code than 0.
    func output(
        of words: [String], _ changes: [String: String] = [:]
    ) throws(BuildFailure) -> String {
        let ending = try end(words, changes)
        guard ending.code == 0 else {
            throw BuildFailure("\(words.joined(separator: " ")) failed:\n\(ending.output)")
        }
        return ending.output
    }
}

/// The bytes of a file.
func bytes(at path: String) throws(BuildFailure) -> [UInt8] {
    guard let data = FileManager.default.contents(atPath: path) else {
        throw BuildFailure("\(path) cannot be read")
    }
    return [UInt8](data)
}
