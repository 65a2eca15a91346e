internal import Foundation
internal import SorobanHost
internal import StellarXDR

extension ScenarioReplay {
    /// Runs each step that succeeds a second time, within the footprint that it recorded and with
    /// its authorization enforced, and names those of which something else comes.
    ///
    /// Left out are steps whose recorded authorization would still have to be signed, those that
    /// nearly use up the instructions (enforcing costs a little more than recording), and those
    /// that name an archived entry for restoration but touch it in a failed call alone.
    func stepsThatDifferWhenEnforced(json: Data) throws -> [String] {
        let scenario = try Scenario(json: json)
        var ledger = try ScenarioLedger(scenario)
        var differing: [String] = []
        for (index, step) in scenario.steps.enumerated() {
            ledger.forgetExpired(before: step.sequence)
            var invocation = try invocation(of: step, in: scenario)
            let recorded = invoke(invocation, on: ledger, modules: modules)
            guard case .success = recorded.result else { continue }
            if isComparable(recorded, isSigned: step.auth != nil) {
                invocation.authorization = .enforcing(recorded.authorization)
                invocation.footprint = .enforcing(
                    recorded.footprint, restored: recorded.restored)
                let enforced = invoke(invocation, on: ledger, modules: modules)
                if enforced.result != recorded.result || enforced.changes != recorded.changes
                    || enforced.events != recorded.events
                {
                    differing.append("\(index) \(step.note ?? ""): \(enforced.result)")
                }
            }
            try ledger.apply(recorded.changes)
        }
        return differing
    }

    private func isComparable(_ recorded: InvocationOutcome, isSigned: Bool) -> Bool {
        let changed = Set(recorded.changes.map(\.key))
        return (isSigned || !recorded.authorization.contains(where: \.needsSignature))
            && recorded.costs.instructions < CostSettings.protocol28.processorLimit / 100 * 99
            && recorded.restored.allSatisfy {
                changed.contains(recorded.footprint.readWrite[Int($0)])
            }
    }
}

extension SorobanAuthorizationEntry {
    /// Whether the signature of the transaction itself does not suffice.
    fileprivate var needsSignature: Bool {
        if case .sourceAccount = credentials { false } else { true }
    }
}
