internal import Foundation

/// A program of the distribution, run to its end on a thread of its own.
enum ExternalProgram {
    /// Runs `words`; the first is looked for on the path.
    /// - Parameter password: what libpq's programs read it from their environment; a command line
    ///   can be seen by everyone.
    /// - Throws: ``DatabaseError/Code/other`` with the end of what it said.
    static func run(_ words: [String], password: String?) async throws(DatabaseError) {
        let result: Result<Void, DatabaseError> = await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                do throws(DatabaseError) {
                    try runBlocking(words, password: password)
                    continuation.resume(returning: .success(()))
                } catch {
                    continuation.resume(returning: .failure(error))
                }
            }
        }
        try result.get()
    }

    private static func runBlocking(_ words: [String], password: String?) throws(DatabaseError) {
        var ends: [Int32] = [-1, -1]
        guard
            socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0, &ends) == 0
        else { throw DatabaseError(.other, "no pair of sockets: error \(errno)") }
        defer { close(ends[0]) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
        posix_spawn_file_actions_adddup2(&actions, ends[1], 2)
        var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
        var variables: [UnsafeMutablePointer<CChar>?] = []
        var variable = environ
        while let text = variable.pointee {
            // Of two of the same name the first would count.
            let isReplaced = password != nil && strncmp(text, "PGPASSWORD=", 11) == 0
            if !isReplaced { variables.append(strdup(text)) }
            variable += 1
        }
        if let password { variables.append(strdup("PGPASSWORD=\(password)")) }
        variables.append(nil)
        defer { for text in arguments + variables { free(text) } }
        var process = pid_t()
        let code = posix_spawnp(&process, words[0], &actions, nil, &arguments, &variables)
        close(ends[1])
        guard code == 0 else {
            throw DatabaseError(.other, "\(words[0]) cannot be started: is it installed?")
        }
        let said = readAll(ends[0])
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0 && errno == EINTR {}
        guard status == 0 else {
            throw DatabaseError(.other, "\(words[0]) failed: \(said.suffix(1_000))")
        }
    }

    private static func readAll(_ descriptor: Int32) -> String {
        var text: [UInt8] = []
        var bytes = [UInt8](repeating: 0, count: 4_096)
        while true {
            let count = read(descriptor, &bytes, bytes.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { break }
            text += bytes.prefix(count)
            // Only the end is shown.
            if text.count > 65_536 { text.removeFirst(32_768) }
        }
        return String(decoding: text, as: UTF8.self)
    }
}
