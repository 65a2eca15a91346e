import Testing
import Travel

@testable import Deployment

/// What a person may write, and what is said of what does not do.
@Suite struct ManifestTests {
    private static var text: String { "\(StandaloneManifest.text)" }

    private func faults(replacing old: String, with new: String) throws -> [ManifestFault] {
        #expect(Self.text.contains(old))
        let text = Self.text.replacing(old, with: new)
        let error = #expect(throws: ManifestFaults.self) {
            try DeploymentManifest(parsing: text, name: "test.yaml")
        }
        return error?.faults ?? []
    }

    @Test func `the built-in manifest is usable, and says what it says`() throws {
        let manifest = try DeploymentManifest.standalone()
        #expect(manifest.booking.feeBps == 100)
        #expect(manifest.governance.period == 3_600)
        #expect(manifest.delays.bands.map(\.late) == [7_200, 10_800, 18_000])
        #expect(manifest.loyalty.unitsPerPoint == 100_000)
        #expect(manifest.airlines.map(\.code.text) == ["TQ", "N7", "M5"])
        #expect(manifest.airlines[0].routes[0].leaves == 8 * 3_600 + 600)
        #expect(manifest.numberedRules.map(\.number) == Array(1...7))
    }

    @Test func `all faults are told at once, with their lines and what would do`() throws {
        let text = Self.text
            .replacing("fee: 1 %", with: "fee: ten")
            .replacing("quorum: 20 %", with: "quorum: 60 %")
            .replacing("from: LIS\n        to: ZRH", with: "from: QQX\n        to: ZRH")
            .replacing("  treasury: treasury\n", with: "")
        let error = #expect(throws: ManifestFaults.self) {
            try DeploymentManifest(parsing: text, name: "test.yaml")
        }
        let faults = try #require(error).faults
        #expect(
            faults.map(\.path) == [
                "governance.quorum", "booking", "booking.fee", "airlines.TQ.routes[1].from",
            ])
        #expect(faults.map(\.line) == faults.map(\.line).sorted())
        #expect(faults[1].reason == "“treasury” is missing")
        #expect(faults[2].reason.contains("“ten” will not do: write a share like 2.5 %"))
        #expect(error?.description.hasPrefix("test.yaml cannot be used:\n  line ") == true)
    }

    @Test(arguments: [
        ("  fee: 1 %", "  fees: 1 %", "“fees” is not known here: use fee"),
        ("  quorum: 2\n", "  quorum: 1\n", "the quorum is more than half of the oracles"),
        ("delay: 1 minute", "delay: 1 second", "write a time from 1 minute to 30 days"),
        ("symbol: TRQ", "symbol: &x TRQ", "anchors (&name) and tags (!name) are not read"),
        ("symbol: TRQ", "symbol: *x", "aliases (*name) are not read"),
        ("  symbol: TRQ", "  name: TRQ", "“name” is there twice"),
        ("leaves: \"08:10\"", "leaves: \"24:10\"", "write the time of a day"),
        ("{ price: 129.00, seats", "{ price: 0, seats", "write an amount"),
        ("rule: standard }", "rule: light }", "N7 sells under “light”: list it there"),
        ("  cap: 10000000\n", "  cap: 10\n", "the holders have more than the cap"),
        ("amount: 250 }", "amount: 500 }", "each amount is for a longer delay"),
        ("  BA: British", "  TQ: British", "TQ is there twice"),
        ("  BA: British", "  BAW: British", "write the two letters or digits"),
        ("days: 30 }", "days: 30", "did not find expected"),
        ("economy: { price: 68", "coach: { price: 68", "“coach” is no cabin"),
    ])
    func `what does not do is named`(old: String, new: String, reason: String) throws {
        let faults = try faults(replacing: old, with: new)
        #expect(faults.contains { $0.reason.contains(reason) }, "\(faults)")
        #expect(faults.allSatisfy { $0.line > 0 })
    }

    @Test(arguments: ["", "- a", "a", "a: [", "\u{1}", "a: 1\n---\nb: 2\n", "%YAML"])
    func `what is no manifest is refused`(text: String) {
        #expect(throws: ManifestFaults.self) { try DeploymentManifest(parsing: text, name: "x") }
    }

    @Test func `depth and length are bounded`() {
        let deep = String(repeating: "[", count: 100_000)
        let long = String(repeating: "a", count: YAMLParser.bytesMax + 1)
        for text in [deep, long] {
            #expect(throws: ManifestFaults.self) {
                try DeploymentManifest(parsing: text, name: "x")
            }
        }
    }
}
