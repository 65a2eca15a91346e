internal import StellarXDR

// Module `d`: calls between contracts.

extension Host {
    /// `d._`: the callee's error is the caller's.
    func call(_ contract: Val, _ function: Val, _ arguments: Val) throws(HostError) -> Val {
        let (id, elements) = try callee(contract, arguments)
        return try call(id, function, elements)
    }

    /// `d.0`: an error that can be recovered from becomes the result.
    func tryCall(_ contract: Val, _ function: Val, _ arguments: Val) throws(HostError) -> Val {
        let (id, elements) = try callee(contract, arguments)
        do throws(HostError) {
            return try call(id, function, elements)
        } catch {
            guard error.isRecoverable else { throw error }
            return .error(error.kind == .contract ? error : HostError(.context, .invalidAction))
        }
    }

    private func callee(
        _ contract: Val, _ arguments: Val
    ) throws(HostError) -> (id: ContractID, arguments: [Val]) {
        let elements = try vec(arguments)
        try budget.makeVector(of: DeclaredSize.val, count: elements.count)
        return (try contractID(of: contract), elements)
    }
}
