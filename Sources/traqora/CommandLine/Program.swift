import Foundation

/// The commands together: finds the one that is meant, runs it, and turns how it ends into an exit
/// code.
struct Program: Sendable {
    let summary: String
    let commands: [Command]

    /// How a run ends.
    enum ExitCode: Int32 {
        case success = 0
        case failure = 1
        /// The words given were wrong; `EX_USAGE` of sysexits.
        case usage = 64
    }

    /// The command that `words` name, and the words behind its name.
    func find(_ words: [String]) throws(UsageError) -> (command: Command, rest: [String]) {
        let matches = commands.filter { command in
            words.starts(with: command.name.split(separator: " ").map(String.init))
        }
        if let command = matches.max(by: { $0.name.count < $1.name.count }) {
            return (command, Array(words.dropFirst(command.name.split(separator: " ").count)))
        }
        let word = words.first ?? ""
        let group = commands.map(\.name).filter { $0.hasPrefix("\(word) ") }
        guard group.isEmpty else {
            throw UsageError("“\(word)” needs a second word: \(group.joined(separator: ", "))")
        }
        let hint = nearest(to: word, among: commands.map(\.name)).map { "; did you mean \($0)?" }
        throw UsageError("there is no command “\(word)”\(hint ?? ", see traqora --help")")
    }

    /// Runs what `words` ask for.
    func run(_ words: [String]) async -> ExitCode {
        do {
            guard let first = words.first, first != "--help", first != "help" else {
                print(overview)
                return .success
            }
            let (command, rest) = try find(words)
            guard !rest.contains("--help") else {
                print(command.usage)
                return .success
            }
            try await command.check(rest)()
            return .success
        } catch let error as UsageError {
            complain("traqora: \(error.message)")
            return .usage
        } catch {
            complain("traqora: \(error)")
            return .failure
        }
    }

    /// What there is.
    var overview: String {
        let width = commands.map(\.name.count).max() ?? 0
        let lines = commands.map { "  \($0.name.padding(to: width))  \($0.summary)" }
        return ([summary, ""] + lines + ["", "traqora COMMAND --help says more."])
            .joined(separator: "\n")
    }

    private func complain(_ text: String) {
        FileHandle.standardError.write(Data("\(text)\n".utf8))
    }
}
