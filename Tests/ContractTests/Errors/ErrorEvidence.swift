import Foundation
import Stellar
import StellarXDR
import Support
import Synchronization
import Testing
import TraqoraContracts

/// `Contracts/errors.json`: for each error of each function the test that shows it. Every test is
/// held to what the file says of it, and ``ErrorTests`` hold the file to the sources.
///
/// `RECORD_ERRORS=1 swift test --filter ContractTests` writes it.
struct ErrorEvidence: Codable, Equatable {
    /// Tests by the name of an error, by function, by contract.
    var tests: [String: [String: [String: String]]] = [:]

    static let file = Package.root.appendingPathComponent("Contracts/errors.json")
    static let isRecorded = ProcessInfo.processInfo.environment["RECORD_ERRORS"] != nil

    /// What the sources say.
    static let documented = DocumentedErrors(contracts)

    static let contracts: [(contract: String, spec: ContractSpec, source: String)] =
        ContractCode.allCases.compactMap { code in
            guard let spec = try? ContractSpec(wasm: code.wasm) else { return nil }
            let isAdministered = spec.functions.contains { $0.name == "accept_admin" }
            return (
                code.rawValue, spec,
                source(of: code.rawValue) + (isAdministered ? source(of: "Common") : "")
            )
        }

    private static func source(of target: String) -> String {
        let folder = Package.root.appendingPathComponent("Contracts/Sources/\(target)")
        let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return files.filter { $0.hasSuffix(".swift") }.sorted().compactMap {
            try? String(contentsOf: folder.appendingPathComponent($0), encoding: .utf8)
        }.joined()
    }

    /// What the file says.
    static let known: ErrorEvidence =
        (try? Data(contentsOf: file)).flatMap {
            try? JSONDecoder().decode([String: [String: [String: String]]].self, from: $0)
        }.map(ErrorEvidence.init(tests:)) ?? ErrorEvidence()

    private static let recorded = Mutex(ErrorEvidence())

    /// The test that shows an error.
    subscript(error: CallError) -> String? {
        get { tests[error.contract]?[error.function]?[Self.name(error)] }
        set {
            tests[error.contract, default: [:]][error.function, default: [:]][Self.name(error)] =
                newValue
        }
    }

    static func name(_ error: CallError) -> String {
        documented.names[error] ?? documented.numbers[error.contract]?[error.number] ?? "?"
    }

    /// What a test shows.
    func errors(shownBy test: String) -> [CallError] {
        Self.documented.errors.filter { self[$0] == test }.sorted()
    }

    /// Holds a test that has ended to what is documented, and to what is said of it.
    static func judge(_ test: Test, _ found: Set<CallError>) {
        let sentence = test.name.split(separator: "`").first ?? ""
        let name = "\(test.sourceLocation.fileName.dropLast(6)): \(sentence)"
        let own = found.filter { documented.numbers[$0.contract]?[$0.number] != nil }
        for error in own.subtracting(documented.errors).sorted() where !isExempt(error) {
            Issue.record("\(error), \(Self.name(error)), is not among what it says to fail with")
        }
        guard !isRecorded else { return record(own.intersection(documented.errors), name) }
        // What each row of a table shows cannot be told apart.
        guard !test.isParameterized else { return }
        for error in known.errors(shownBy: name) where !found.contains(error) {
            Issue.record("\(error), \(Self.name(error)), is not shown any more: errors.json")
        }
    }

    /// Errors that are another contract's too, and came from there.
    private static func isExempt(_ error: CallError) -> Bool { error.number < 100 }

    private static func record(_ errors: Set<CallError>, _ test: String) {
        recorded.withLock { evidence in
            for error in errors {
                evidence[error] = min(evidence[error] ?? test, test)
            }
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
            try? (encoder.encode(evidence.tests) + Data("\n".utf8)).write(to: file)
        }
    }
}
