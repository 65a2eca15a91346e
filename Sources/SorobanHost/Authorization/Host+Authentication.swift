internal import Cryptography
internal import StellarXDR

// Proof of an authorization: signatures of accounts, `__check_auth` of contracts, nonces.
// `costs.md` 5.10 of the reference.

extension Host {
    /// Checks the proof of a tracker that was used for the first time.
    func verify(_ index: Int) throws(HostError) {
        let tracker = authorization.accounts[index]
        guard !tracker.isVerified else { return }
        if case .address(let signed) = tracker.credentials {
            authorization.accounts[index].isBeingVerified = true
            defer { authorization.accounts[index].isBeingVerified = false }
            do throws(HostError) {
                try authenticate(tracker, signed)
            } catch {
                throw error.isRecoverable ? HostError(.auth, .invalidAction) : error
            }
            guard ledger.sequence <= signed.expirationLedger,
                signed.expirationLedger <= ledger.maxLiveUntil
            else { throw HostError(.auth, .invalidInput) }
            try useNonce(
                signed.nonce, of: tracker.address, expirationLedger: signed.expirationLedger)
        }
        authorization.accounts[index].isVerified = true
    }

    /// Checks a signature over a tree.
    func authenticate(
        _ tracker: AccountTracker, _ signed: AccountTracker.Signed
    ) throws(HostError) {
        let address = try xdrAddress(tracker.address)
        let payload = try makePayload(tracker, signed)
        let contexts = try makeContexts(tracker.invocation.root)
        let check = AccountCheck(
            payload: payload, contexts: contexts, delegates: signed.delegates)
        authorization.checks.append(check)
        defer { authorization.checks.removeLast() }
        try checkSigner(address, payload: payload, signature: signed.signature, contexts: contexts)
    }

    /// Asks an account's signatures or a contract's `__check_auth`.
    func checkSigner(
        _ address: SCAddress, payload: Val, signature: Val, contexts: Val,
        kind: CallKind = .check
    ) throws(HostError) {
        switch address {
        case .account(let account):
            try checkSignatures(of: account, payload: payload, signatures: signature)
        case .contract(let contract):
            let function = try makeSymbol(Array("__check_auth".utf8))
            let result = try call(contract, function, [payload, signature, contexts], kind)
            guard result == .void else { throw HostError(.auth, .unexpectedType) }
        default: throw HostError(.auth, .internalError)
        }
    }

    /// The hash that the signer of a tree signs.
    private func makePayload(
        _ tracker: AccountTracker, _ signed: AccountTracker.Signed
    ) throws(HostError) -> Val {
        try budget.copy(32)
        let network = Hash(fitting: ledger.networkID)
        let root = try xdrInvocation(tracker.invocation.root)
        let preimage: HashIDPreimage
        if signed.bindsAddress {
            preimage = .sorobanAuthorizationWithAddress(
                HashIDPreimageSorobanAuthorizationWithAddress(
                    networkID: network, nonce: signed.nonce,
                    signatureExpirationLedger: signed.expirationLedger,
                    address: try xdrAddress(tracker.address), invocation: root))
        } else {
            preimage = .sorobanAuthorization(
                HashIDPreimageSorobanAuthorization(
                    networkID: network, nonce: signed.nonce,
                    signatureExpirationLedger: signed.expirationLedger, invocation: root))
        }
        let digest = try hash(preimage)
        try budget.copyBytes(32)
        return try make(.bytes(digest))
    }

    /// Uses up a nonce of an address.
    /// - Throws: (Auth, ExistingValue) when it was used before.
    func useNonce(_ nonce: Int64, of address: Val, expirationLedger: UInt32) throws(HostError) {
        let owner = try xdrAddress(address)
        try budget.copy(48)
        try budget.copy(96)
        try budget.allocate(DeclaredSize.ledgerKey)
        let value = SCVal.ledgerKeyNonce(SCNonceKey(nonce: nonce))
        let key = StorageKey(
            LedgerKeyContractData(contract: owner, key: value, durability: .temporary))
        guard try !storage.has(key) else { throw HostError(.auth, .existingValue) }
        let data = ContractDataEntry(
            contract: owner, key: value, durability: .temporary, val: .void)
        try budget.allocate(DeclaredSize.ledgerEntry)
        let liveUntil = max(expirationLedger, ledger.minLiveUntil(isPersistent: false))
        try storage.put(
            LivingEntry(
                stored: StoredEntry(
                    LedgerEntry(lastModifiedLedgerSeq: 0, data: .contractData(data))),
                liveUntilLedger: liveUntil),
            for: key)
    }
}
