internal import Cryptography
public import Foundation
internal import SorobanHost
internal import StellarXDR

/// Runs scenarios, which say what the genuine host answered, on this one, and compares.
public struct ScenarioReplay: Sendable {
    /// A part of an answer that agrees or does not.
    public enum Aspect: String, CaseIterable, Sendable, Hashable {
        /// The value that came back, or the error.
        case result
        /// The authorization that was recorded, or given.
        case auth
        /// The keys that were used, and the bytes read and written.
        case footprint
        /// What changed in the ledger.
        case changes
        /// Contract events.
        case events
        /// Instructions.
        case cpu
        /// Bytes of memory.
        case memory
        /// Resources, margins and fee as a simulation answers them.
        case data
    }

    /// A place where the answers differ.
    public struct Difference: Sendable {
        /// The step's position in the file, from 0, and what it tries.
        public var step: Int
        /// What the step tries.
        public var note: String
        /// The part of the answer.
        public var aspect: Aspect
        /// What the genuine host answered.
        public var expected: String
        /// What this one answered.
        public var actual: String
        /// Of a cost: what was charged of each type.
        public var charges: [Charge] = []
    }

    /// How far one file agrees.
    public struct Report: Sendable {
        /// The scenario's name.
        public var name: String
        /// How many steps there are.
        public var steps = 0
        /// For each aspect, how many steps state it.
        public var stated: [Aspect: Int] = [:]
        /// For each aspect, how many steps agree.
        public var agreeing: [Aspect: Int] = [:]
        /// Where they do not, in the order of the steps.
        public var differences: [Difference] = []

        /// Whether every step agrees in these aspects.
        public func agrees(in aspects: some Sequence<Aspect>) -> Bool {
            aspects.allSatisfy { stated[$0, default: 0] == agreeing[$0, default: 0] }
        }
    }

    let modules = ModuleCache()

    /// A replay; contract code that several scenarios share is decoded once.
    public init() {}

    /// Runs the scenario that a file's contents are.
    public func run(json: Data) throws -> Report {
        try run(Scenario(json: json))
    }

    private func run(_ scenario: Scenario) throws -> Report {
        var ledger = try ScenarioLedger(scenario)
        var report = Report(name: scenario.name)
        for (index, step) in scenario.steps.enumerated() {
            ledger.forgetExpired(before: step.sequence)
            let invocation = try invocation(of: step, in: scenario)
            let outcome = invoke(invocation, on: ledger, modules: modules)
            let data = try transactionData(
                invocation, on: ledger, stateByteCount: scenario.stateSize ?? 0)
            let answer = ScenarioAnswer(outcome, data: data)
            report.compare(answer, with: step, at: index)
            if case .success = outcome.result { try ledger.apply(outcome.changes) }
        }
        return report
    }

    /// What a simulation would tell a client to declare; without diagnostics, which the first run
    /// has, so that neither way can differ.
    private func transactionData(
        _ invocation: Invocation, on snapshot: ScenarioLedger, stateByteCount: Int64
    ) throws -> SorobanTransactionData? {
        var invocation = invocation
        invocation.isDiagnosed = false
        let outcome = invoke(invocation, on: SimulationSnapshot(snapshot), modules: modules)
        guard case .success = outcome.result else { return nil }
        let ledger = invocation.ledger
        let context = LedgerContext(
            networkID: Hash(fitting: ledger.networkID), protocolVersion: ledger.protocolVersion,
            sequence: ledger.sequence, closeTime: ledger.timestamp, baseFee: 100,
            baseReserve: ledger.baseReserve, settings: .mainnet, nativeContract: .zero,
            stateByteCount: stateByteCount)
        let simulation = Simulation(
            runtime: SorobanRuntime(context: context, modules: modules), seed: invocation.seed)
        return try simulation.data(
            for: InvokeHostFunctionOp(
                hostFunction: invocation.function, auth: outcome.authorization),
            outcome)
    }

    func invocation(of step: Scenario.Step, in scenario: Scenario) throws -> Invocation {
        var sequence: [UInt8] = []
        for shift: UInt32 in [24, 16, 8, 0] {
            sequence.append(UInt8(truncatingIfNeeded: step.sequence >> shift))
        }
        var authorization = Invocation.Authorization.recording(
            rootOnly: false, addressV2: scenario.addressV2 ?? false)
        if let entries = step.auth {
            authorization = .enforcing(
                try entries.map { try SorobanAuthorizationEntry(base64: $0) })
        }
        return Invocation(
            function: try HostFunction(base64: step.function),
            source: try AccountID(parsing: step.source), authorization: authorization,
            footprint: .recording,
            ledger: LedgerInfo(
                protocolVersion: scenario.protocol, sequence: step.sequence,
                timestamp: step.timestamp,
                networkID: SHA256.hash(Array(scenario.networkPassphrase.utf8)),
                baseReserve: 5_000_000, minTemporaryTTL: 720, minPersistentTTL: 120_960,
                maxEntryTTL: 3_110_400),
            seed: SHA256.hash(sequence), costs: .protocol28,
            isDiagnosed: true)
    }
}
