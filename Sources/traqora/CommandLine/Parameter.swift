/// What one parameter is called and what it is for.
struct ParameterHelp: Sendable {
    var name: String
    /// As it is written: `--date DATE`, `FILE…`.
    var form: String
    var text: String
    var isRequired: Bool
}

/// Something a command can be given: it knows its help, and takes its value from the arguments.
struct Parameter<Value: Sendable>: Sendable {
    let help: ParameterHelp
    let take: @Sendable (inout Arguments) throws(UsageError) -> Value
}

extension Parameter where Value == Bool {
    /// `--name`: there or not.
    static func flag(_ name: String, _ text: String) -> Parameter {
        Parameter(
            help: ParameterHelp(name: name, form: "--\(name)", text: text, isRequired: false),
            take: { arguments throws(UsageError) in try arguments.takeFlag(name) })
    }
}

extension Parameter {
    /// `--name VALUE`; without it `standard`.
    static func option(
        _ name: String, _ placeholder: String, _ text: String, default standard: Value,
        _ parse: @escaping @Sendable (String) throws -> Value
    ) -> Parameter {
        Parameter(
            help: ParameterHelp(
                name: name, form: "--\(name) \(placeholder)", text: text, isRequired: false),
            take: { arguments throws(UsageError) in
                guard let word = try arguments.takeOption(name) else { return standard }
                return try parsed(word, "--\(name)", parse)
            })
    }

    /// A word that must be there.
    static func argument(
        _ name: String, _ text: String, _ parse: @escaping @Sendable (String) throws -> Value
    ) -> Parameter {
        Parameter(
            help: ParameterHelp(
                name: name, form: name.uppercased(), text: text, isRequired: true),
            take: { arguments throws(UsageError) in
                try parsed(try arguments.takeWord(name), name, parse)
            })
    }

    /// All words that are left, at least one.
    static func arguments<Element>(
        _ name: String, _ text: String, _ parse: @escaping @Sendable (String) throws -> Element
    ) -> Parameter where Value == [Element] {
        Parameter(
            help: ParameterHelp(
                name: name, form: "\(name.uppercased())…", text: text, isRequired: true),
            take: { arguments throws(UsageError) in
                var values = [try parsed(try arguments.takeWord(name), name, parse)]
                while let word = arguments.takeOptionalWord() {
                    values.append(try parsed(word, name, parse))
                }
                return values
            })
    }
}

extension Parameter where Value == [NamedText] {
    /// All `name=value` that are left, perhaps none; `--` may stand before them.
    static func namedValues(_ text: String) -> Parameter {
        Parameter(
            help: ParameterHelp(name: "", form: "NAME=VALUE…", text: text, isRequired: false),
            take: { arguments throws(UsageError) in
                // The flag without a name is `--` alone.
                _ = try arguments.takeFlag("")
                var values: [NamedText] = []
                while let word = arguments.takeOptionalWord() {
                    guard let sign = word.firstIndex(of: "="), sign > word.startIndex else {
                        throw UsageError("“\(word)” is no argument: write it as NAME=VALUE")
                    }
                    let name = String(word[..<sign])
                    guard !values.contains(where: { $0.name == name }) else {
                        throw UsageError("\(name) is there twice")
                    }
                    values.append(
                        NamedText(name: name, text: String(word[word.index(after: sign)...])))
                }
                return values
            })
    }
}

/// A word of the form `name=value`.
struct NamedText: Hashable, Sendable {
    var name: String
    var text: String
}

/// Any text.
@Sendable func parseText(_ text: String) throws -> String { text }

/// The value of `word`, or an error that names both the word and what it was for.
private func parsed<Value>(
    _ word: String, _ name: String, _ parse: (String) throws -> Value
) throws(UsageError) -> Value {
    do {
        return try parse(word)
    } catch {
        throw UsageError("“\(word)” is no value for \(name): \(error)")
    }
}
