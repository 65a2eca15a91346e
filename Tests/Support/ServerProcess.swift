public import Foundation

/// A server of the distribution that a test starts on a Unix socket in a scratch folder. It ends
/// when this process does, however that ends.
///
/// A shell keeps watch over it: it waits for the end of a stream whose other end this process
/// holds and nobody else.
public final class ServerProcess: Sendable {
    /// Where it keeps its files and its socket.
    public let folder: URL
    private let keepsAlive: FileHandle

    /// Why a server is not there.
    public struct Failure: Error, CustomStringConvertible {
        /// In words, with what to do.
        public let description: String
    }

    /// The user that servers run as: some refuse to be root.
    static let user: String? = {
        guard getuid() == 0 else { return nil }
        return ["postgres", "nobody"].first { getpwnam($0) != nil }
    }()

    /// A folder that belongs to ``user``.
    static func scratchFolder(_ name: String) throws -> URL {
        // A Unix socket's path has a hundred bytes.
        let folder = URL(fileURLWithPath: "/tmp/traqora-\(name)-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        guard let user, let entry = getpwnam(user) else { return folder }
        guard chown(folder.path, entry.pointee.pw_uid, entry.pointee.pw_gid) == 0 else {
            throw Failure(description: "\(folder.path) cannot be given to \(user)")
        }
        return folder
    }

    /// The words that run others as ``user``.
    static func asUser(_ words: [String]) -> [String] {
        guard let user else { return words }
        return ["runuser", "-u", user, "--"] + words
    }

    /// Starts `words` in `folder`, which is removed at the end.
    /// - Parameter stop: what a shell in the folder does to end it at once; `$server` is its number.
    init(_ words: [String], folder: URL, stop: String) throws {
        self.folder = folder
        let script = """
            cd "$1" && shift
            "$@" >server.log 2>&1 & server=$!
            read -r nothing
            \(stop)
            wait
            """
        var ends: [Int32] = [0, 0]
        // Not a pipe: other programs that tests start at this moment must not keep it open.
        let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
        guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else {
            throw Failure(description: "no pair of sockets: \(errno)")
        }
        let words = Self.asUser(["sh", "-c", script, "sh", folder.path] + words)
        let cleaning = [
            "sh", "-c", #"folder="$1"; shift; "$@"; cd / && rm -rf "$folder""#, "sh", folder.path,
        ]
        try Self.spawn(cleaning + words, standardInput: ends[0])
        close(ends[0])
        keepsAlive = FileHandle(fileDescriptor: ends[1], closeOnDealloc: true)
    }

    /// Starts a program and leaves it running, in a session of its own, so that control-C in a
    /// terminal ends the tests and the tests end it.
    private static func spawn(_ words: [String], standardInput: Int32) throws {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, standardInput, 0)
        posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
        // What other tests have open at this moment is not this program's: a socket that it kept
        // would never be closed.
        SystemCommand.closeInherited(&actions)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        let startsSession: Int16 = 0x80  // POSIX_SPAWN_SETSID, which is no number for Swift.
        posix_spawnattr_setflags(&attributes, startsSession)
        var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) }
        defer { for argument in arguments { free(argument) } }
        arguments.append(nil)
        var process = pid_t()
        let code = posix_spawnp(&process, words[0], &actions, &attributes, arguments, environ)
        guard code == 0 else { throw Failure(description: "\(words[0]) did not start: \(code)") }
    }

    /// Waits until something accepts connections at a Unix socket.
    static func wait(forSocket path: String, log: URL) throws {
        for _ in 0..<600 {
            if accepts(path) { return }
            usleep(50_000)
            if (try? String(contentsOf: log, encoding: .utf8))?.contains("FATAL") == true { break }
        }
        let text = (try? String(contentsOf: log, encoding: .utf8)) ?? ""
        throw Failure(description: "nothing listens at \(path)\n\(text.suffix(2_000))")
    }

    private static func accepts(_ path: String) -> Bool {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8.prefix(100)) }
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
            }
        }
    }
}
