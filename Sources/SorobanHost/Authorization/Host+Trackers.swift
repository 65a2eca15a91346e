internal import StellarXDR

// Between the XDR of authorized trees and the host's own form of them.

extension Host {
    /// Makes the trackers of the entries that came with the transaction.
    func makeTrackers(_ entries: [SorobanAuthorizationEntry]) throws(HostError) -> [AccountTracker]
    {
        try budget.makeVector(of: 328, count: entries.count)
        var trackers: [AccountTracker] = []
        for entry in entries { trackers.append(try makeTracker(entry)) }
        return trackers
    }

    private func makeTracker(
        _ entry: SorobanAuthorizationEntry
    ) throws(HostError) -> AccountTracker {
        let address: Val
        let credentials: AccountTracker.Credentials
        switch entry.credentials {
        case .sourceAccount:
            try budget.copy(32)
            address = try makeAddress(.account(invocation.source))
            credentials = .source
        case .address(let proof):
            (address, credentials) = try makeCredentials(proof, bindsAddress: false)
        case .addressV2(let proof):
            (address, credentials) = try makeCredentials(proof, bindsAddress: true)
        case .addressWithDelegates(let proof):
            (address, credentials) = try makeCredentials(
                proof.addressCredentials, bindsAddress: true, delegates: proof.delegates)
        }
        let root = try hostInvocation(entry.rootInvocation)
        return AccountTracker(
            address: address, credentials: credentials, invocation: InvocationTracker(root: root))
    }

    private func makeCredentials(
        _ proof: SorobanAddressCredentials, bindsAddress: Bool,
        delegates: [SorobanDelegateSignature]? = nil
    ) throws(HostError) -> (Val, AccountTracker.Credentials) {
        let address = try makeAddress(proof.address)
        let signature = try toVal(proof.signature)
        var signed = AccountTracker.Signed(
            nonce: proof.nonce, expirationLedger: proof.signatureExpirationLedger,
            signature: signature, bindsAddress: bindsAddress)
        if let delegates {
            signed.delegates = try makeDelegates(delegates, isNested: false)
            signed.hasDelegates = true
        }
        return (address, .address(signed))
    }

    private func makeDelegates(
        _ delegates: [SorobanDelegateSignature], isNested: Bool
    ) throws(HostError) -> [DelegateNode] {
        for (one, two) in zip(delegates, delegates.dropFirst()) {
            try budget.compare(48)
            guard one.address.order(against: two.address) < 0 else {
                throw HostError(.auth, .invalidInput)
            }
        }
        try budget.collect(delegates.count, of: 48)
        var nodes: [DelegateNode] = []
        for delegate in delegates {
            let address = try makeAddress(delegate.address)
            let signature = try toVal(delegate.signature)
            let nested = try makeDelegates(delegate.nestedDelegates, isNested: true)
            nodes.append(DelegateNode(address: address, signature: signature, delegates: nested))
        }
        return nodes
    }

    /// A tree of the wire as the host's own.
    private func hostInvocation(
        _ invocation: SorobanAuthorizedInvocation
    ) throws(HostError) -> AuthorizedInvocation {
        try budget.collect(invocation.subInvocations.count, of: 208)
        var children: [AuthorizedInvocation] = []
        for child in invocation.subInvocations { children.append(try hostInvocation(child)) }
        let function = try hostFunction(invocation.function)
        return AuthorizedInvocation(function: function, subInvocations: children)
    }

    func hostFunction(
        _ function: SorobanAuthorizedFunction
    ) throws(HostError) -> AuthorizedFunction {
        switch function {
        case .contractFn(let call):
            let contract = try makeAddress(call.contractAddress)
            let name = try makeSymbol(call.functionName.bytes)
            try budget.collect(call.args.count, of: 8)
            let arguments = try toVals(call.args)
            return .call(
                AuthorizedCall(contract: contract, function: name, arguments: arguments))
        case .createContractHostFn(let arguments):
            return .create(
                CreateContractArgsV2(
                    contractIDPreimage: arguments.contractIDPreimage,
                    executable: arguments.executable, constructorArgs: []))
        case .createContractV2HostFn(let arguments): return .create(arguments)
        }
    }

    /// A tree of the host's as the wire has it.
    func xdrInvocation(
        _ invocation: AuthorizedInvocation
    ) throws(HostError) -> SorobanAuthorizedInvocation {
        let function = try xdrFunction(invocation.function)
        try budget.collect(invocation.subInvocations.count, of: 200)
        var children: [SorobanAuthorizedInvocation] = []
        for child in invocation.subInvocations { children.append(try xdrInvocation(child)) }
        return SorobanAuthorizedInvocation(function: function, subInvocations: children)
    }

    func xdrFunction(
        _ function: AuthorizedFunction
    ) throws(HostError) -> SorobanAuthorizedFunction {
        switch function {
        case .call(let call):
            let name = symbolText(of: call.function)
            if call.function.isObject {
                try budget.visitObject()
                try budget.copyBytes(name.count)
            }
            let contract = try xdrAddress(call.contract)
            try budget.collect(call.arguments.count, of: 96)
            let arguments = try toSCVals(call.arguments)
            return .contractFn(
                InvokeContractArgs(
                    contractAddress: contract, functionName: SCSymbol(name), args: arguments))
        case .create(let arguments):
            try chargeCopy(of: arguments)
            return .createContractV2HostFn(arguments)
        }
    }
}
