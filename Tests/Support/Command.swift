import Foundation

/// A program of the distribution, run to its end.
///
/// By hand: Foundation's `Process` walks over the descriptors of this process when it starts
/// another, and dies when tests beside it open and close thousands of them.
public enum SystemCommand {
    /// It could not be started, or ended with another code than 0.
    public struct Failure: Error {
        /// What was run.
        public var words: [String]
        /// Its status, as `waitpid` gives it, or the error number of the start.
        public var status: Int32
    }

    /// Runs `words` and waits; the first is looked for on the path.
    /// - Throws: ``Failure``.
    public static func run(_ words: [String]) throws {
        var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) }
        defer { for argument in arguments { free(argument) } }
        arguments.append(nil)
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        // What it starts may outlive it, and must not keep open what tests have open now.
        closeInherited(&actions)
        var process = pid_t()
        let code = posix_spawnp(&process, words[0], &actions, nil, arguments, environ)
        guard code == 0 else { throw Failure(words: words, status: code) }
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0 && errno == EINTR {}
        guard status == 0 else { throw Failure(words: words, status: status) }
    }

    /// Lets a program begin with its three streams alone. By name: Glibc's module leaves it out.
    static func closeInherited(_ actions: inout posix_spawn_file_actions_t) {
        typealias Function =
            @convention(c) (UnsafeMutablePointer<posix_spawn_file_actions_t>, Int32) -> Int32
        guard let symbol = dlsym(nil, "posix_spawn_file_actions_addclosefrom_np") else { return }
        _ = unsafeBitCast(symbol, to: Function.self)(&actions, 3)
    }
}

/// Runs what blocks on a thread of its own: the two or so threads that all tests share must not.
public func onThread<Value: Sendable>(
    _ work: @escaping @Sendable () throws -> Value
) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
        Thread.detachNewThread { continuation.resume(with: Result { try work() }) }
    }
}
