internal import StellarXDR

// The stack of calls: a frame gives back storage, authorization and events when it fails.
// `costs.md` 5.2 and 5.3 of the reference say what pushing and popping charges.

extension Host {
    /// Calls may be nested this deep, the transaction's host function counted.
    static let maxFrames = 100

    /// Runs `body` in a frame of its own; whatever it did is undone if it fails.
    func withFrame(
        _ frame: Frame, _ body: () throws(HostError) -> Val
    ) throws(HostError) -> Val {
        let events = self.events.count
        let happenings = diagnostics?.records.count ?? 0
        let authorizationBefore = authorization.snapshot()
        let storageBefore = storage.map
        try push(frame)
        traceBeginning(of: frame)
        var outcome: Result<Val, HostError>
        do throws(HostError) {
            let result = try checkedResult(body(), of: frame)
            try writeBackInstanceStorage(of: frame)
            outcome = .success(result)
        } catch {
            outcome = .failure(error)
        }
        if frames.count == 1, authorization.isRecording {
            do throws(HostError) { try imitateAuthentication() } catch {
                outcome = .failure(error)
            }
        }
        traceEnd(of: frame, outcome)
        pop(frame)
        if case .failure = outcome {
            storage.map = storageBefore
            authorization.restore(authorizationBefore)
            do throws(HostError) { try authorization.chargeRollback(budget: budget) } catch {
                outcome = .failure(error)
            }
            for index in events..<self.events.count { self.events[index].isOfFailedCall = true }
            diagnostics?.fail(since: happenings)
        }
        return try outcome.get()
    }

    private func push(_ frame: Frame) throws(HostError) {
        guard frames.count < Self.maxFrames else { throw HostError(.context, .exceededLimit) }
        let authorizationFrame = try makeAuthorizationFrame(frame)
        if let authorizationFrame {
            try authorization.push(authorizationFrame, budget: budget)
        }
        do throws(HostError) {
            try authorization.chargeSnapshot(budget: budget)
            try storage.map.chargeCopy(budget: budget)
            try budget.makeVector(of: DeclaredSize.frame, count: 1)
        } catch {
            if authorizationFrame != nil { authorization.pop() }
            throw error
        }
        frames.append(frame)
        objects.enterFrame()
    }

    private func makeAuthorizationFrame(
        _ frame: Frame
    ) throws(HostError) -> AuthorizationFrame? {
        guard let call = frame.call else { return nil }
        try budget.copy(32)
        let address = try make(.address(.contract(call.contract)))
        try budget.makeVector(of: 16, count: 1)
        return .contract(address: address, function: call.function)
    }

    private func pop(_ frame: Frame) {
        frames.removeLast()
        objects.leaveFrame()
        if frame.call != nil { authorization.pop() }
        budget.refund(memory: frame.linearMemoryCharged)
    }

    /// What a contract returned: an error of its own ends the frame as that error.
    private func checkedResult(_ result: Val, of frame: Frame) throws(HostError) -> Val {
        guard let call = frame.call, let error = result.error else { return result }
        diagnose(
            .failure(
                error, what: "the contract returned an error", function: call.function,
                arguments: call.arguments))
        throw error.kind == .contract ? error : HostError(.context, .invalidAction)
    }

    /// The call of the contract that runs now.
    /// - Throws: (Context, InternalError) when none does.
    func currentCall() throws(HostError) -> ContractCall {
        guard let call = frames.last?.call else { throw HostError(.context, .internalError) }
        return call
    }
}
