internal import StellarXDR

/// Writes down the calls of one invocation. It only looks: results and costs are the same without.
final class Tracer {
    /// The calls that are running, the innermost last.
    private var running: [TracedCall] = []
    /// The calls that the host function made itself.
    private(set) var calls: [TracedCall] = []

    func begin(_ call: TracedCall) {
        running.append(call)
    }

    func end(_ result: Result<SCVal, HostError>?, _ costs: InvocationCosts) {
        guard var call = running.popLast() else { return }
        call.result = result
        call.instructions = costs.instructions - min(call.instructions, costs.instructions)
        call.memory = costs.memory
        if running.isEmpty {
            calls.append(call)
        } else {
            running[running.count - 1].calls.append(call)
        }
    }

    func use(_ key: LedgerKey, _ access: Access) {
        change { call in
            guard let known = call.storage.firstIndex(where: { $0.key == key }) else {
                call.storage.append(
                    TracedCall.Use(key: key, access: access == .readOnly ? .read : .write))
                return
            }
            if access == .readWrite { call.storage[known].access = .write }
        }
    }

    func require(_ address: SCAddress) {
        change { $0.authorizers.append(address) }
    }

    func announce(_ topics: [SCVal], _ data: SCVal) {
        change { $0.events.append(ContractEventV0(topics: topics, data: data)) }
    }

    private func change(_ body: (inout TracedCall) -> Void) {
        guard !running.isEmpty else { return }
        body(&running[running.count - 1])
    }
}

// What is asked of the host for the trace is charged to nobody.
extension Host {
    func traceBeginning(of frame: Frame) {
        guard let tracer, let call = frame.call else { return }
        let arguments = unseen { () throws(HostError) in try toSCVals(call.arguments) } ?? []
        var traced = TracedCall(
            contract: call.contract, function: String(decoding: call.name, as: UTF8.self),
            arguments: arguments)
        traced.instructions = budget.costs.instructions
        tracer.begin(traced)
    }

    func traceEnd(of frame: Frame, _ outcome: Result<Val, HostError>) {
        guard let tracer, frame.call != nil else { return }
        switch outcome {
        case .success(let value):
            let result = unseen { () throws(HostError) in try toSCVal(value) }
            tracer.end(result.map { .success($0) }, budget.costs)
        case .failure(let error): tracer.end(.failure(error), budget.costs)
        }
    }

    func traceAuthorization(of address: Val) {
        guard let tracer else { return }
        if let address = unseen({ () throws(HostError) in try xdrAddress(address) }) {
            tracer.require(address)
        }
    }

    func traceEvent(topics: Val, data: Val) {
        guard let tracer else { return }
        let converted = unseen { () throws(HostError) -> ([SCVal], SCVal) in
            guard case .vec(let topics) = try visit(topics) else { throw .unexpectedObject }
            return (try toSCVals(topics), try toSCVal(data))
        }
        if let (topics, data) = converted { tracer.announce(topics, data) }
    }

    private func unseen<Value>(_ body: () throws(HostError) -> Value) -> Value? {
        do throws(HostError) { return try budget.inShadow(body) } catch { return nil }
    }
}
