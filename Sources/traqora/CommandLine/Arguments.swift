/// The words behind a command's name, taken one by one by its parameters.
struct Arguments {
    private var words: [String] = []
    private let names: [String]
    private let command: String

    /// - Parameter optionNames: what may stand behind `--`.
    init(_ words: [String], optionNames: [String], command: String) {
        names = optionNames
        self.command = command
        self.words = words
    }

    /// Whether `--name` is there.
    mutating func takeFlag(_ name: String) throws(UsageError) -> Bool {
        guard let index = words.firstIndex(of: "--\(name)") else { return false }
        words.remove(at: index)
        guard !words.contains("--\(name)") else { throw UsageError("--\(name) is there twice") }
        return true
    }

    /// What stands behind `--name`, as a word of its own or behind `=`.
    mutating func takeOption(_ name: String) throws(UsageError) -> String? {
        let matches = words.indices.filter {
            words[$0] == "--\(name)" || words[$0].hasPrefix("--\(name)=")
        }
        guard let index = matches.first else { return nil }
        guard matches.count == 1 else { throw UsageError("--\(name) is there twice") }
        let word = words.remove(at: index)
        if let sign = word.firstIndex(of: "=") { return String(word[word.index(after: sign)...]) }
        guard index < words.count, !words[index].hasPrefix("--") else {
            throw UsageError("--\(name) needs a value behind it")
        }
        return words.remove(at: index)
    }

    /// The next word that is no option.
    mutating func takeWord(_ name: String) throws(UsageError) -> String {
        guard let word = takeOptionalWord() else {
            throw UsageError("\(name.uppercased()) is missing: traqora \(command) --help says more")
        }
        return word
    }

    /// The next word that is no option, if there is one.
    mutating func takeOptionalWord() -> String? {
        guard let index = words.firstIndex(where: { !$0.hasPrefix("--") }) else { return nil }
        return words.remove(at: index)
    }

    /// - Throws: if words are left that nobody asked for.
    func finish() throws(UsageError) {
        guard let word = words.first else { return }
        guard word.hasPrefix("--") else {
            throw UsageError("“\(word)” is one word too many for traqora \(command)")
        }
        let name = String(word.dropFirst(2).prefix { $0 != "=" })
        let hint = nearest(to: name, among: names).map { "; did you mean --\($0)?" } ?? ""
        throw UsageError("traqora \(command) has no option --\(name)\(hint)")
    }
}
