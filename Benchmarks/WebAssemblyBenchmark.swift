internal import Foundation
internal import WebAssembly

extension Benchmark {
    /// The interpreter, counting fuel, on each kernel beside wasm3 and wabt's `wasm-interp`, which
    /// count none.
    ///
    /// Processor time, best of three in each of three turns taken alternately: whatever else runs
    /// on the machine disturbs all alike. `wasm-interp` is slow and takes one turn.
    static let webAssembly: [Benchmark] =
        WebAssemblyKernels.all.map { kernel in
            Benchmark(name: "wasm.\(kernel.name)", unit: "runs/s") {
                try await figures.of(kernel).figure
            }
        } + [webAssemblyMean]

    /// The geometric mean of all kernels.
    private static let webAssemblyMean = Benchmark(name: "wasm.mean", unit: "runs/s") {
        var all: [WebAssemblySpeeds] = []
        for kernel in WebAssemblyKernels.all { all.append(try await figures.of(kernel)) }
        func mean(_ speed: (WebAssemblySpeeds) -> Double) -> Double {
            exp(all.reduce(0) { $0 + log(speed($1)) } / Double(all.count))
        }
        return WebAssemblySpeeds(
            ours: mean(\.ours), wasm3: mean(\.wasm3), wasmInterp: mean(\.wasmInterp)
        ).figure
    }

    private static let figures = WebAssemblyFigures()
}

/// Runs a second of a kernel, or of all.
private struct WebAssemblySpeeds: Sendable {
    var ours: Double
    var wasm3: Double
    var wasmInterp: Double

    var figure: Figure {
        var figure = Figure(ours, beside: "wasm3:", wasm3)
        figure.alsoBeside = ("wasm-interp:", wasmInterp)
        return figure
    }
}

/// What was measured already: the mean needs the kernels' figures once more.
private actor WebAssemblyFigures {
    private var known: [String: WebAssemblySpeeds] = [:]

    func of(_ kernel: (name: String, argument: UInt64)) async throws -> WebAssemblySpeeds {
        if let speeds = known[kernel.name] { return speeds }
        let race = try await WebAssemblyRace()
        defer { race.cleanUp() }
        let speeds = try await race.run(kernel)
        known[kernel.name] = speeds
        return speeds
    }
}

/// The compiled kernels, and the three interpreters that run them.
private struct WebAssemblyRace {
    private let folder: URL
    private let file: URL
    private let python: URL
    private let interpreter: URL
    private let module: WasmModule

    init() async throws {
        python = URL(fileURLWithPath: ".venv/bin/python")
        guard FileManager.default.isExecutableFile(atPath: python.path) else {
            throw BenchmarkSkipped(reason: "no wasm3: .venv with pywasm3 is missing")
        }
        interpreter = try Tool.find("wasm-interp")
        folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("traqora-kernels-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        file = folder.appendingPathComponent("kernels.wasm")
        try await WebAssemblyKernels.compile(to: file)
        module = try WasmModule(decoding: Array(Data(contentsOf: file)))
    }

    func cleanUp() { try? FileManager.default.removeItem(at: folder) }

    func run(_ kernel: (name: String, argument: UInt64)) async throws -> WebAssemblySpeeds {
        var (ours, theirs) = (Double.infinity, Double.infinity)
        let (third, thirdResult) = try await measureWasmInterp(kernel)
        for _ in 0..<3 {
            let (mine, result) = try measure(kernel.name, kernel.argument)
            let (other, otherResult) = try await measureWasm3(kernel.name, kernel.argument)
            guard result == otherResult, result == thirdResult else {
                throw BenchmarkFailure(
                    what: "\(kernel.name): \(result) here, \(otherResult) in wasm3, "
                        + "\(thirdResult) in wasm-interp")
            }
            (ours, theirs) = (min(ours, mine), min(theirs, other))
        }
        return WebAssemblySpeeds(ours: 1 / ours, wasm3: 1 / theirs, wasmInterp: 1 / third)
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

    /// Seconds of the whole process, whose start takes milliseconds.
    private func measureWasmInterp(
        _ kernel: (name: String, argument: UInt64)
    ) async throws -> (Double, UInt32) {
        let alone = folder.appendingPathComponent("\(kernel.name).wasm")
        try await WebAssemblyKernels.compile(kernel, to: alone)
        let before = Self.childSeconds()
        let output = try await Tool.output(of: interpreter, [alone.path, "--run-all-exports"])
        let seconds = Self.childSeconds() - before
        // `run() => i32:832040`
        let number = output.split { !$0.isNumber }.last.flatMap { UInt32($0) }
        guard let result = number, seconds > 0 else {
            throw BenchmarkFailure(what: "wasm-interp said: \(output)")
        }
        return (seconds, result)
    }

    /// Processor time of the processes that were started and have ended.
    private static func childSeconds() -> Double {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_CHILDREN.rawValue), &usage)
        return Double(usage.ru_utime.tv_sec) + Double(usage.ru_utime.tv_usec) / 1e6
    }
}
