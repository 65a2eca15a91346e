/// The texts of settings, each with where it came from.
///
/// The environment goes before `.env`, that before the file of secrets. `NAME_FILE` names a file
/// that holds the value, `NAME_COMMAND` a command that prints it: for secrets, and for addresses
/// that hold one.
struct SettingValues: Sendable {
    /// One text and its source, for people.
    struct Value: Hashable, Sendable {
        var text: String
        var source: String
    }

    /// What reading needs of the system.
    struct System: Sendable {
        /// The content of a file and whether everybody on the machine may read it; `nil` if it
        /// cannot be read.
        var file: @Sendable (String) -> (text: String, isOpenToAll: Bool)?
        /// What a command prints; `nil` if it fails or takes too long.
        var run: @Sendable (String) -> String?

        /// Nothing can be read, nothing be run.
        static let none = System(file: { _ in nil }, run: { _ in nil })
    }

    private(set) var faults: [(name: String, reason: String)] = []
    /// Names in files that no setting has: perhaps misspelt.
    private(set) var unknownNames: [String] = []
    private var layers: [(source: String, texts: [String: String])] = []
    private var known: [String: Value] = [:]

    /// The variable that names the file of secrets.
    static let secretsFile = "TRAQORA_SECRETS_FILE"
    /// The file beside the program, read if it is there.
    static let environmentFile = ".env"

    /// Gathers all sources.
    init(
        environment: [String: String], system: System = .none, schema: [SettingLine] = Schema.lines
    ) {
        layers = [("environment", environment)]
        if let file = system.file(Self.environmentFile) {
            add(Self.environmentFile, file, schema: schema)
        }
        let named = layers.lazy.compactMap { $0.texts[Self.secretsFile] }.first { !$0.isEmpty }
        if let named {
            if let file = system.file(named) {
                add(named, file, schema: schema)
                if file.isOpenToAll {
                    fault(Self.secretsFile, "everybody may read “\(named)”: chmod 600 it")
                }
            } else {
                fault(Self.secretsFile, "“\(named)” cannot be read: name a file that is there")
            }
        }
        for line in schema { known[line.name] = resolve(line, system) }
        layers = []
    }

    /// The text of a setting, if it was given.
    subscript(line: SettingLine) -> Value? { known[line.name] }

    private mutating func add(
        _ source: String, _ file: (text: String, isOpenToAll: Bool), schema: [SettingLine]
    ) {
        let parsed = EnvironmentFile(file.text)
        for (line, reason) in parsed.faults { fault("\(source):\(line)", reason) }
        layers.append((source, parsed.values))
        let names = Set(schema.flatMap(\.names)).union([Self.secretsFile])
        unknownNames += parsed.values.keys.filter { !names.contains($0) }.sorted()
        let secrets = schema.filter(\.isSecret).map(\.name)
        if file.isOpenToAll, source == Self.environmentFile,
            let secret = secrets.first(where: { !(parsed.values[$0] ?? "").isEmpty })
        {
            fault(secret, "everybody may read \(source), where it stands: chmod 600 \(source)")
        }
    }

    private mutating func resolve(_ line: SettingLine, _ system: System) -> Value? {
        for (source, texts) in layers {
            let given = line.names.filter { !(texts[$0] ?? "").isEmpty }
            guard let name = given.first, let text = texts[name] else { continue }
            let direct = [line.name, line.alias].compactMap { $0 }
            let ways = Set(given.map { direct.contains($0) ? line.name : $0 })
            guard ways.count == 1 else {
                fault(line.name, "it is given as \(given.joined(separator: " and ")): keep one")
                return nil
            }
            if name == line.fileName { return fromFile(text, of: line, system) }
            if name == line.commandName { return fromCommand(text, of: line, system) }
            return Value(text: text, source: source)
        }
        return nil
    }

    private mutating func fromFile(
        _ path: String, of line: SettingLine, _ system: System
    ) -> Value? {
        guard let file = system.file(path) else {
            fault(
                line.name, "\(line.fileName): “\(path)” cannot be read: name a file that is there")
            return nil
        }
        if file.isOpenToAll, line.isSecret {
            fault(line.name, "\(line.fileName): everybody may read “\(path)”: chmod 600 it")
        }
        return value(file.text, of: line, source: "file \(path)")
    }

    private mutating func fromCommand(
        _ command: String, of line: SettingLine, _ system: System
    ) -> Value? {
        guard let text = system.run(command) else {
            fault(
                line.name,
                "\(line.commandName) failed or printed nothing in time: run it by hand to see why")
            return nil
        }
        return value(text, of: line, source: "command")
    }

    private mutating func value(_ text: String, of line: SettingLine, source: String) -> Value? {
        var text = text
        while text.last?.isNewline == true { text.removeLast() }
        guard !text.isEmpty, !text.contains(where: \.isNewline) else {
            fault(line.name, "the \(source) must hold the value alone, on one line")
            return nil
        }
        return Value(text: text, source: source)
    }

    private mutating func fault(_ name: String, _ reason: String) {
        faults.append((name, reason))
    }
}

extension SettingLine {
    /// Names a file that holds it.
    var fileName: String { "\(name)_FILE" }
    /// Names a command that prints it.
    var commandName: String { "\(name)_COMMAND" }
    /// Every name that says something of it, in the order in which they are read.
    var names: [String] {
        [name] + (alias.map { [$0] } ?? []) + (isSecret ? [fileName, commandName] : [])
    }
}
