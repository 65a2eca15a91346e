import Cryptography
import StellarXDR
import Support
import Testing
import WebAssembly

import struct Foundation.Data
import class Foundation.JSONDecoder

@testable import SorobanHost

/// The contract of the `host-*` scenarios, whose exports each forward to one host function: run
/// here on a host without ledger or authorization.
final class ForwardingContract {
    struct Step: Decodable {
        struct Expectation: Decodable {
            var result: String?
            var error: String?
        }

        var sequence: UInt32
        var timestamp: UInt64
        var function: String
        var note: String
        var expect: Expectation
    }

    struct Scenario: Decodable {
        var network_passphrase: String
        var steps: [Step]
    }

    let steps: [Step]
    private let networkID: [UInt8]
    private let module: WasmModule
    private let numbers: [Int]

    init(scenario name: String) throws {
        let data = try Vectors.data("scenarios/\(name).json")
        let scenario = try JSONDecoder().decode(Scenario.self, from: data)
        steps = scenario.steps
        networkID = SHA256.hash(Array(scenario.network_passphrase.utf8))
        let first = try HostFunction(base64: try #require(steps.first?.function))
        guard case .uploadContractWasm(let code) = first else { throw HostError.badValue }
        module = try WasmModule(decoding: code)
        numbers = try module.imports.map {
            try #require(HostImport.number(module: $0.module, export: $0.name))
        }
    }

    /// What the step answers, as XDR or as the error's text; `nil` for a step that needs a ledger.
    func answer(to step: Step) throws -> (name: String, answer: String)? {
        guard case .invokeContract(let call) = try HostFunction(base64: step.function),
            case .contract(let contract) = call.contractAddress
        else { return nil }
        let ledger = LedgerInfo(
            protocolVersion: 28, sequence: step.sequence, timestamp: step.timestamp,
            networkID: networkID, baseReserve: 5_000_000, minTemporaryTTL: 720,
            minPersistentTTL: 120_960, maxEntryTTL: 3_110_400)
        let host = try TestHost.make(ledger, contract: contract)
        let name = call.functionName.description
        do {
            return (name, try host.toSCVal(run(name, call.args, on: host)).base64())
        } catch let error as HostError {
            return (name, error.description)
        } catch let trap as WasmTrap {
            return (name, "\(trap)")
        }
    }

    private func run(_ name: String, _ arguments: [SCVal], on host: Host) throws -> Val {
        let instance = try WasmInstance(module)
        instance.fuel = 1_000_000
        var words: [UInt64] = []
        for argument in arguments { words.append(try host.relative(host.toVal(argument)).word) }
        let embedder = WasmEmbedder { function, words, instance in
            var memory = TestMemory(instance: instance)
            return try host.dispatch(self.numbers[function], words, memory: &memory)
        }
        let word = try #require(try instance.call(name, words, embedder: embedder))
        let result = try host.absolute(word)
        if let error = result.error {
            throw error.kind == .contract ? error : HostError(.context, .invalidAction)
        }
        return result
    }
}

private struct TestMemory: LinearMemory {
    let instance: WasmInstance
    var byteCount: Int { instance.memoryByteCount }

    func bytes(_ range: Range<Int>) -> [UInt8] {
        (try? instance.read(at: UInt32(range.lowerBound), count: range.count)) ?? []
    }

    func write(_ bytes: [UInt8], at position: Int) {
        try? instance.write(bytes, at: UInt32(position))
    }
}

/// A host without a ledger, with one frame on it.
enum TestHost {
    private struct NoLedger: LedgerSnapshot {
        func entry(_ key: LedgerKey) -> LedgerSnapshotEntry? { nil }
    }

    static func make(
        _ ledger: LedgerInfo, contract: ContractID = .zero, costs: CostSettings = .protocol28,
        snapshot: (any LedgerSnapshot)? = nil
    ) throws -> SorobanHost.Host {
        let sequence = (0..<4).reversed().map {
            UInt8(truncatingIfNeeded: ledger.sequence >> (8 * UInt32($0)))
        }
        let invocation = Invocation(
            function: .uploadContractWasm([]), source: .ed25519(.zero),
            authorization: .recording(rootOnly: true, addressV2: false), footprint: .recording,
            ledger: ledger, seed: SHA256.hash(sequence), costs: costs)
        let host = SorobanHost.Host(
            invocation, snapshot: snapshot ?? NoLedger(), modules: ModuleCache())
        // The first two pieces of the stream are for recorded authorizations.
        var source = try PRNG(seed: invocation.seed, budget: host.budget)
        _ = source.bytes(64)
        host.randomness.frames = source
        let call = ContractCall(
            contract: contract, function: .void, name: [], arguments: [],
            instance: SCContractInstance(executable: .stellarAsset))
        host.frames.append(Frame(.contract(call)))
        host.objects.enterFrame()
        return host
    }
}
