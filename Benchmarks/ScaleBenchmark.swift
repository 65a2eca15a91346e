internal import Database
internal import Foundation
internal import HTTP

extension Benchmark {
    /// A million bookings and a million published fares beside ten thousand of each, in two
    /// databases with a service over each, asked by turns: how many times longer 99 of 100 answers
    /// take at the endpoint that suffers most. Of three rounds the best counts.
    static let serviceScale = Benchmark(name: "service.scale", unit: "times") {
        try await BookingWorld.run(2, settings: ScaleSide.settings) { worlds in
            try await ScaleArchive(count: 10_000).fill(worlds[0].database)
            try await ScaleArchive(count: 1_000_000).fill(worlds[1].database)
            var sides: [ScaleSide] = []
            for world in worlds { sides.append(try await ScaleSide(world)) }
            var worst = (name: "", ratio: 0.0, milliseconds: 0.0)
            for endpoint in ScaleSide.endpoints {
                let times = try await endpoint.measured(sides)
                let ratio = times[1] / times[0]
                Table.printRow([
                    "  \(endpoint.name)", "\(grouped(times[1])) ms", "\(grouped(times[0])) ms",
                    "\((ratio * 100).rounded() / 100)",
                ])
                if ratio > worst.ratio { worst = (endpoint.name, ratio, times[1]) }
            }
            return Figure(worst.ratio, beside: "\(worst.name), ms:", worst.milliseconds)
        }
    }
}

/// A question of which there are many: `turn` makes each another one.
struct ScaleEndpoint: Sendable {
    var name: String
    var ask: @Sendable (_ side: ScaleSide, _ turn: Int) async throws -> Void

    init(
        _ name: String,
        ask: @escaping @Sendable (_ side: ScaleSide, _ turn: Int) async throws -> Void
    ) {
        self.name = name
        self.ask = ask
    }

    static let turns = 100

    /// How long 99 of 100 take on each side, in milliseconds.
    func measured(_ sides: [ScaleSide]) async throws -> [Double] {
        var best = [Double](repeating: .infinity, count: sides.count)
        for round in 0..<3 {
            var times = [[Duration]](repeating: [], count: sides.count)
            for turn in 0..<Self.turns {
                for (index, side) in sides.enumerated() {
                    let time = try await ContinuousClock().measure {
                        try await ask(side, round * Self.turns + turn)
                    }
                    times[index].append(time)
                }
            }
            for index in sides.indices {
                let slow = times[index].sorted()[Self.turns * 99 / 100 - 1]
                best[index] = min(best[index], slow / .milliseconds(1))
            }
        }
        return best
    }
}
