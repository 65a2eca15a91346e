internal import Foundation
internal import HTTP
internal import Stellar
internal import StellarSandbox
internal import StellarXDR

extension Benchmark {
    /// A token transfer simulated over HTTP, one at a time: decoding, run, fee, answer. Beside it
    /// the same client with a server that has the answer ready: what is not the sandbox's.
    static let sandboxSimulation50 = Benchmark(name: "sandbox.simulate-p50", unit: "ms") {
        try await simulation(place: 1_000)
    }

    /// The same, the slowest in a hundred.
    static let sandboxSimulation99 = Benchmark(name: "sandbox.simulate-p99", unit: "ms") {
        try await simulation(place: 1_979)
    }

    /// Of two thousand each, sorted, in milliseconds.
    private static func simulation(place: Int) async throws -> Figure {
        let ring = try await TransferRing(holderCount: 2)
        let client = HTTPClient()
        defer { client.shutDown() }
        let transfer = try bare(ring.transfers[0])
        let answer = try await answer(to: transfer, ring.sandbox.rpcURL, client)
        let ready = HTTPServer { _ in
            .bytes(answer, contentType: "application/json")
        } handler: {
            _ in
            .empty(500)
        }
        let sandbox = SorobanRPC(url: ring.sandbox.rpcURL, client: client)
        let other = SorobanRPC(url: "http://127.0.0.1:\(try await ready.start())/", client: client)
        var times: (sandbox: [Double], ready: [Double]) = ([], [])
        for _ in 0..<2_000 {
            times.sandbox.append(
                try await milliseconds { _ = try await sandbox.simulate(transfer) })
            times.ready.append(try await milliseconds { _ = try await other.simulate(transfer) })
        }
        await ring.sandbox.stop()
        await ready.stop()
        return Figure(
            times.sandbox.sorted()[place], beside: "an answer that is ready:",
            times.ready.sorted()[place])
    }

    private static func milliseconds(_ body: () async throws -> Void) async throws -> Double {
        try await ContinuousClock().measure { try await body() } / .milliseconds(1)
    }

    /// A simulation that records takes no authorization.
    private static func bare(_ transfer: Transaction) throws -> Transaction {
        var bare = transfer
        bare.ext = .v0
        bare.operations = transfer.operations.map { operation in
            guard case .invokeHostFunction(let call) = operation.body else { return operation }
            let function = InvokeHostFunctionOp(hostFunction: call.hostFunction, auth: [])
            return Operation(
                sourceAccount: operation.sourceAccount, body: .invokeHostFunction(function))
        }
        return bare
    }

    /// What the sandbox answers, byte for byte.
    private static func answer(
        to transaction: Transaction, _ url: String, _ client: HTTPClient
    ) async throws -> [UInt8] {
        let envelope = TransactionEnvelope.tx(
            TransactionV1Envelope(tx: transaction, signatures: []))
        let body = """
            {"jsonrpc":"2.0","id":1,"method":"simulateTransaction",\
            "params":{"transaction":"\(try envelope.base64())"}}
            """
        let answer = try await client.send(
            .init(
                .post, url, headers: ["Content-Type": "application/json"], body: Array(body.utf8)))
        return try await answer.body.bytes()
    }
}
