import Foundation
import Support
import Testing
import WebAssembly

/// The few host functions that the virtual machine's scenarios call, and their values: just
/// enough of a host to run them without one.
private final class SmallHost {
    struct NotOffered: Error {}

    let module: WasmModule
    let step: Scenario.Step
    var objects: [UInt64] = []

    init(_ module: WasmModule, _ step: Scenario.Step) {
        self.module = module
        self.step = step
    }

    /// A `U64` as the word that contracts see: small, or an object.
    func word(_ value: UInt64) -> UInt64 { value < 1 << 56 ? value << 8 | 6 : object(value) }

    func object(_ value: UInt64) -> UInt64 {
        objects.append(value)
        return UInt64(objects.count - 1) << 33 | 64
    }

    func value(_ word: UInt64) throws -> UInt64 {
        if word & 0xff == 6 { return word >> 8 }
        let index = Int(word >> 33)
        guard word & 0x1_ffff_ffff == 64, index < objects.count else { throw NotOffered() }
        return objects[index]
    }

    func call(_ index: Int, _ arguments: Span<UInt64>) throws -> UInt64 {
        let imported = module.imports[index]
        switch (imported.module, imported.name) {
        case ("i", "_"): return object(arguments[0])
        case ("i", "0"): return try value(arguments[0])
        case ("x", "3"): return UInt64(step.sequence) << 32 | 4
        case ("x", "4"): return word(step.timestamp)
        case ("t", "_"): return 2
        default: throw NotOffered()
        }
    }
}

@Suite(.enabled(if: Vectors.exist, "no vectors at ../shared/vectors"))
struct ReplayTests {
    /// The names of traps at the genuine host.
    private static let names: [WasmTrap: String] = [
        .unreachable: "Error(WasmVm, InvalidAction)",
        .memoryOutOfBounds: "Error(WasmVm, IndexBounds)",
        .tableOutOfBounds: "Error(WasmVm, IndexBounds)",
        .uninitializedElement: "Error(WasmVm, MissingValue)",
        .signatureMismatch: "Error(WasmVm, UnexpectedType)",
        .divisionByZero: "Error(WasmVm, ArithDomain)",
        .integerOverflow: "Error(WasmVm, ArithDomain)",
        .stackOverflow: "Error(Budget, ExceededLimit)",
        .outOfFuel: "Error(Budget, ExceededLimit)",
        .growthLimited: "Error(Budget, ExceededLimit)",
    ]

    @Test(arguments: [
        ("vm-run.json", 880), ("vm-cost.json", 600), ("vm-random.json", 355), ("vm-bulk.json", 54),
        ("vm-traps.json", 90),
    ])
    func `results, traps and fuel are the genuine host's`(file: String, least: Int) throws {
        let scenario = try #require(Scenario.all.first { $0.name == file })
        var modules: [[UInt8]: WasmModule] = [:]
        var contracts: [[UInt8]: WasmModule] = [:]
        var judged = 0
        for step in scenario.steps {
            // A tank that ran empty is the real host's; a stack that ran over is ours.
            let isOverBudget = step.expect.error == "Error(Budget, ExceededLimit)"
            guard step.expect.fatal == nil, !isOverBudget || step.note?.hasPrefix("rec_") == true
            else { continue }
            let result = step.expect.result.map { Array($0) } ?? []
            if let upload = step.upload {
                modules[Array(result.suffix(32))] = try WasmModule(decoding: upload)
            } else if let (contract, name, arguments) = step.invocation {
                guard let module = contracts[contract] else { continue }
                if try judge(step, module, name, arguments, result) { judged += 1 }
            } else if let hash = modules.keys.first(where: { step.function.contains($0) }) {
                contracts[Array(result.suffix(32))] = modules[hash]
            }
        }
        #expect(judged >= least)
    }

    /// Whether the step could be run without a real host; what came out is checked.
    private func judge(
        _ step: Scenario.Step, _ module: WasmModule, _ name: String, _ arguments: [UInt64],
        _ result: [UInt8]
    ) throws -> Bool {
        let host = SmallHost(module, step)
        let instance = try WasmInstance(module)
        let tank: UInt64 = 1_000_000_000
        instance.fuel = tank
        let embedder = WasmEmbedder(call: { index, arguments, _ in
            try host.call(index, arguments)
        })
        let place = Comment("\(step.note ?? "") \(step.sequence)")
        do {
            let words = arguments.map(host.word)
            guard let word = try instance.call(name, words, embedder: embedder) else {
                return false
            }
            if result.starts(with: [0, 0, 0, 5]) {
                let expected = Scenario.Step.u64(result, at: 4)
                #expect(try host.value(word) == expected, place)
            } else if result.starts(with: [0, 0, 0, 1]) {
                #expect(word == 2, place)
            } else {
                return false
            }
        } catch let trap as WasmTrap {
            #expect(Self.names[trap] == step.expect.error, place)
        } catch is SmallHost.NotOffered {
            return false
        } catch is WasmCallError {
            return false
        }
        #expect(Int(tank - instance.fuel) == step.expect.costs?["WasmInsnExec"]?.first, place)
        return true
    }
}

extension Data {
    fileprivate func contains(_ bytes: [UInt8]) -> Bool { range(of: Data(bytes)) != nil }
}
