import Foundation
import Testing

/// A page that shows files and commands with what they print, such that a test can do it all.
///
/// A block `swift PATH` is a file: as it is already where the page shows it first, written after
/// that. In a block `console`, what follows `$ ` is a command, and what is below it is what it
/// prints, empty lines aside; `…` stands for anything, alone in a line for any lines.
struct Tutorial {
    enum Step {
        case file(path: String, text: String)
        case command(String, output: [String])
    }

    let steps: [Step]

    init(_ markdown: String) {
        var steps: [Step] = []
        var kind: Substring?
        var lines: [Substring] = []
        for line in markdown.split(separator: "\n", omittingEmptySubsequences: false) {
            if let block = kind {
                guard line == "```" else {
                    lines.append(line)
                    continue
                }
                if block == "console" { steps += Self.commands(in: lines) }
                if block.hasPrefix("swift ") {
                    let text = lines.joined(separator: "\n") + "\n"
                    steps.append(.file(path: String(block.dropFirst(6)), text: text))
                }
                (kind, lines) = (nil, [])
            } else if line.hasPrefix("```") {
                kind = line.dropFirst(3)
            }
        }
        self.steps = steps
    }

    private static func commands(in lines: [Substring]) -> [Step] {
        var commands: [(String, [String])] = []
        for line in lines {
            if line.hasPrefix("$ ") {
                commands.append((String(line.dropFirst(2)), []))
            } else if !line.isEmpty, !commands.isEmpty {
                commands[commands.count - 1].1.append(String(line))
            }
        }
        return commands.map { .command($0, output: $1) }
    }

    /// Whether what was printed is what the page shows.
    static func matches(_ printed: some Collection<String>, _ shown: some Collection<String>)
        -> Bool
    {
        guard let line = shown.first else { return printed.isEmpty }
        let rest = shown.dropFirst()
        if line == "…" {
            return matches(printed, rest)
                || (!printed.isEmpty && matches(printed.dropFirst(), shown))
        }
        guard let first = printed.first, isLine(first, line) else { return false }
        return matches(printed.dropFirst(), rest)
    }

    private static func isLine(_ printed: String, _ shown: String) -> Bool {
        let parts = shown.split(separator: "…", omittingEmptySubsequences: false)
        guard parts.count > 1, let start = parts.first, let end = parts.last else {
            return printed == shown
        }
        guard printed.hasPrefix(start), printed.hasSuffix(end) else { return false }
        var rest = printed.dropFirst(start.count)
        for part in parts.dropFirst().dropLast() {
            guard let range = rest.firstRange(of: part) else { return false }
            rest = rest[range.upperBound...]
        }
        return rest.count >= end.count
    }
}

/// A shell that remembers where it is and what it was told, one command after the other.
struct RememberingShell {
    private let folder: URL
    private let environment: [String: String]

    /// - Parameter folder: where it starts; what it remembers is kept beside it.
    init(in folder: URL, environment: [String: String]) throws {
        self.folder = folder
        self.environment = environment
        try Data("\(folder.path)\n".utf8).write(to: folder.appendingPathExtension("place"))
        try Data().write(to: folder.appendingPathExtension("state"))
    }

    /// Where it is.
    var place: URL {
        get throws {
            let text = try String(
                contentsOf: folder.appendingPathExtension("place"), encoding: .utf8)
            return URL(fileURLWithPath: text.trimmingCharacters(in: .newlines))
        }
    }

    /// What a command prints, errors too.
    func run(_ command: String) async throws -> (code: Int32, lines: [String]) {
        let script = """
            exec 2>&1
            set -a
            . '\(folder.path).state'
            cd "$(cat '\(folder.path).place')"
            \(command)
            code=$?
            export -p > '\(folder.path).state'
            pwd > '\(folder.path).place'
            exit $code
            """
        let bash = try BuiltProgram(
            ["-c", script], environment: environment, folder: folder,
            executable: URL(fileURLWithPath: "/bin/bash"))
        return try await bash.end()
    }

    /// Removes what it remembers.
    func forget() {
        for kind in ["place", "state"] {
            try? FileManager.default.removeItem(at: folder.appendingPathExtension(kind))
        }
    }
}
