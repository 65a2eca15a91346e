import Telemetry

/// One environment variable: its name, what it is for, and how its text becomes a value. The schema
/// is the list of these; the example file and the validator are made from it.
struct Setting<Value: Sendable>: Sendable {
    let name: String
    /// Another name that is read when the first is absent.
    var alias: String?
    let text: String
    /// What stands in the example file.
    let example: String
    let standard: Value?
    let parse: @Sendable (String) throws(SettingFault) -> Value
}

/// Why a setting's text is not a value, and what would be.
struct SettingFault: Error, Hashable {
    let reason: String

    init(_ reason: String) { self.reason = reason }
}

/// All faults of a configuration at once.
struct SettingFaults: Error, CustomStringConvertible {
    /// Name and reason.
    let faults: [(name: String, reason: String)]

    var description: String {
        "the configuration is not usable:\n"
            + faults.map { "  \($0.name): \($0.reason)" }.joined(separator: "\n")
    }
}

/// Reads settings from an environment and gathers what is wrong with them.
struct SettingReader {
    private let environment: [String: String]
    private(set) var faults: [(name: String, reason: String)] = []

    init(_ environment: [String: String]) {
        self.environment = environment
    }

    /// The value of a setting, its default if it is absent, `nil` after a fault.
    mutating func read<Value>(_ setting: Setting<Value>) -> Value? {
        let texts = [setting.name, setting.alias].compactMap { $0 }
            .compactMap { environment[$0] }.filter { !$0.isEmpty }
        guard let text = texts.first else { return setting.standard }
        do throws(SettingFault) {
            return try setting.parse(text)
        } catch {
            faults.append((setting.name, error.reason))
            return nil
        }
    }

    /// Notes a fault that concerns several settings.
    mutating func fault(_ name: String, _ reason: String) {
        faults.append((name, reason))
    }

    /// - Throws: ``SettingFaults`` if there was any.
    func finish() throws(SettingFaults) {
        guard faults.isEmpty else { throw SettingFaults(faults: faults) }
    }
}
