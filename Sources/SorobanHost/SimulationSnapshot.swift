public import StellarXDR

/// The ledger as a simulation sees it: each account's entry with all the extensions that it will
/// have once it is written again, so that what the simulation says of sizes suffices.
public struct SimulationSnapshot<Base: LedgerSnapshot>: LedgerSnapshot {
    private let base: Base

    /// What a simulation sees of `base`.
    public init(_ base: Base) {
        self.base = base
    }

    /// The entry under `key`, an account's extended.
    public func entry(_ key: LedgerKey) throws -> LedgerSnapshotEntry? {
        guard let found = try base.entry(key) else { return nil }
        guard case .account(let account) = found.entry.data else { return found }
        var entry = found.entry
        entry.data = .account(account.extended)
        return try LedgerSnapshotEntry(entry: entry, liveUntilLedger: found.liveUntilLedger)
    }
}

extension AccountEntry {
    /// The entry with extensions up to the third, empty where it had none.
    fileprivate var extended: AccountEntry {
        var first = AccountEntryExtensionV1(liabilities: Liabilities(buying: 0, selling: 0))
        if case .v1(let known) = ext { first = known }
        var second = AccountEntryExtensionV2(
            numSponsored: 0, numSponsoring: 0,
            signerSponsoringIDs: Array(repeating: nil, count: signers.count))
        if case .v2(let known) = first.ext { second = known }
        if case .v0 = second.ext {
            second.ext = .v3(AccountEntryExtensionV3(seqLedger: 0, seqTime: 0))
        }
        first.ext = .v2(second)
        var extended = self
        extended.ext = .v1(first)
        return extended
    }
}
