import Foundation
import Testing

/// Sequences of calls by several actors with time moving, on the contracts and on a model of them.
///
/// `TRAQORA_SEQUENCES=10000` runs as many; `TRAQORA_SCRIPT=FILE` runs the steps of a file, one a
/// line, as a failure prints them.
@Suite struct PlatformPropertyTests {
    private static let environment = ProcessInfo.processInfo.environment
    private static let workers = 2
    private static let sequences = environment["TRAQORA_SEQUENCES"].flatMap(Int.init) ?? 200

    /// One worker's bookings are paid in the Test dollar, the other's in an issuer's.
    @Test(arguments: 0..<workers)
    func `whatever anybody does in whatever order, the contracts do what the model says`(
        worker: Int
    ) async throws {
        let run = try PlatformRun(isIssued: worker == 1)
        var taken: Set<PlatformStep.Action> = []
        for number in stride(from: worker, to: Self.sequences, by: Self.workers) {
            var random = Seed(UInt64(number))
            let outcome = try run.run(using: &random, count: 50)
            taken.formUnion(outcome.taken)
            guard let difference = outcome.failure else { continue }
            let (shortest, reason) = run.shrink(outcome.script, difference)
            let lines = shortest.map(\.description).joined(separator: "\n")
            Issue.record("seed \(number), \(reason)\n\(lines)")
            return
        }
        // What never comes about shows nothing.
        guard Self.sequences >= 5_000 else { return }
        let missing = PlatformStep.Action.allCases.filter { !taken.contains($0) }
        #expect(
            worker == 0 ? missing == [.withdraw] : missing.isEmpty, "\(missing.map(\.rawValue))")
    }

    @Test(.enabled(if: environment["TRAQORA_SCRIPT"] != nil, "no script given"))
    func `a script that failed can be seen again`() throws {
        let path = try #require(Self.environment["TRAQORA_SCRIPT"])
        let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
        let script = try lines.map { try #require(PlatformStep(parsing: $0), "\($0)") }
        for isIssued in [false, true] { try PlatformRun(isIssued: isIssued).run(script) }
    }

    @Test func `a step reads as it was written`() {
        var random = Seed(1)
        for _ in 0..<100 {
            let step = PlatformStep(using: &random)
            #expect(PlatformStep(parsing: step.description) == step)
        }
    }

    @Test func `a script that fails is made as short as can be`() throws {
        // A model that forgot a payment differs at the first booking, whatever came before.
        var random = Seed(3)
        let script = (0..<50).map { _ in PlatformStep(using: &random) }
        let run = try PlatformRun(startingWith: 1)
        let difference = #expect(throws: PlatformRun.Difference.self) { try run.run(script) }
        let shortest = run.shrink(script, try #require(difference)).0
        #expect(shortest.count == 1)
    }
}
