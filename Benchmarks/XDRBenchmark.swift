internal import Foundation
internal import StellarXDR

extension Benchmark {
    /// Reads and writes the envelope of a signed token transfer, beside py stellar-sdk doing the
    /// same in the same run. One core; the best of three rounds each.
    static let xdrEnvelope = Benchmark(name: "xdr.envelope", unit: "round trips/s") {
        guard let bytes = Base64.decode(envelope) else {
            throw BenchmarkFailure(what: "the envelope is not base64")
        }
        var ours = 0.0
        for _ in 0..<3 {
            let time = try ContinuousClock().measure {
                for _ in 0..<20_000 {
                    let value = try TransactionEnvelope(xdr: bytes)
                    guard try value.xdr().count == bytes.count else {
                        throw BenchmarkFailure(what: "another envelope came out")
                    }
                }
            }
            ours = max(ours, 20_000 / (time / .seconds(1)))
        }
        let python = URL(fileURLWithPath: ".venv/bin/python")
        guard FileManager.default.isExecutableFile(atPath: python.path) else {
            throw BenchmarkSkipped(reason: "`make setup-test` has not made .venv")
        }
        let output = try await Tool.output(of: python, ["-c", script, envelope])
        guard let theirs = Double(output.split(separator: "\n").last ?? "") else {
            throw BenchmarkFailure(what: output)
        }
        return Figure(ours, beside: "py stellar-sdk:", theirs)
    }

    private static let script = """
        import base64, sys, time
        from stellar_sdk.xdr import TransactionEnvelope
        data, best = base64.b64decode(sys.argv[1]), 0
        for _ in range(3):
            start = time.perf_counter()
            for _ in range(1000):
                assert len(TransactionEnvelope.from_xdr_bytes(data).to_xdr_bytes()) == len(data)
            best = max(best, 1000 / (time.perf_counter() - start))
        print(best)
        """

    private static let envelope = """
        AAAAAgAAAQAAA/GTsC1qTxrfi5cAV2YFMwAb/w3mnbc2fsJ9GAEX3/iMBVstJx3lAAAwOQmAveSlOhwn\
        AAAAAAAAAAAAAAABAAAAAQAAAAAG+Ule4mGrJaL4Y5xd95fPcNw2AzFYy3sk06y0EepgTAAAABgAAAAA\
        AAAAAcuZhbcqRMoPb/ErYG/JOTTHw8uiwKXZsluUrQ1elhlPAAAACHRyYW5zZmVyAAAAAgAAABIAAAAA\
        AAAAAMqkw4jb8MCEjlf91V1rST+usXDUSXrbCMChWJKgiNycAAAACgAAAANrc0wJU1mDiXTphx4AAAAA\
        AAAAAAAAAAItJx3lAAAAQDX2Y71jBakAckZ4bUsvNodkZrWv1swFVaCzTw9RZ6Hsru6i0Ii4A7pY7xNY\
        G93sSOqtWlUpbLm3VkpL3HsGjQ8v8UBYAAAAQNxpDZZjNhM1tYBuulttKYcch+YATMgILIUnqaR/StXz\
        QOyvX48sRLAePLNQmZYgxnDPOTF/GpuR4qpNz2GGBw8=
        """
}
