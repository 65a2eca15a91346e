internal import StellarXDR

// Module `a`, authorization and what stands behind an address.

extension Host {
    /// `a._`
    func requireAuthForArgs(_ address: Val, _ arguments: Val) throws(HostError) {
        let elements = try vec(arguments)
        try budget.makeVector(of: DeclaredSize.val, count: elements.count)
        try requireAuthorization(of: address, arguments: elements)
    }

    /// `a.0`
    func requireAuth(_ address: Val) throws(HostError) {
        let arguments = try currentCall().arguments
        try budget.makeVector(of: DeclaredSize.val, count: arguments.count)
        try requireAuthorization(of: address, arguments: arguments)
    }

    /// `a.3`
    func authorizeAsCurrContract(_ entries: Val) throws(HostError) {
        let elements = try vec(entries)
        try budget.makeVector(of: DeclaredSize.val, count: elements.count)
        try budget.makeVector(of: 264, count: elements.count)
        var grants: [InvokerGrant] = []
        for element in elements {
            try budget.copy(32)
            let root = try makeGrant(element)
            let contract = try make(.address(.contract(currentCall().contract)))
            grants.append(
                InvokerGrant(contract: contract, invocation: InvocationTracker(root: root)))
        }
        authorization.grants += grants
    }

    /// `a.6`
    func getAddressExecutable(_ address: Val) throws(HostError) -> Val {
        switch try xdrAddress(address) {
        case .account(let account):
            try budget.allocate(DeclaredSize.ledgerKey)
            let key = StorageKey(.account(LedgerKeyAccount(accountID: account)))
            return try storage.has(key) ? makeCase("Account") : .void
        case .contract(let contract):
            guard let found = try storage.get(instanceKey(contract)),
                case .contractData(let data) = found.entry.data,
                case .contractInstance(let instance) = data.val
            else { return .void }
            try budget.copy(96)
            try instance.chargeCopyOfContents(budget: budget)
            guard let hash = try codeHash(of: instance.executable) else {
                return try describe(.stellarAsset)
            }
            return try describe(.wasm(hash))
        default: throw HostError(.object, .unexpectedType)
        }
    }

    /// `a.9`
    func getDelegatedSignersForCurrentAuthCheck() throws(HostError) -> Val {
        let check = try runningCheck()
        guard !check.delegates.isEmpty else {
            let none = try make(.vec([]))
            try self.check(none)
            return none
        }
        for count in 1...check.delegates.count {
            try budget.makeVector(of: DeclaredSize.val, count: count)
        }
        return try make(.vec(check.delegates.map(\.address)))
    }

    /// `a.a`
    func delegateAccountAuth(_ address: Val) throws(HostError) {
        let check = try runningCheck()
        var found: Int?
        for index in check.delegates.indices {
            guard try order(check.delegates[index].address, address) == 0 else { continue }
            found = index
            break
        }
        guard let found, !check.delegates[found].isUsed else {
            throw HostError(.auth, .invalidAction)
        }
        check.delegates[found].isUsed = true
        let delegate = check.delegates[found]
        let nested = AccountCheck(
            payload: check.payload, contexts: check.contexts, delegates: delegate.delegates)
        authorization.checks.append(nested)
        defer { authorization.checks.removeLast() }
        try checkSigner(
            xdrAddress(address), payload: check.payload, signature: delegate.signature,
            contexts: check.contexts, kind: .delegateCheck)
    }

    /// The check that the contract on top runs.
    /// - Throws: (Context, InvalidAction) when it runs none.
    private func runningCheck() throws(HostError) -> AccountCheck {
        let call = try currentCall()
        try budget.copy(8)
        guard try isSymbol(call.function, "__check_auth"), let check = authorization.checks.last
        else { throw HostError(.context, .invalidAction) }
        return check
    }
}
