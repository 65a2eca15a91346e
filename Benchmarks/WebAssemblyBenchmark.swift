internal import Foundation
internal import WebAssembly

extension Benchmark {
    /// The interpreter, counting fuel, on each kernel beside wasm3, which counts none.
    ///
    /// Processor time, best of three in each of three turns taken alternately: whatever else runs
    /// on the machine disturbs both alike.
    static let webAssembly: [Benchmark] =
        WebAssemblyKernels.all.map { kernel in
            Benchmark(name: "wasm.\(kernel.name)", unit: "runs/s") {
                let race = try await WebAssemblyRace()
                defer { race.cleanUp() }
                let (ours, theirs) = try await race.runsPerSecond(kernel.name, kernel.argument)
                return Figure(ours, beside: "wasm3:", theirs)
            }
        } + [webAssemblyMean]

    /// The geometric mean of all kernels.
    private static let webAssemblyMean = Benchmark(name: "wasm.mean", unit: "runs/s") {
        let race = try await WebAssemblyRace()
        defer { race.cleanUp() }
        var (ours, theirs) = (0.0, 0.0)
        for kernel in WebAssemblyKernels.all {
            let figures = try await race.runsPerSecond(kernel.name, kernel.argument)
            ours += log(figures.ours)
            theirs += log(figures.theirs)
        }
        let count = Double(WebAssemblyKernels.all.count)
        return Figure(exp(ours / count), beside: "wasm3:", exp(theirs / count))
    }
}

/// The compiled kernels, and the two interpreters that run them.
private struct WebAssemblyRace {
    private let folder: URL
    private let file: URL
    private let python: URL
    private let module: WasmModule

    init() async throws {
        python = URL(fileURLWithPath: ".venv/bin/python")
        guard FileManager.default.isExecutableFile(atPath: python.path) else {
            throw BenchmarkSkipped(reason: "no wasm3: .venv with pywasm3 is missing")
        }
        folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("traqora-kernels-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        file = folder.appendingPathComponent("kernels.wasm")
        try await WebAssemblyKernels.compile(to: file)
        module = try WasmModule(decoding: Array(Data(contentsOf: file)))
    }

    func cleanUp() { try? FileManager.default.removeItem(at: folder) }

    func runsPerSecond(_ kernel: String, _ argument: UInt64) async throws -> (
        ours: Double, theirs: Double
    ) {
        var (ours, theirs) = (Double.infinity, Double.infinity)
        for _ in 0..<3 {
            let (mine, result) = try measure(kernel, argument)
            let (other, otherResult) = try await measureWasm3(kernel, argument)
            guard result == otherResult else {
                throw BenchmarkFailure(what: "\(kernel): \(result) here, \(otherResult) in wasm3")
            }
            (ours, theirs) = (min(ours, mine), min(theirs, other))
        }
        return (1 / ours, 1 / theirs)
    }

    /// Seconds of this thread, and the result's low half.
    private func measure(_ kernel: String, _ argument: UInt64) throws -> (Double, UInt32) {
        var best = Double.infinity
        var result: UInt64 = 0
        for _ in 0..<3 {
            let instance = try WasmInstance(module)
            instance.fuel = 1 << 60
            let start = Self.threadSeconds()
            result =
                try instance.call(kernel, [argument], embedder: WasmEmbedder { _, _, _ in 0 }) ?? 0
            best = min(best, Self.threadSeconds() - start)
        }
        return (best, UInt32(truncatingIfNeeded: result))
    }

    private static func threadSeconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    private func measureWasm3(_ kernel: String, _ argument: UInt64) async throws -> (
        Double, UInt32
    ) {
        let script = """
            import time, wasm3
            environment = wasm3.Environment()
            runtime = environment.new_runtime(1 << 20)
            runtime.load(environment.parse_module(open("\(file.path)", "rb").read()))
            function, best = runtime.find_function("\(kernel)"), 1e9
            for _ in range(3):
                start = time.thread_time()
                result = function(\(argument))
                best = min(best, time.thread_time() - start)
            print(best, result & 0xffffffff)
            """
        let output = try await Tool.output(of: python, ["-c", script])
        let parts = output.split { $0.isWhitespace }
        guard parts.count == 2, let seconds = Double(parts[0]), let result = UInt32(parts[1])
        else { throw BenchmarkFailure(what: "wasm3 said: \(output)") }
        return (seconds, result)
    }
}
