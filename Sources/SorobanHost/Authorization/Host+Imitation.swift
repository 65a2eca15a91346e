internal import StellarXDR

// A simulation has no signatures; it imitates their checks, so that what it says of footprint and
// costs is near to what the signed transaction will need. `costs.md` 5.11 of the reference.

extension Host {
    func imitateAuthentication() throws(HostError) {
        for tracker in authorization.accounts {
            guard case .address(var signed) = tracker.credentials else { continue }
            switch try xdrAddress(tracker.address) {
            case .account(let account):
                signed.signature = try makeEmptySignature(of: account)
                do throws(HostError) { try authenticate(tracker, signed) } catch {
                    if !error.isRecoverable { throw error }
                }
                try budget.copy(32)
            case .contract(let contract): try touchAccountContract(contract)
            default: break
            }
        }
    }

    /// A signature that is right in form alone.
    private func makeEmptySignature(of account: AccountID) throws(HostError) -> Val {
        try budget.copyBytes(32)
        let key = try make(.bytes(account.key.bytes))
        try budget.copyBytes(64)
        let signature = try make(.bytes(Array(repeating: 0, count: 64)))
        let entry = try makeStructure([("public_key", key), ("signature", signature)])
        return try makeVec([entry])
    }

    /// Reads what a call of the contract's `__check_auth` would read first.
    private func touchAccountContract(_ contract: ContractID) throws(HostError) {
        guard let found = try storage.get(instanceKey(contract)),
            case .contractData(let data) = found.entry.data,
            case .contractInstance(let instance) = data.val
        else { return }
        try budget.copy(96)
        try instance.chargeCopyOfContents(budget: budget)
        if let hash = try codeHash(of: instance.executable) { _ = try storage.get(codeKey(hash)) }
    }
}
