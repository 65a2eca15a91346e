import ContractBuild
import Foundation

/// What the contracts are: a build that gives anything else is noticed.
struct Lock: Codable {
    struct Entry: Codable, Hashable {
        var bytes: Int
        var sha256: String
    }

    var contracts: [String: Entry] = [:]

    init() {}

    /// The lock of the tree; empty if there is none yet.
    init(contentsOf path: String) throws {
        guard FileManager.default.fileExists(atPath: path) else { return }
        self = try JSONDecoder().decode(
            Lock.self, from: Data(contentsOf: URL(fileURLWithPath: path)))
    }

    func compare(with expected: Lock) throws {
        let names = Set(contracts.keys).union(expected.contracts.keys).sorted()
        let changed = names.filter { contracts[$0] != expected.contracts[$0] }
        guard !changed.isEmpty else { return }
        throw BuildFailure(
            """
            \(changed.joined(separator: ", ")) differ from Contracts/contracts.lock.json. \
            If that is meant: swift run GenerateContracts --accept
            """)
    }

    func write(to path: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        try (encoder.encode(self) + Data("\n".utf8)).write(to: URL(fileURLWithPath: path))
    }
}
