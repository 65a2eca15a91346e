import Foundation
import Support
import Testing

@testable import StellarSandbox

@Suite(.enabled(if: Vectors.exist, "no vectors at ../shared/vectors"))
struct ScenarioReplayTests {
    /// All files: results, authorization, footprints, changes, events, costs and what a client is
    /// told to declare agree.
    static let scenarios = [
        "auth-custom-account", "auth-enforcing", "auth-invoker", "auth-recording", "deploy",
        "events-and-limits", "host-address", "host-buf", "host-call", "host-context", "host-crypto",
        "host-int", "host-ledger", "host-map", "host-prng", "host-vec", "sac-asset", "sac-native",
        "swift-probe", "swift-token", "ttl", "vm-bulk", "vm-cost", "vm-counts", "vm-limits",
        "vm-modules", "vm-mutants", "vm-random", "vm-run", "vm-traps", "vm-vals",
    ]

    @Test(arguments: scenarios)
    func `this host answers a scenario as the genuine one does`(name: String) throws {
        let report = try ScenarioReplay().run(json: Vectors.data("scenarios/\(name).json"))
        #expect(ScenarioReplay.firstDifferences([report]) == "")
    }

    /// `TRAQORA_REPLAY=host-map,ttl swift test --filter replay` looks at some files alone and
    /// prints where they first differ; `TRAQORA_REPLAY_ASPECTS=cpu` says in what.
    @Test func `asked scenarios are replayed and compared`() throws {
        let environment = ProcessInfo.processInfo.environment
        guard let asked = environment["TRAQORA_REPLAY"] else { return }
        let replay = ScenarioReplay()
        let reports = try asked.split(separator: ",").map {
            try replay.run(json: Vectors.data("scenarios/\($0).json"))
        }
        let aspects = environment["TRAQORA_REPLAY_ASPECTS"]?.split(separator: ",")
            .compactMap { ScenarioReplay.Aspect(rawValue: String($0)) }
        print(ScenarioReplay.table(reports))
        print(
            ScenarioReplay.firstDifferences(
                reports, in: Set(aspects ?? ScenarioReplay.Aspect.allCases),
                count: environment["TRAQORA_REPLAY_COUNT"].flatMap(Int.init) ?? 1))
    }
}
