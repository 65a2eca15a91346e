import Foundation
import StellarXDR
import Support
import Testing

@testable import StellarSandbox

@Suite(.enabled(if: Vectors.exist, "no vectors at ../shared/vectors"))
struct ScenarioReadingTests {
    /// The first report of a file in which one answer was changed.
    private func differences(
        _ change: (inout [String: Any]) throws -> Void
    ) throws -> String {
        let file = try JSONSerialization.jsonObject(
            with: Data(Vectors.data("scenarios/swift-token.json")))
        var scenario = try #require(file as? [String: Any])
        var steps = try #require(scenario["steps"] as? [[String: Any]])
        var expect = try #require(steps[0]["expect"] as? [String: Any])
        try change(&expect)
        steps[0]["expect"] = expect
        scenario["steps"] = steps
        let json = try JSONSerialization.data(withJSONObject: scenario)
        return ScenarioReplay.firstDifferences([try ScenarioReplay().run(json: json)])
    }

    @Test func `a value that differs is shown as XDR-JSON`() throws {
        let text = try differences { $0["result"] = try SCVal.u32(7).base64() }
        #expect(text.contains("step 0 (upload): result"))
        #expect(text.contains(#"expected {"u32":7}"#))
        #expect(text.contains(#"answered {"bytes":""#))
    }

    @Test func `costs that differ are shown by type, side by side`() throws {
        let text = try differences { expect in
            expect["cpu"] = 1
            var costs = try #require(expect["costs"] as? [String: [Int]])
            costs["MemCpy"]?[0] += 5
            expect["costs"] = costs
        }
        let lines = text.split(separator: "\n").map { $0.drop { $0 == " " } }
        #expect(lines.filter { $0.hasPrefix("≠") }.count == 1)
        #expect(lines.contains { $0.hasPrefix("≠  MemCpy") })
        #expect(lines.contains { $0.hasPrefix("MemAlloc") || $0.hasPrefix("ValSer") })
    }
}
