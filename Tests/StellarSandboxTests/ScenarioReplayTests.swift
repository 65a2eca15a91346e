import Foundation
import Support
import Testing

@testable import StellarSandbox

@Suite(.serialized, .enabled(if: Vectors.exist, "no vectors at ../shared/vectors"))
struct ScenarioReplayTests {
    /// All files there are: results, authorization, footprints, changes, events, costs and what a
    /// client is told to declare agree.
    static let scenarios = files(in: "scenarios")

    private static func files(in folder: String) -> [String] {
        guard let root = Vectors.folder else { return [] }
        let names = try? FileManager.default.contentsOfDirectory(
            atPath: root.appendingPathComponent(folder).path)
        return (names ?? []).filter { $0.hasSuffix(".json") }.map { String($0.dropLast(5)) }
            .sorted()
    }

    @Test(arguments: scenarios)
    func `this host answers a scenario as the genuine one does`(name: String) throws {
        let report = try ScenarioReplay().run(json: Vectors.data("scenarios/\(name).json"))
        #expect(ScenarioReplay.firstDifferences([report]) == "")
    }

    /// Some of the files again, as the genuine host answers them at protocol 30.
    @Test(arguments: files(in: "scenarios-30"))
    func `the next protocol is followed where it differs`(name: String) throws {
        let report = try ScenarioReplay().run(json: Vectors.data("scenarios-30/\(name).json"))
        #expect(ScenarioReplay.firstDifferences([report]) == "")
    }

    @Test func `the vectors are all there`() {
        #expect(Self.scenarios.count >= 31)
        #expect(Self.files(in: "scenarios-30").count >= 7)
    }

    /// What a transaction declares after its simulation is enough, and nothing else comes of it.
    @Test(arguments: scenarios)
    func `a step does the same within the footprint it recorded`(name: String) throws {
        let json = try Vectors.data("scenarios/\(name).json")
        let differences = try ScenarioReplay().stepsThatDifferWhenEnforced(json: json)
        #expect(differences == [])
    }

    /// `TRAQORA_REPLAY=host-map,ttl swift test --filter replay` looks at some files alone and
    /// prints where they first differ; `TRAQORA_REPLAY_ASPECTS=cpu` says in what.
    @Test func `asked scenarios are replayed and compared`() throws {
        let environment = ProcessInfo.processInfo.environment
        guard let asked = environment["TRAQORA_REPLAY"] else { return }
        let replay = ScenarioReplay()
        let reports = try asked.split(separator: ",").map {
            try replay.run(
                json: Vectors.data($0.contains("/") ? "\($0).json" : "scenarios/\($0).json"))
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
