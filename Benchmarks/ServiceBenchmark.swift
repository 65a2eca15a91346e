internal import Foundation
internal import HTTP

extension Benchmark {
    /// From the start of `traqora serve`, over a network and a SQLite file that are there, to its
    /// first answer; the best of ten.
    static let serviceStart = Benchmark(name: "service.start", unit: "ms") {
        try await ServiceStart.best()
    }

    /// What the same process has in memory when it has answered and then had nothing to do for
    /// five seconds, its share of the libraries included.
    static let serviceMemory = Benchmark(name: "service.memory", unit: "MB") {
        try await ServiceStart.idle()
    }

    /// From the start of `traqora up`, over what an earlier one left, to its first answer: network,
    /// API and workers; the best of five.
    static let upStart = Benchmark(name: "up.start", unit: "ms") {
        try await withScratchFolder { folder in
            var best = Double.infinity
            for _ in 0..<6 {
                let start = ContinuousClock.now
                let program = try await RunningProgram(
                    ["up", "--network-port", "0"],
                    settings: ["PORT": "0", "LOG_LEVEL": "warning"], in: folder, until: "API")
                try await ServiceStart.answer(of: program)
                best = min(best, (ContinuousClock.now - start) / .milliseconds(1))
                await program.stop()
            }
            return Figure(best)
        }
    }
}

/// One process of the API after the other, over a network that stays.
private enum ServiceStart {
    static func best() async throws -> Figure {
        try await withNetwork { folder, settings in
            var best = Double.infinity
            for _ in 0..<10 {
                let start = ContinuousClock.now
                let program = try await RunningProgram(
                    ["serve"], settings: settings, in: folder, until: "Traqora serves")
                try await answer(of: program)
                best = min(best, (ContinuousClock.now - start) / .milliseconds(1))
                await program.stop()
            }
            return Figure(best)
        }
    }

    static func idle() async throws -> Figure {
        try await withNetwork { folder, settings in
            let program = try await RunningProgram(
                ["serve"], settings: settings, in: folder, until: "Traqora serves")
            try await answer(of: program)
            try await Task.sleep(for: .seconds(5))
            let figure = Figure(try program.megabytes())
            await program.stop()
            return figure
        }
    }

    static func answer(of program: RunningProgram) async throws {
        let client = HTTPClient()
        defer { client.shutDown() }
        let response = try await client.send(.init(.get, program.address + "/ready"))
        guard response.status == .ok else {
            throw BenchmarkFailure(what: "/ready says \(response.status)")
        }
    }

    /// A network that has the contracts and the flights of the first days.
    private static func withNetwork(
        _ body: (URL, [String: String]) async throws -> Figure
    ) async throws -> Figure {
        try await withScratchFolder { folder in
            let network = try await RunningProgram(
                ["sandbox", "--port", "0"], in: folder, until: "http://")
            let settings = [
                "PORT": "0", "DATABASE_URL": "sqlite:api.sqlite", "LOG_LEVEL": "warning",
                "SOROBAN_RPC_URL": network.address,
            ]
            let first = try await RunningProgram(
                ["serve"], settings: settings, in: folder, until: "Traqora serves")
            try await answer(of: first)
            await first.stop()
            let figure = try await body(folder, settings)
            await network.stop()
            return figure
        }
    }
}
