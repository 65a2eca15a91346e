import Foundation
import Support
import Testing

@testable import SorobanHost

/// The reference host's own tests, as far as they say what was asked: the same answers, the same
/// errors, the same use of both budgets.
@Suite struct TraceTests {
    static let files: [String] = {
        guard let folder = Vectors.folder?.appendingPathComponent("host") else { return [] }
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.filter { $0.hasSuffix(".json") }.sorted()
    }()

    @Test(.enabled(if: Vectors.exist, "no vectors at ../shared/vectors"))
    func `each recorded call is answered as it was, for as much`() throws {
        var (answers, costs, all) = (0, 0, 0)
        for file in Self.files {
            let data = try Vectors.data("host/\(file)")
            let object = try JSONSerialization.jsonObject(with: data) as? [String: String] ?? [:]
            let lines = object.sorted { $0.key < $1.key }.map { (event: $0.key, state: $0.value) }
            var replay = try TraceReplay()
            for call in Trace(lines: lines).calls {
                all += 1
                guard let outcome = try replay.run(call) else { continue }
                #expect(outcome.answer == call.answer, "\(file): \(call.name)\(call.arguments)")
                answers += 1
                guard let used = call.used, used.instructions > 0, used.bytes >= 0 else {
                    continue
                }
                #expect(outcome.instructions == used.instructions, "\(file): \(call.name)")
                #expect(outcome.bytes == used.bytes, "\(file): \(call.name)")
                costs += 1
            }
        }
        #expect(costs >= 2_649)
        #expect(answers >= 2_721, "of \(all)")
    }
}
