internal import StellarXDR

// Signatures of classic accounts: sorted, unique, of signers that together weigh enough.

extension Host {
    /// No account needs more signatures.
    static let maxSignatures = 20

    /// Whether an address's signatures suffice for its medium threshold.
    /// - Throws: any recoverable error when they do not; the caller makes it one of authorization.
    func checkSignatures(
        of account: AccountID, payload: Val, signatures: Val
    ) throws(HostError) {
        guard signatures.tag == .vecObject else { throw .unexpectedObject }
        _ = try visit(signatures)
        let list = try vec(signatures)
        guard (1...Self.maxSignatures).contains(list.count) else { throw Self.authenticationFailed }
        let entry = try loadAccount(account)
        guard case .bytes(let message) = objects.object(of: payload) else {
            throw .unexpectedObject
        }
        var weight: UInt32 = 0
        var previous: Val?
        for element in list {
            let (keyVal, signatureVal) = try signatureFields(element)
            if let previous { try requireAscending(previous, keyVal) }
            previous = keyVal
            for _ in 0..<3 { try budget.visitObject() }
            let key = try bytes(keyVal)
            try budget.charge(.computeEd25519PubKey)
            let isGood = try isGoodEd25519(signatureVal, of: payload, by: key)
            try budget.visitObject()
            try budget.copy(64)
            try budget.visitObject()
            try budget.charge(.verifyEd25519Sig, input: UInt64(message.count))
            guard isGood else { throw .badSignature }
            try budget.visitObject()
            try budget.copy(32)
            try budget.copy(32)
            let added = entry.weight(of: key, in: account)
            guard added > 0 else { throw Self.authenticationFailed }
            weight += added
        }
        guard weight >= UInt32(entry.thresholds.bytes[2]) else { throw Self.authenticationFailed }
    }

    /// The account's entry.
    func loadAccount(_ account: AccountID) throws(HostError) -> AccountEntry {
        try budget.allocate(DeclaredSize.ledgerKey)
        let key = StorageKey(.account(LedgerKeyAccount(accountID: account)))
        guard case .account(let entry) = try storage.require(key).entry.data else {
            throw HostError(.storage, .internalError)
        }
        try budget.copy(216)
        try entry.chargeCopyOfContents(budget: budget)
        return entry
    }

    private func signatureFields(_ element: Val) throws(HostError) -> (key: Val, signature: Val) {
        for _ in 0..<2 { try budget.visitObject() }
        try budget.copy(8)
        try check(element)
        let values = try fields(of: element, ["public_key", "signature"])
        try requireBytes(values[0], count: 32)
        try requireBytes(values[1], count: 64)
        return (values[0], values[1])
    }

    private func requireAscending(_ one: Val, _ two: Val) throws(HostError) {
        guard try order(one, two) < 0 else { throw Self.authenticationFailed }
    }

    /// The asset contract's error for a bad signature; it never leaves the check.
    private static let authenticationFailed = HostError.contract(5)
}

extension AccountEntry {
    /// What a signer's signature weighs.
    fileprivate func weight(of key: [UInt8], in account: AccountID) -> UInt32 {
        if account.key.bytes == key { return UInt32(thresholds.bytes[0]) }
        for signer in signers {
            if case .ed25519(let other) = signer.key, other.bytes == key { return signer.weight }
        }
        return 0
    }
}
