/// Something the program can be told to do: a name, a sentence, parameters, a function.
struct Command: Sendable {
    /// One or two words: `demo`, `sandbox replay`.
    let name: String
    /// What it does, in a sentence.
    let summary: String
    /// What it can be given.
    let help: [ParameterHelp]
    private let bind:
        @Sendable (inout Arguments) throws(UsageError) -> @Sendable () async throws -> Void

    /// A command whose function gets the values of its parameters, in their order.
    init<each Value: Sendable>(
        _ name: String, _ summary: String, _ parameters: repeat Parameter<each Value>,
        run: @escaping @Sendable @concurrent (repeat each Value) async throws -> Void
    ) {
        self.name = name
        self.summary = summary
        var help: [ParameterHelp] = []
        repeat help.append((each parameters).help)
        self.help = help
        bind = { arguments throws(UsageError) in
            let values = (repeat try (each parameters).take(&arguments))
            try arguments.finish()
            return { try await run(repeat each values) }
        }
    }

    /// The call that `words` ask for; nothing has been done yet.
    /// - Throws: ``UsageError`` that names the word and says what would do.
    func check(_ words: [String]) throws(UsageError) -> @Sendable () async throws -> Void {
        var arguments = Arguments(words, optionNames: help.map(\.name), command: name)
        return try bind(&arguments)
    }

    /// How it is called, and with what.
    var usage: String {
        let parameters = help.map { $0.isRequired ? " \($0.form)" : " [\($0.form)]" }.joined()
        let width = help.map(\.form.count).max() ?? 0
        let lines = help.map { line in
            "  \(line.form.padding(to: width))  \(line.text)"
        }
        return (["traqora \(name)\(parameters)", summary] + lines).joined(separator: "\n")
    }
}

extension String {
    /// The text with blanks behind it up to `width` characters.
    func padding(to width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - count))
    }
}
