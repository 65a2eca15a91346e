import Cryptography
import Foundation
import SorobanHost
import StellarXDR
import Support
import Testing

@testable import StellarSandbox

/// What the genuine host and its simulation answered, see `README.md` beside the vectors.
struct Scenario: Decodable {
    let network_passphrase: String
    let accounts: [String]
    let entries: [Entry]?
    let state_size: Int64?
    let address_v2: Bool?
    let steps: [Step]

    struct Entry: Decodable {
        let data: String
        let live_until: UInt32?
    }

    struct Step: Decodable {
        let sequence: UInt32
        let timestamp: UInt64
        let source: String
        let function: String
        let auth: [String]?
        let note: String
        let expect: Expectation
    }

    struct Expectation: Decodable {
        let transaction_data: String?
        let changes: [Change]?
    }

    struct Change: Decodable {
        let key: String
        let value: String?
        let live_until: UInt32?
        let isRemoved: Bool

        private enum Key: String, CodingKey { case key, value, live_until }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: Key.self)
            key = try container.decode(String.self, forKey: .key)
            value = try container.decodeIfPresent(String.self, forKey: .value)
            live_until = try container.decodeIfPresent(UInt32.self, forKey: .live_until)
            isRemoved = container.contains(.value) && value == nil
        }
    }

    init(named name: String) throws {
        self = try JSONDecoder().decode(Self.self, from: Vectors.data("scenarios/\(name).json"))
    }

    var networkID: Hash { Hash(fitting: SHA256.hash(Array(network_passphrase.utf8))) }

    func account(_ address: String) throws -> AccountID {
        guard case .account(let key) = try StrKey(parsing: address) else {
            throw CocoaError(.coderInvalidValue)
        }
        return .ed25519(key)
    }

    func state() throws -> LedgerState {
        var state = LedgerState()
        for address in accounts {
            state.put(
                AccountEntry(
                    try account(address), balance: 100_000_000_000, sequence: 1 << 32))
        }
        for entry in entries ?? [] {
            let data = try LedgerEntryData(base64: entry.data)
            guard let key = data.key else { throw CocoaError(.coderInvalidValue) }
            state.put(StoredEntry(data, liveUntil: entry.live_until), at: key)
        }
        return state
    }

    func context(_ step: Step) throws -> LedgerContext {
        LedgerContext(
            networkID: networkID, protocolVersion: 28, sequence: step.sequence,
            closeTime: step.timestamp, baseFee: 100, baseReserve: 5_000_000, settings: .mainnet,
            nativeContract: try Asset.native.contract(networkID))
    }

    static func apply(_ changes: [Change], to state: inout LedgerState) throws {
        for change in changes {
            let key = try LedgerKey(base64: change.key)
            if change.isRemoved {
                state.remove(key)
            } else if let value = change.value {
                let data = try LedgerEntryData(base64: value)
                state.put(StoredEntry(data, liveUntil: change.live_until), at: key)
            } else if var stored = state[key] {
                stored.liveUntil = change.live_until
                state.put(stored, at: key)
            }
        }
    }
}

@Suite(.enabled(if: Vectors.exist, "no vectors at ../shared/vectors"))
struct SimulationVectorTests {
    /// With how many steps at least the resources agree, so that fees can be compared.
    @Test(arguments: [
        ("swift-token", 11), ("swift-probe", 14), ("host-call", 11), ("host-ledger", 113),
        ("ttl", 142), ("deploy", 57),
    ])
    func `what resources cost agrees with the genuine simulation`(
        name: String, least: Int
    ) throws {
        let scenario = try Scenario(named: name)
        var state = try scenario.state()
        let modules = ModuleCache()
        var compared = 0
        for step in scenario.steps {
            state.sequence = step.sequence
            if let text = step.expect.transaction_data {
                let runtime = SorobanRuntime(
                    context: try scenario.context(step), modules: modules,
                    costs: CostSettings(.mainnet))
                let seed = SHA256.hash(
                    (0..<4).map { UInt8(truncatingIfNeeded: step.sequence >> (24 - 8 * $0)) })
                let simulation = Simulation(runtime: runtime, seed: seed)
                let auth = try step.auth?.map { try SorobanAuthorizationEntry(base64: $0) }
                let operation = InvokeHostFunctionOp(
                    hostFunction: try HostFunction(base64: step.function), auth: auth ?? [])
                let outcome = try simulation.invoke(
                    operation, by: try scenario.account(step.source),
                    auth == nil
                        ? .recording(rootOnly: true, addressV2: scenario.address_v2 ?? false)
                        : .enforcing, on: state.entries)
                let expected = try SorobanTransactionData(base64: text)
                if let data = outcome.data, data.resources == expected.resources {
                    compared += 1
                    #expect(data == expected, "\(name): \(step.note)")
                }
            }
            try Scenario.apply(step.expect.changes ?? [], to: &state)
        }
        #expect(compared >= least)
    }
}
