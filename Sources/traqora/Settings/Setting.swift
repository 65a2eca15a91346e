import Telemetry

/// One setting: its names, what it is for, what is taken, and how its text becomes a value. The
/// schema is the list of these; the example file, the documents and the validator are made from it.
struct Setting<Value: Sendable>: Sendable {
    /// What describes it, without its type.
    let line: SettingLine
    /// What holds when it is not set, and after a fault until the faults are told.
    let standard: Value
    let parse: @Sendable (String) throws(SettingFault) -> Value

    var name: String { line.name }

    init(
        _ name: String, alias: String? = nil, _ text: String, type: String, rule: String,
        default standard: Value, as standardText: String? = nil, example: String = "",
        isSecret: Bool = false, productionNeedsIt: Bool = false,
        _ parse: @escaping @Sendable (String) throws(SettingFault) -> Value
    ) {
        line = SettingLine(
            name: name, alias: alias, text: text, type: type, rule: rule,
            standard: standardText ?? "", example: example, isSecret: isSecret,
            productionNeedsIt: productionNeedsIt)
        self.standard = standard
        self.parse = parse
    }
}

/// A setting as people read it.
struct SettingLine: Hashable, Sendable {
    var name: String
    /// Another name that is read when the first is absent.
    var alias: String?
    /// What it is for: a sentence.
    var text: String
    /// What kind of value: `port`, `URL`, `contract`.
    var type: String
    /// What is taken, and what is not.
    var rule: String
    /// What holds when it is not set; empty if nothing does.
    var standard: String
    /// What stands in the example file.
    var example: String
    /// Whether nobody may see it.
    var isSecret: Bool
    /// Whether production refuses to go without.
    var productionNeedsIt: Bool
}

/// Why a setting's text is not a value, and what would be.
struct SettingFault: Error, Hashable {
    let reason: String

    init(_ reason: String) { self.reason = reason }
}

/// All faults of a configuration at once.
struct SettingFaults: Error, CustomStringConvertible {
    /// Name, and what is wrong and how to mend it.
    let faults: [(name: String, reason: String)]

    var description: String {
        "the configuration is not usable:\n"
            + faults.map { "  \($0.name): \($0.reason)" }.joined(separator: "\n")
    }
}

/// Reads settings and gathers what is wrong with them.
struct SettingReader {
    let values: SettingValues
    private(set) var faults: [(name: String, reason: String)]

    init(_ values: SettingValues) {
        self.values = values
        faults = values.faults
    }

    /// The value of a setting; its default if it is absent or at fault.
    mutating func read<Value>(_ setting: Setting<Value>) -> Value {
        guard let text = values[setting.line]?.text else { return setting.standard }
        do throws(SettingFault) {
            return try setting.parse(text)
        } catch {
            fault(setting.name, error.reason)
            return setting.standard
        }
    }

    /// Whether it was given at all.
    func isSet<Value>(_ setting: Setting<Value>) -> Bool { values[setting.line] != nil }

    /// Notes a fault; the first of a setting is the one that is told.
    mutating func fault(_ name: String, _ reason: String) {
        guard !faults.contains(where: { $0.name == name }) else { return }
        faults.append((name, reason))
    }

    /// - Throws: ``SettingFaults`` if there was any.
    func finish() throws(SettingFaults) {
        guard faults.isEmpty else { throw SettingFaults(faults: faults) }
    }
}
