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
        var ends: [Int32] = [-1, -1]
        let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
        guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else {
            throw BuildFailure("\(words[0]) cannot be started: error \(errno)")
        }
        let output = FileHandle(fileDescriptor: ends[0], closeOnDealloc: true)
        let (process, code) = spawn(words, changes, output: ends[1], isQuiet: isQuiet)
        close(ends[1])
        guard code == 0 else { throw BuildFailure("\(words[0]) cannot be started: error \(code)") }
        let data = output.readDataToEndOfFile()
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0 && errno == EINTR {}
        // Zero in the lower seven bits unless a signal ended it, the code above them.
        let ending = status & 0x7f == 0 ? status >> 8 & 0xff : 128 + status & 0x7f
        return Ending(code: ending, output: String(decoding: data, as: UTF8.self))
    }

    /// By hand: Foundation's `Process` reads beyond the end of its list of open descriptors, and a
    /// process that has many dies of it now and then (Swift 6.3).
    private func spawn(
        _ words: [String], _ changes: [String: String], output: Int32, isQuiet: Bool
    ) -> (process: pid_t, code: Int32) {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, output, 1)
        if isQuiet { posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0) }
        // It looks along the path of the environment that it is given.
        var arguments = (["/usr/bin/env"] + words).map { strdup($0) } + [nil]
        var variables =
            environment.merging(changes) { $1 }
            .map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for text in arguments + variables { free(text) } }
        var process = pid_t()
        let code = posix_spawn(&process, "/usr/bin/env", &actions, nil, &arguments, &variables)
        return (process, code)
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
