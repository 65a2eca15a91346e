import Cryptography
import Foundation
import SorobanHost
import StellarXDR
import Support
import Testing

@testable import StellarSandbox

/// What a simulation says that a transaction must declare suffices when it is applied, and less
/// does not: tried with every step of the scenarios that needs no other signature.
@Suite(.serialized, .enabled(if: Vectors.exist, "no vectors at ../shared/vectors"))
struct SubmissionVectorTests {
    @Test(arguments: ScenarioReplayTests.scenarios)
    func `what a simulation declares suffices, and less does not`(name: String) throws {
        let scenario = try Scenario(named: name)
        var state = try scenario.state()
        let modules = ModuleCache()
        // The thousands of steps of the machine's own tests are of one kind.
        let stride = name.hasPrefix("vm-") ? 25 : 1
        var tried = 0
        for (index, step) in scenario.steps.enumerated() {
            if index % stride == 0,
                let trial = try Trial(step, of: scenario, on: state, modules: modules)
            {
                tried += 1
                let differences = try trial.differences(on: state, varies: name != "host-prng")
                #expect(differences == [], "\(name) \(index): \(step.note)")
            }
            try Scenario.apply(step.expect.changes ?? [], to: &state)
        }
        #expect(tried > 0 || name.hasPrefix("vm-"))
    }
}

/// A step of a scenario, simulated, and sent.
private struct Trial {
    let context: LedgerContext
    let runtime: SorobanRuntime
    let source: AccountID
    let operation: InvokeHostFunctionOp
    let data: SorobanTransactionData
    let value: SCVal
    /// What it takes when it is applied. A simulation says more: accounts grow when they are used.
    let used: UInt64
    let written: UInt32
    let read: Int
    /// Whether it exceeds what only the network limits, or what the simulation foresaw: an entry
    /// that nothing but a failed call wrote is not in the simulation's sum.
    let isTooLarge: Bool

    /// `nil` if the step fails, needs signatures, or is too large for a transaction.
    init?(
        _ step: Scenario.Step, of scenario: Scenario, on state: LedgerState, modules: ModuleCache
    ) throws {
        context = try scenario.context(step)
        runtime = SorobanRuntime(context: context, modules: modules, costs: CostSettings(.mainnet))
        source = try scenario.account(step.source)
        let given = try step.auth?.map { try SorobanAuthorizationEntry(base64: $0) }
        let called = InvokeHostFunctionOp(
            hostFunction: try HostFunction(base64: step.function), auth: given ?? [])
        let simulation = Simulation(runtime: runtime, seed: [UInt8](repeating: 1, count: 32))
        let outcome = try simulation.invoke(
            called, by: source,
            given == nil ? .recording(rootOnly: true, addressV2: false) : .enforcing,
            on: state.entries)
        guard let data = outcome.data, let result = outcome.result else { return nil }
        let needsSignature = result.auth.contains { entry in
            if case .sourceAccount = entry.credentials { false } else { true }
        }
        guard given != nil || !needsSignature else { return nil }
        (self.data, value) = (data, result.value)
        operation = InvokeHostFunctionOp(hostFunction: called.hostFunction, auth: result.auth)
        // What it takes within the footprint, which is a little more than while recording.
        let enforced = runtime.run(
            operation.hostFunction, by: source, .enforcing(operation.auth),
            .enforcing(data.resources.footprint, restored: data.archivedIndices),
            seed: [UInt8](repeating: 1, count: 32), costs: runtime.costs, on: state.entries)
        (used, written) = (enforced.costs.instructions, enforced.writeBytes)
        let largestEntry = try enforced.changes.reduce(0) { most, change in
            guard case .written(let entry) = change.value else { return most }
            return try max(most, entry.xdr().count)
        }
        isTooLarge =
            try enforced.eventsByteCount > 16_384 || largestEntry > 65_536
            || written > data.resources.writeBytes
        let footprint = data.resources.footprint
        let onDisk =
            (footprint.readOnly + footprint.readWrite).filter { !$0.isSorobanEntry }
            + data.archivedIndices.map { footprint.readWrite[Int($0)] }
        read = try onDisk.reduce(0) { try $0 + (state[$1]?.entry.xdr().count ?? 0) }
        let frame = try frame(data)
        do throws(Refusal) {
            try SorobanCheck(frame: frame, data: data, context: context).run()
        } catch {
            return nil
        }
    }

    private func frame(_ data: SorobanTransactionData) throws -> TransactionFrame {
        let transaction = Transaction(
            sourceAccount: .account(source), fee: UInt32(clamping: data.resourceFee + 100),
            seqNum: 1, cond: .none, memo: .none,
            operations: [Operation(sourceAccount: nil, body: .invokeHostFunction(operation))],
            ext: .v1(data))
        return try TransactionFrame(
            .tx(TransactionV1Envelope(tx: transaction, signatures: [])),
            networkID: context.networkID)
    }

    private func apply(
        on state: LedgerState, _ change: (inout SorobanTransactionData) -> Void = { _ in }
    ) throws -> OperationEffect {
        var (data, state) = (data, state)
        change(&data)
        state.sequence = context.sequence
        let frame = try frame(data)
        return try OperationApplication(
            operation: frame.transaction.operations[0], frame: frame, context: context,
            runtime: runtime
        ).apply(to: &state)
    }

    /// What is otherwise than it should be.
    func differences(on state: LedgerState, varies: Bool) throws -> [String] {
        var differences: [String] = []
        func expect(_ effect: OperationEffect, _ code: InvokeHostFunctionResultCode, _ what: String)
        {
            guard case .inner(.invokeHostFunction(let result)) = effect.result,
                result.discriminant == code
            else { return differences.append("\(what): \(effect.result)") }
        }
        let effect = try apply(on: state)
        guard !isTooLarge else {
            expect(effect, .resourceLimitExceeded, "too large")
            return differences
        }
        expect(effect, .success, "as declared")
        if varies, effect.soroban?.returnValue != value { differences.append("another value") }
        if written > 0 {
            expect(
                try apply(on: state) { $0.resources.writeBytes = written - 1 },
                .resourceLimitExceeded, "a byte less to write")
        }
        if read > 0 {
            expect(
                try apply(on: state) { $0.resources.diskReadBytes = UInt32(read - 1) },
                .resourceLimitExceeded, "a byte less to read")
        }
        expect(
            try apply(on: state) { $0.resources.instructions = UInt32(used - 1) },
            .resourceLimitExceeded, "an instruction less than it took")
        if let key = data.resources.footprint.readWrite.last, data.archivedIndices.isEmpty {
            expect(
                try apply(on: state) { data in
                    data.resources.footprint.readWrite.removeLast()
                    data.resources.footprint.readOnly.append(key)
                }, .trapped, "a key less to write")
        }
        if let soroban = effect.soroban, soroban.rentFee + soroban.eventsFee > 0 {
            let fees = SorobanFees(context)
            let exact =
                try fees.nonRefundable(of: data, byteCount: frame(data).byteCount)
                + soroban.rentFee + soroban.eventsFee
            expect(try apply(on: state) { $0.resourceFee = exact }, .success, "the exact fee")
            expect(
                try apply(on: state) { $0.resourceFee = exact - 1 }, .insufficientRefundableFee,
                "a stroop less")
        }
        return differences
    }
}
