internal import Foundation

/// `swift run -c release Benchmarks [NAME-PREFIX…]`: measures and prints a table; ends with 1 if a
/// threshold is missed or a benchmark fails.
@main
struct Benchmarks {
    /// Every benchmark, in the order of the table.
    static let all: [Benchmark] =
        [
            .httpBare, .searchCached, .searchCalm, .serviceStart, .serviceMemory, .upStart,
            .booking50, .bookingRate, .serviceScale, .xdrEnvelope, .sandboxTransfers,
            .sandboxStart, .sandboxStartMemory, .sandboxLibraryStart, .sandboxSimulation50,
            .sandboxSimulation99,
        ] + Benchmark.supplierDecoding + Benchmark.sandboxAtScale + Benchmark.webAssembly

    static func main() async {
        let prefixes = CommandLine.arguments.dropFirst()
        let wanted = all.filter { benchmark in
            prefixes.isEmpty || prefixes.contains { benchmark.name.hasPrefix($0) }
        }
        Table.printHead()
        var isGood = true
        for benchmark in wanted {
            do {
                let figure = try await benchmark.run()
                Table.printRow(of: benchmark, figure)
                isGood = isGood && thresholds[benchmark.name]?.holds(for: figure) ?? true
            } catch let skipped as BenchmarkSkipped {
                Table.printRow([benchmark.name, "left out: \(skipped.reason)"])
            } catch {
                Table.printRow([benchmark.name, "FAILED: \(error)"])
                isGood = false
            }
        }
        exit(isGood ? 0 : 1)
    }
}
