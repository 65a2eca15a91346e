internal import StellarXDR

// Who may hold the asset: authorization by the issuer, and trustlines.

extension AssetContract {
    /// `set_authorized`
    func setAuthorized(_ address: Val, _ isAuthorized: Bool) throws(HostError) -> Val {
        try requireAdmin()
        try extendInstance()
        try chargeClone()
        if !isAuthorized {
            guard let issuer = try readIssuerAccount(),
                issuer.flags & AccountFlag.revocable != 0
            else { throw Self.error(.notSupported) }
        }
        if case .account(let account) = try host.xdrAddress(address) {
            try authorizeAccount(account, isAuthorized)
        } else {
            try chargeClone()
            var balance = try balanceToChange(of: address)
            balance.isAuthorized = isAuthorized
            try write(balance, of: address)
        }
        try announce("set_authorized", [address], data: .bool(isAuthorized))
        return .void
    }

    private func authorizeAccount(
        _ account: AccountID, _ isAuthorized: Bool
    ) throws(HostError) {
        let asset = try readAsset()
        guard let issuer = issuer(of: asset) else { throw Self.error(.notSupported) }
        try budget.copy(32)
        guard account != issuer else { throw Self.error(.notSupported) }
        let key = try trustlineKey(account, asset)
        guard let found = try host.storage.get(key) else {
            try budget.copy(32)
            try budget.makeObject()
            throw Self.error(.trustlineMissing)
        }
        guard case .trustline(var line) = found.entry.data else {
            throw HostError(.storage, .internalError)
        }
        try budget.copy(128)
        var flags = line.flags & ~TrustlineFlag.maintainsLiabilities
        if isAuthorized {
            flags |= TrustlineFlag.authorized
        } else {
            flags = flags & ~TrustlineFlag.authorized | TrustlineFlag.maintainsLiabilities
        }
        guard flags != line.flags else { return }
        line.flags = flags
        try budget.copy(33)
        try put(.trustline(line), in: found.entry, at: key)
    }

    /// `trust`: an account gets a trustline, if it has none.
    func trust(_ address: Val) throws(HostError) -> Val {
        try extendInstance()
        guard case .account(let account) = try host.xdrAddress(address) else { return .void }
        let asset = try readAsset()
        guard let issuer = issuer(of: asset) else { throw Self.error(.notSupported) }
        try budget.copy(32)
        guard account != issuer else { throw Self.error(.notSupported) }
        try budget.copy(32)
        try budget.copy(45)
        let lineKey = try trustlineKey(account, asset)
        guard try host.storage.get(lineKey) == nil else { return .void }
        try requireAuthorization(of: address)
        let flags = try host.loadAccount(issuer).flags
        try addTrustline(account, asset, lineKey, issuerFlags: flags)
        return .void
    }

    private func addTrustline(
        _ account: AccountID, _ asset: TrustLineAsset, _ lineKey: StorageKey,
        issuerFlags: UInt32
    ) throws(HostError) {
        try budget.copy(32)
        let key = try accountKey(account)
        guard let found = try host.storage.get(key),
            case .account(var entry) = found.entry.data
        else { throw Self.error(.accountMissing) }
        try budget.copy(216)
        try entry.chargeCopyOfContents(budget: budget)
        guard entry.numSubEntries < 1_000 else { throw Self.error(.tooManySubentries) }
        let least =
            minimumBalance(of: entry, subentries: 1) + Int128(entry.liabilities.selling)
        guard Int128(entry.balance) >= least else { throw Self.error(.insufficientReserve) }
        entry.numSubEntries += 1
        var flags: UInt32 = 0
        if issuerFlags & AccountFlag.authorizationRequired == 0 {
            flags |= TrustlineFlag.authorized
        }
        if issuerFlags & AccountFlag.clawback != 0 { flags |= TrustlineFlag.clawback }
        let line = TrustLineEntry(
            accountID: account, asset: asset, balance: 0, limit: .max, flags: flags)
        try budget.allocate(DeclaredSize.ledgerEntry)
        try budget.copy(33)
        try budget.allocate(DeclaredSize.ledgerEntry)
        try host.storage.put(
            LivingEntry(
                stored: StoredEntry(
                    LedgerEntry(lastModifiedLedgerSeq: 0, data: .trustline(line))),
                liveUntilLedger: nil),
            for: lineKey)
        var changed = found.entry
        changed.data = .account(entry)
        try host.storage.put(
            LivingEntry(stored: StoredEntry(changed), liveUntilLedger: nil), for: key)
    }
}
