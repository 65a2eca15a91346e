internal import StellarXDR

// Balances of accounts: native ones in the account's entry, issued ones in trustlines.

extension AssetContract {
    func accountKey(_ account: AccountID) throws(HostError) -> StorageKey {
        try budget.allocate(DeclaredSize.ledgerKey)
        return StorageKey(.account(LedgerKeyAccount(accountID: account)))
    }

    /// The account's entry, or `nil`; its copy is not charged for.
    func findAccount(_ account: AccountID) throws(HostError) -> AccountEntry? {
        guard let found = try host.storage.get(accountKey(account)) else { return nil }
        guard case .account(let entry) = found.entry.data else {
            throw HostError(.storage, .internalError)
        }
        return entry
    }

    func trustlineKey(
        _ account: AccountID, _ asset: TrustLineAsset
    ) throws(HostError) -> StorageKey {
        try budget.allocate(DeclaredSize.ledgerKey)
        return StorageKey(.trustline(LedgerKeyTrustLine(accountID: account, asset: asset)))
    }

    /// The account's trustline; its copy is not charged for.
    func loadTrustline(
        _ account: AccountID, _ asset: TrustLineAsset
    ) throws(HostError) -> TrustLineEntry {
        guard let found = try host.storage.get(trustlineKey(account, asset)) else {
            try budget.copy(32)
            try budget.makeObject()
            throw Self.error(.trustlineMissing)
        }
        guard case .trustline(let line) = found.entry.data else {
            throw HostError(.storage, .internalError)
        }
        return line
    }

    /// Changes what an account holds.
    func move(_ account: AccountID, by amount: Int128, isIncoming: Bool) throws(HostError) {
        guard let size = Int64(exactly: amount) else { throw Self.error(.overflow) }
        let change = isIncoming ? size : -size
        let asset = try readAsset()
        try budget.copy(32)
        guard let issuer = issuer(of: asset) else { return try moveNative(account, by: change) }
        guard account != issuer else { return }
        try moveIssued(account, asset, by: change)
    }

    private func moveNative(_ account: AccountID, by change: Int64) throws(HostError) {
        let key = try accountKey(account)
        guard let found = try host.storage.get(key) else {
            return try createAccount(account, key, with: change)
        }
        guard case .account(var entry) = found.entry.data else {
            throw HostError(.storage, .internalError)
        }
        try budget.copy(216)
        try entry.chargeCopyOfContents(budget: budget)
        let (balance, overflow) = entry.balance.addingReportingOverflow(change)
        let least = minimumBalance(of: entry) + Int128(entry.liabilities.selling)
        let most = Int128(Int64.max) - Int128(entry.liabilities.buying)
        guard !overflow, change >= 0 || Int128(balance) >= least, Int128(balance) <= most else {
            throw Self.error(.balance)
        }
        entry.balance = balance
        try budget.copy(33)
        try put(.account(entry), in: found.entry, at: key)
    }

    private func moveIssued(
        _ account: AccountID, _ asset: TrustLineAsset, by change: Int64
    ) throws(HostError) {
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
        let (balance, overflow) = line.balance.addingReportingOverflow(change)
        guard !overflow, balance >= line.liabilities.selling,
            Int128(balance) <= Int128(line.limit) - Int128(line.liabilities.buying)
        else { throw Self.error(.balance) }
        line.balance = balance
        try budget.copy(33)
        try put(.trustline(line), in: found.entry, at: key)
    }

    func put(
        _ data: LedgerEntryData, in old: LedgerEntry, at key: StorageKey
    ) throws(HostError) {
        var entry = old
        entry.data = data
        try budget.allocate(DeclaredSize.ledgerEntry)
        try host.storage.put(
            LivingEntry(stored: StoredEntry(entry), liveUntilLedger: nil), for: key)
    }

    /// An account that receives enough lumens begins to exist.
    private func createAccount(
        _ account: AccountID, _ key: StorageKey, with amount: Int64
    ) throws(HostError) {
        guard amount > 0 else { throw Self.error(.accountMissing) }
        guard amount >= 2 * Int64(host.ledger.baseReserve) else {
            throw Self.error(.insufficientReserve)
        }
        let entry = AccountEntry(
            accountID: account, balance: amount, seqNum: Int64(host.ledger.sequence) << 32,
            numSubEntries: 0, flags: 0, homeDomain: "",
            thresholds: Thresholds(fitting: [1, 0, 0, 0]), signers: [])
        try put(
            .account(entry), in: LedgerEntry(lastModifiedLedgerSeq: 0, data: .account(entry)),
            at: key)
    }

    /// What an account must keep for the entries it owns.
    func minimumBalance(of entry: AccountEntry, subentries: UInt32 = 0) -> Int128 {
        var count = 2 + Int128(entry.numSubEntries) + Int128(subentries)
        if case .v1(let first) = entry.ext, case .v2(let second) = first.ext {
            count += Int128(second.numSponsoring) - Int128(second.numSponsored)
        }
        return count * Int128(host.ledger.baseReserve)
    }
}

extension AccountEntry {
    /// What offers of the account bind.
    var liabilities: Liabilities {
        if case .v1(let first) = ext { return first.liabilities }
        return Liabilities(buying: 0, selling: 0)
    }
}

extension TrustLineEntry {
    /// What offers over the trustline bind.
    var liabilities: Liabilities {
        if case .v1(let first) = ext { return first.liabilities }
        return Liabilities(buying: 0, selling: 0)
    }
}
