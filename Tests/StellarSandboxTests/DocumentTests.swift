import Foundation
import HTTP
import Support
import Testing

@testable import StellarSandbox

/// `Docs/sandbox.md` says what can be typed; it is typed here.
struct DocumentTests {
    /// A line `sandbox_… {…}` of the document.
    private struct Example {
        let method: String
        let parameters: [String: Any]

        init?(_ line: Substring) throws {
            guard line.hasPrefix("sandbox_") else { return nil }
            let parts = line.split(separator: " ", maxSplits: 1)
            method = String(parts[0])
            parameters =
                parts.count < 2
                ? [:]
                : try JSONSerialization.jsonObject(with: Data(parts[1].utf8)) as? [String: Any]
                    ?? [:]
        }
    }

    private static func document() throws -> String {
        try String(
            contentsOf: Package.root.appendingPathComponent("Docs/sandbox.md"), encoding: .utf8)
    }

    @Test func `every method is described, and its example works`() async throws {
        let document = try Self.document()
        let examples = try document.split(separator: "\n").compactMap { try Example($0) }
        #expect(Set(examples.map(\.method)) == RPCService.controlMethods)
        for name in RPCService.controlMethods { #expect(document.contains("| `\(name)` |")) }
        let network = try await TestNetwork { $0.offersControl = true }
        for example in examples {
            var parameters = example.parameters
            if example.method == "sandbox_traceTransaction" {
                let contract = "CAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAABSC4"
                let funded = try await network.friendbot(contract)
                parameters["hash"] = try JSON(funded)["hash"].string
            }
            let answer = try await network.call(example.method, parameters)
            #expect(answer["error"].isMissing, "\(example.method): \(answer)")
        }
    }

    @Test func `every option of the program is described`() throws {
        let document = try Self.document()
        for option in [
            "--port", "--profile", "--protocol-version", "--persistent-ledgers", "--state",
            "--control",
        ] {
            #expect(document.contains("`\(option)"), "\(option)")
        }
    }
}
