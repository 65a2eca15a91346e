import Foundation
import Support
import WebAssembly

/// Runs what wabt's `wast2json` makes of a `.wast` file of the WebAssembly core test suite.
///
/// What needs floats, several values or other features that are refused here is left out with the
/// commands that depend on it, and counted: also a module that the suite calls invalid but that is
/// refused for such a feature, a `memory.grow` that traps here and answers −1 in the suite, and a
/// bulk operation that is out of bounds there and whose length here costs more than any tank holds.
struct SpecificationSuite {
    struct Outcome {
        var passed = 0
        var leftOut = 0
        var failures: [String] = []
    }

    struct Value: Decodable {
        var type: String
        var value: String?

        /// The word, `nil` for types that are refused.
        var word: UInt64? {
            guard type == "i32" || type == "i64" else { return nil }
            return value.flatMap { UInt64($0) }
        }
    }

    struct Command: Decodable {
        struct Action: Decodable {
            var type: String
            var module: String?
            var field: String
            var args: [Value]?
        }
        var type: String
        var line: Int
        var name: String?
        var filename: String?
        var moduleType: String?
        var action: Action?
        var expected: [Value]?
        var text: String?

        enum CodingKeys: String, CodingKey {
            case type, line, name, filename, action, expected, text
            case moduleType = "module_type"
        }
    }

    private struct File: Decodable { var commands: [Command] }

    private let folder: URL
    private var outcome = Outcome()
    private var current: WasmInstance?
    private var named: [String: WasmInstance] = [:]

    /// Converts and runs one file.
    static func run(_ wast: URL) throws -> Outcome {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let json = folder.appendingPathComponent("suite.json")
        guard (try? SystemCommand.run(["wast2json", wast.path, "-o", json.path])) != nil else {
            return Outcome(leftOut: 1)
        }
        let file = try JSONDecoder().decode(File.self, from: try Data(contentsOf: json))
        var suite = SpecificationSuite(folder: folder)
        for command in file.commands { suite.run(command) }
        return suite.outcome
    }

    private init(folder: URL) { self.folder = folder }

    private mutating func run(_ command: Command) {
        switch command.type {
        case "module": makeModule(command)
        case "assert_return", "action": assertReturn(command)
        case "assert_trap", "assert_exhaustion":
            if command.action == nil { assertRefused(command) } else { assertTrap(command) }
        case "assert_invalid", "assert_malformed", "assert_unlinkable", "assert_uninstantiable":
            assertRefused(command)
        default: outcome.leftOut += 1
        }
    }

    private func module(_ command: Command) throws -> WasmModule {
        let file = folder.appendingPathComponent(command.filename ?? "")
        return try WasmModule(decoding: Array(try Data(contentsOf: file)))
    }

    private mutating func makeModule(_ command: Command) {
        current = nil
        do {
            let instance = try WasmInstance(try module(command))
            current = instance
            if let name = command.name { named[name] = instance }
            outcome.passed += 1
        } catch let error as WasmError
            where error.reason == .unsupported || error.phase != .parse
        {
            // What it would have imported it could have changed.
            if error.phase == .link { named = [:] }
            if let name = command.name { named[name] = nil }
            outcome.leftOut += 1
        } catch {
            outcome.failures.append("line \(command.line): \(error)")
        }
    }

    /// The call of an action: `nil` if it cannot be made here.
    private func call(_ command: Command) -> (() throws -> UInt64?)? {
        guard let action = command.action, action.type == "invoke",
            let instance = action.module == nil ? current : named[action.module ?? ""]
        else { return nil }
        let arguments = (action.args ?? []).map(\.word)
        let words = arguments.compactMap { $0 }
        guard words.count == arguments.count else { return nil }
        return {
            instance.fuel = 1_000_000_000
            return try instance.call(
                action.field, words, embedder: WasmEmbedder { _, _, _ in 0 })
        }
    }

    private mutating func assertReturn(_ command: Command) {
        let expected = (command.expected ?? []).map(\.word)
        guard let call = call(command), expected.count <= 1, !expected.contains(nil) else {
            outcome.leftOut += 1
            return
        }
        do {
            let result = try call()
            if command.type == "action" || result == (expected.first ?? nil) {
                outcome.passed += 1
            } else {
                outcome.failures.append(
                    "line \(command.line): \(String(describing: result)), not \(expected)")
            }
        } catch WasmTrap.growthLimited where expected == [0xffff_ffff] {
            outcome.leftOut += 1
        } catch {
            outcome.failures.append("line \(command.line): \(error)")
        }
    }

    private mutating func assertTrap(_ command: Command) {
        guard let call = call(command) else {
            outcome.leftOut += 1
            return
        }
        do {
            _ = try call()
            outcome.failures.append("line \(command.line): no trap")
        } catch let trap as WasmTrap where trap == Self.traps[command.text ?? "", default: trap] {
            outcome.passed += 1
        } catch WasmTrap.outOfFuel where command.text?.hasPrefix("out of bounds") == true {
            outcome.leftOut += 1
        } catch {
            outcome.failures.append("line \(command.line): \(error)")
        }
    }

    /// The suite's names of the traps.
    private static let traps: [String: WasmTrap] = [
        "unreachable": .unreachable, "out of bounds memory access": .memoryOutOfBounds,
        "integer divide by zero": .divisionByZero, "integer overflow": .integerOverflow,
        "undefined element": .tableOutOfBounds, "out of bounds table access": .tableOutOfBounds,
        "uninitialized element": .uninitializedElement,
        "indirect call type mismatch": .signatureMismatch,
        "call stack exhausted": .stackOverflow,
    ]

    private mutating func assertRefused(_ command: Command) {
        guard command.moduleType != "text" else {
            outcome.leftOut += 1
            return
        }
        do {
            let module = try module(command)
            _ = try WasmInstance(module)
            // Only an embedder knows which functions cannot be linked.
            if command.type == "assert_unlinkable" {
                outcome.leftOut += 1
            } else {
                outcome.failures.append(
                    "line \(command.line): accepted, though \(command.text ?? "")")
            }
        } catch let error as WasmError
            where error.reason == .unsupported && command.type == "assert_invalid"
        {
            outcome.leftOut += 1
        } catch {
            outcome.passed += 1
        }
    }
}
