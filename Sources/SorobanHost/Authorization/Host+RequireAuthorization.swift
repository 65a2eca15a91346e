internal import StellarXDR

// `require_auth`: who must have authorized what the current frame does. `costs.md` 5.10 of the
// reference says what each step charges.

extension Host {
    /// Requires that `address` authorized the current frame with `arguments`.
    /// - Throws: (Auth, InvalidAction) when nothing fits or the proof is bad, (Auth, InvalidInput)
    ///   when the proof has expired, (Auth, ExistingValue) when it was used before.
    func requireAuthorization(of address: Val, arguments: [Val]) throws(HostError) {
        traceAuthorization(of: address)
        guard let frame = authorization.frames.last else {
            throw HostError(.context, .internalError)
        }
        switch frame {
        case .contract(let contract, let function):
            try budget.copy(8)
            let call = AuthorizedCall(
                contract: contract, function: function, arguments: arguments)
            try requireAuthorization(of: address, for: .call(call))
        case .create(let arguments):
            try chargeCopy(of: arguments)
            try requireAuthorization(of: address, for: .create(arguments))
        }
    }

    private func requireAuthorization(
        of address: Val, for function: AuthorizedFunction
    ) throws(HostError) {
        if try isGrantedByInvoker(address, function) { return }
        switch authorization.mode {
        case .recording(let rootOnly, _):
            try recordAuthorization(of: address, for: function, rootOnly: rootOnly)
        case .enforcing:
            try enforceAuthorization(of: address, for: function)
        }
    }

    /// Whether the calling contract is `address`, or a contract further up granted the call.
    private func isGrantedByInvoker(
        _ address: Val, _ function: AuthorizedFunction
    ) throws(HostError) -> Bool {
        guard authorization.frames.count >= 2 else { return false }
        if case .contract(let invoker, _) = authorization.frames[authorization.frames.count - 2],
            try order(invoker, address) == 0
        {
            return true
        }
        var current: Val?
        if case .contract(let contract, _) = authorization.frames.last { current = contract }
        for index in authorization.grants.indices {
            let owner = authorization.grants[index].contract
            if let current, try order(owner, current) == 0 { continue }
            guard try order(owner, address) == 0 else { continue }
            var tracker = authorization.grants[index].invocation
            let fits = try match(&tracker, function, mayUseRoot: true)
            authorization.grants[index].invocation = tracker
            if fits { return true }
        }
        return false
    }

    private func enforceAuthorization(
        of address: Val, for function: AuthorizedFunction
    ) throws(HostError) {
        var isAddressActive = false
        for tracker in authorization.accounts where !tracker.isBeingVerified {
            guard try order(tracker.address, address) == 0 else { continue }
            if tracker.invocation.isActive, !tracker.invocation.isFrameMatched {
                isAddressActive = true
                break
            }
        }
        for index in authorization.accounts.indices {
            guard !authorization.accounts[index].isBeingVerified,
                try order(authorization.accounts[index].address, address) == 0
            else { continue }
            var tracker = authorization.accounts[index].invocation
            let fits = try match(&tracker, function, mayUseRoot: !isAddressActive)
            authorization.accounts[index].invocation = tracker
            guard fits else { continue }
            try verify(index)
            return
        }
        throw HostError(.auth, .invalidAction)
    }

    /// Whether a tree allows `function` to the frame on top; if so, the node is used up.
    private func match(
        _ tracker: inout InvocationTracker, _ function: AuthorizedFunction, mayUseRoot: Bool
    ) throws(HostError) -> Bool {
        guard !tracker.isFrameMatched else { return false }
        if let node = tracker.activeNode {
            for (index, child) in node.subInvocations.enumerated() where !child.isUsed {
                guard try isEqual(child.function, function) else { continue }
                tracker.useChild(index)
                return true
            }
            return false
        }
        guard mayUseRoot, !tracker.root.isUsed, try isEqual(tracker.root.function, function) else {
            return false
        }
        tracker.useRoot()
        return true
    }

    func isEqual(
        _ left: AuthorizedFunction, _ right: AuthorizedFunction
    ) throws(HostError) -> Bool {
        switch (left, right) {
        case (.call(let left), .call(let right)):
            guard try order(left.contract, right.contract) == 0,
                left.function.isObject == right.function.isObject,
                try order(left.function, right.function) == 0
            else { return false }
            for (one, two) in zip(left.arguments, right.arguments) {
                guard try order(one, two) == 0 else { return false }
            }
            return left.arguments.count == right.arguments.count
        case (.create(let left), .create(let right)):
            try budget.compare(80)
            guard left.contractIDPreimage == right.contractIDPreimage else { return false }
            try budget.compare(72)
            guard left.executable == right.executable else { return false }
            for (one, two) in zip(left.constructorArgs, right.constructorArgs) {
                guard try one.compare(to: two, budget: budget) == 0 else { return false }
            }
            return left.constructorArgs.count == right.constructorArgs.count
        default: return false
        }
    }

    /// Charges a copy of the arguments of a creation.
    func chargeCopy(of arguments: CreateContractArgsV2) throws(HostError) {
        try budget.copy(176)
        try arguments.executable.chargeCopyOfContents(budget: budget)
        try SCVal.chargeCopy(of: arguments.constructorArgs, budget: budget)
    }
}
