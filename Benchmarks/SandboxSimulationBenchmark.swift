internal import HTTP
internal import Stellar
internal import StellarSandbox
internal import StellarXDR

extension Benchmark {
    /// A token transfer simulated over HTTP, one at a time: decoding, run, fee, answer.
    static let sandboxSimulation50 = Benchmark(name: "sandbox.simulate-p50", unit: "ms") {
        Figure(try await simulationTimes()[1_000])
    }

    /// The same, the slowest in a hundred.
    static let sandboxSimulation99 = Benchmark(name: "sandbox.simulate-p99", unit: "ms") {
        Figure(try await simulationTimes()[1_979])
    }

    /// Of two thousand, in milliseconds, sorted.
    private static func simulationTimes() async throws -> [Double] {
        let ring = try await TransferRing(holderCount: 2)
        let client = HTTPClient()
        defer { client.shutDown() }
        let rpc = SorobanRPC(url: ring.sandbox.rpcURL, client: client)
        guard let transfer = ring.transfers.first else {
            throw BenchmarkFailure(what: "no transfer")
        }
        // A simulation that records takes no authorization.
        var bare = transfer
        bare.ext = .v0
        bare.operations = transfer.operations.map { operation in
            guard case .invokeHostFunction(let call) = operation.body else { return operation }
            let function = InvokeHostFunctionOp(hostFunction: call.hostFunction, auth: [])
            return Operation(
                sourceAccount: operation.sourceAccount, body: .invokeHostFunction(function))
        }
        var times: [Double] = []
        for _ in 0..<2_000 {
            times.append(
                try await ContinuousClock().measure { _ = try await rpc.simulate(bare) }
                    / .milliseconds(1))
        }
        await ring.sandbox.stop()
        return times.sorted()
    }
}
