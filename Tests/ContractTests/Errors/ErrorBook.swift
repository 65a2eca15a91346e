import Stellar
import StellarXDR
import Synchronization
import TraqoraContracts

/// An error with which a function ended.
struct CallError: Hashable, Comparable, CustomStringConvertible {
    var contract: String
    var function: String
    var number: UInt32

    init(_ contract: String, _ function: String, _ number: UInt32) {
        (self.contract, self.function, self.number) = (contract, function, number)
    }

    static func < (a: CallError, b: CallError) -> Bool {
        (a.contract, a.function, a.number) < (b.contract, b.function, b.number)
    }

    var description: String { "\(contract).\(function) #\(number)" }
}

/// The errors that the contracts ended calls with while it was open.
final class ErrorBook: Sendable {
    private let lock = Mutex<Set<CallError>>([])

    /// What calls are noted in.
    @TaskLocal static var current: ErrorBook?

    var errors: Set<CallError> { lock.withLock { $0 } }

    func note(_ error: CallError) { lock.withLock { _ = $0.insert(error) } }
}

/// The errors that each function can end with, by the documentation in the sources: what stands in
/// backticks behind `Fails:`.
struct DocumentedErrors {
    /// What each is called.
    let names: [CallError: String]
    /// All errors that a contract has, by number.
    let numbers: [String: [UInt32: String]]
    /// Names behind `Fails:` that are none of an error.
    let unknown: [String]

    var errors: Set<CallError> { Set(names.keys) }

    /// - Parameter contracts: each with its interface and the text of its sources.
    init(_ contracts: [(contract: String, spec: ContractSpec, source: String)]) {
        var (names, unknown) = ([CallError: String](), [String]())
        var all: [String: [UInt32: String]] = [:]
        for (contract, spec, source) in contracts {
            let cases = spec.errors.flatMap(\.cases)
            for known in cases { all[contract, default: [:]][known.value] = Self.name(known) }
            let functions = Set(spec.functions.map { "\($0.name)" })
            for (called, text) in Self.documentation(in: source) where functions.contains(called) {
                for name in Self.failures(in: text) {
                    guard let known = cases.first(where: { Self.name($0) == name }) else {
                        unknown.append("\(contract).\(called): \(name)")
                        continue
                    }
                    names[CallError(contract, called, known.value)] = name
                }
            }
        }
        (self.names, self.numbers, self.unknown) = (names, all, unknown)
    }

    /// As the source has it.
    private static func name(_ known: SCSpecUDTErrorEnumCaseV0) -> String {
        let name = "\(known.name)"
        return name.prefix(1).lowercased() + name.dropFirst()
    }

    /// Each function as the interface calls it, with what stands above it.
    static func documentation(in source: String) -> [(function: String, text: String)] {
        var found: [(function: String, text: String)] = []
        var comment: [Substring] = []
        for line in source.split(separator: "\n", omittingEmptySubsequences: false) {
            let line = line.drop { $0 == " " }
            if line.hasPrefix("///") {
                comment.append(line.dropFirst(3))
                continue
            }
            // What stands between a comment and its function.
            if line.hasPrefix("@") && !line.contains(" func ") { continue }
            if let function = name(line) {
                found.append((function, comment.joined(separator: "\n")))
            }
            comment = []
        }
        return found
    }

    private static func name(_ line: Substring) -> String? {
        if line.hasPrefix("init(") { return "__constructor" }
        guard let range = line.firstRange(of: "func ") else { return nil }
        let before = line[..<range.lowerBound]
        guard before.isEmpty || before == "public " || before.hasSuffix(") ") else { return nil }
        return line[range.upperBound...].prefix { $0.isLetter || $0.isNumber }
            .reduce(into: "") { $0 += $1.isUppercase ? "_" + $1.lowercased() : String($1) }
    }

    /// The words in backticks behind `Fails:`, as far as the next of the list's points or the end of
    /// its part about this contract.
    static func failures(in documentation: String) -> [String] {
        guard let start = documentation.firstRange(of: "Fails:") else { return [] }
        let text = documentation[start.upperBound...].prefix { $0 != ";" }
        return text.split(separator: "`", omittingEmptySubsequences: false).enumerated()
            .filter { $0.offset % 2 == 1 }.map { String($0.element) }
    }
}
