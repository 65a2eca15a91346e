import Foundation
import Support
import Testing

/// A file of the shared scenarios, as far as a virtual machine alone can judge it.
struct Scenario: Sendable, CustomTestStringConvertible {
    var name: String
    var steps: [Step]

    var testDescription: String { name }

    struct Step: Decodable, Sendable {
        struct Expectation: Decodable, Sendable {
            var result: Data?
            var error: String?
            var fatal: String?
            var costs: [String: [Int]]?
        }
        var sequence: UInt32
        var timestamp: UInt64
        var note: String?
        /// `HostFunction` in XDR.
        var function: Data
        var expect: Expectation
    }

    private struct File: Decodable { var steps: [Step] }

    init(name: String, _ data: Data) throws {
        self.name = name
        steps = try JSONDecoder().decode(File.self, from: data).steps
    }

    /// The files whose name begins with `vm-`; none without vectors.
    static let all: [Scenario] = {
        guard let folder = Vectors.folder?.appendingPathComponent("scenarios"),
            let names = try? FileManager.default.contentsOfDirectory(atPath: folder.path)
        else { return [] }
        return names.sorted().filter { $0.hasPrefix("vm-") && $0.hasSuffix(".json") }
            .compactMap {
                try? Scenario(name: $0, Data(contentsOf: folder.appendingPathComponent($0)))
            }
    }()
}

extension Scenario.Step {
    /// The module in an `uploadContractWasm` (2), which is opaque data of variable length.
    var upload: [UInt8]? {
        let bytes = Array(function)
        guard bytes.starts(with: [0, 0, 0, 2]) else { return nil }
        let count = Int(Self.u32(bytes, at: 4))
        return Array(bytes[8..<(8 + count)])
    }

    /// The contract, function and arguments of an invocation (0) whose arguments are all `U64`.
    var invocation: (contract: [UInt8], function: String, arguments: [UInt64])? {
        let bytes = Array(function)
        guard bytes.starts(with: [0, 0, 0, 0, 0, 0, 0, 1]) else { return nil }
        let contract = Array(bytes[8..<40])
        let length = Int(Self.u32(bytes, at: 40))
        let name = String(decoding: bytes[44..<(44 + length)], as: UTF8.self)
        var offset = 44 + (length + 3) & ~3
        let count = Int(Self.u32(bytes, at: offset))
        offset += 4
        guard bytes.count >= offset + count * 12 else { return nil }
        var arguments: [UInt64] = []
        for _ in 0..<count {
            guard Self.u32(bytes, at: offset) == 5 else { return nil }
            arguments.append(Self.u64(bytes, at: offset + 4))
            offset += 12
        }
        return (contract, name, arguments)
    }

    static func u32(_ bytes: [UInt8], at offset: Int) -> UInt32 {
        bytes[offset..<(offset + 4)].reduce(0) { $0 << 8 | UInt32($1) }
    }

    static func u64(_ bytes: [UInt8], at offset: Int) -> UInt64 {
        bytes[offset..<(offset + 8)].reduce(0) { $0 << 8 | UInt64($1) }
    }
}
