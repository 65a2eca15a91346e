import Foundation
import Support
import Testing

/// A step of the shared scenarios that uploads a module, and what the genuine host said.
struct Upload: Sendable, CustomTestStringConvertible {
    enum Outcome: Sendable, Equatable {
        case accepted
        /// Refused before, at, or after linking and instantiating, as the charges show.
        case parse, instantiate, counts
    }

    var note: String
    var bytes: [UInt8]
    var outcome: Outcome
    var error: String?

    var testDescription: String { note }

    /// The uploads of all files whose name begins with `vm-`.
    static let all: [Upload] = (try? Vectors.scenarios("vm-").flatMap(\.uploads)) ?? []
}

/// A file of the shared scenarios, as far as this module can use it.
struct Scenario: Sendable {
    var name: String
    var uploads: [Upload]
}

extension Vectors {
    static func scenarios(_ prefix: String) throws -> [Scenario] {
        guard let folder = folder?.appendingPathComponent("scenarios") else { return [] }
        return try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
            .filter { $0.hasPrefix(prefix) && $0.hasSuffix(".json") }
            .map { try Scenario(name: $0, Data(contentsOf: folder.appendingPathComponent($0))) }
    }
}

extension Scenario {
    private struct File: Decodable {
        struct Step: Decodable {
            struct Expectation: Decodable {
                var error: String?
                var costs: [String: [Int]]?
            }
            var note: String?
            var function: String
            var expect: Expectation
        }
        var steps: [Step]
    }

    init(name: String, _ data: Data) throws {
        self.name = name
        let file = try JSONDecoder().decode(File.self, from: data)
        uploads = file.steps.compactMap { step in
            guard let bytes = Data(base64Encoded: step.function).flatMap(Self.uploaded) else {
                return nil
            }
            let parsed = step.expect.costs?["VmInstantiation"]?.first ?? 0
            let linked = step.expect.costs?["VmCachedInstantiation"] != nil
            let outcome: Upload.Outcome =
                step.expect.error == nil
                ? .accepted : !linked ? .parse : parsed == 1 ? .instantiate : .counts
            return Upload(
                note: "\(name): \(step.note ?? "")", bytes: bytes, outcome: outcome,
                error: step.expect.error)
        }
    }

    /// The module in an `uploadContractWasm` (2), which is opaque data of variable length.
    private static func uploaded(_ function: Data) -> [UInt8]? {
        let bytes = Array(function)
        guard bytes.count >= 8, bytes[0..<4].elementsEqual([0, 0, 0, 2]) else { return nil }
        let count = bytes[4..<8].reduce(0) { $0 << 8 | Int($1) }
        return Array(bytes[8..<(8 + count)])
    }
}
