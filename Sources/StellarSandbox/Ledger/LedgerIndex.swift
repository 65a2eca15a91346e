internal import SorobanHost
internal import StellarXDR

/// What is found in the ledger without looking at every entry.
struct LedgerIndex: Sendable {
    /// Trust lines and data of each account.
    private var possessions: [AccountID: Set<LedgerKey>] = [:]
    /// Temporary entries by the last ledger of their lives.
    private var lives: [UInt32: Set<LedgerKey>] = [:]
    /// No temporary entry's life ends before this ledger.
    private var oldestLife: UInt32 = .max
    /// The size of all contract data and code, in bytes.
    private(set) var sorobanByteCount: Int64 = 0

    /// What `account` owns, in the order of the keys.
    func possessions(of account: AccountID) throws(XDRError) -> [LedgerKey] {
        try Array(possessions[account] ?? []).sortedByEncoding()
    }

    /// Notes that an entry was written or removed.
    mutating func note(_ key: LedgerKey, before: StoredEntry?, after: StoredEntry?) {
        switch key {
        case .contractData(let data) where data.durability == .temporary:
            let (old, new) = (before?.liveUntil, after?.liveUntil)
            guard old != new else { return }
            if let old { forgetLife(of: key, until: old) }
            if let new {
                lives[new, default: []].insert(key)
                oldestLife = min(oldestLife, new)
            }
        case .trustline(let line):
            guard (before == nil) != (after == nil) else { return }
            note(key, of: line.accountID, isThere: after != nil)
        case .data(let data):
            guard (before == nil) != (after == nil) else { return }
            note(key, of: data.accountID, isThere: after != nil)
        default: return
        }
    }

    private mutating func note(_ key: LedgerKey, of account: AccountID, isThere: Bool) {
        if isThere {
            possessions[account, default: []].insert(key)
        } else if possessions[account]?.remove(key) != nil, possessions[account]?.isEmpty == true {
            possessions[account] = nil
        }
    }

    private mutating func forgetLife(of key: LedgerKey, until ledger: UInt32) {
        lives[ledger]?.remove(key)
        if lives[ledger]?.isEmpty == true { lives[ledger] = nil }
    }

    /// Temporary entries whose life ended before `ledger`, those that ended first before others.
    mutating func expired(
        before ledger: UInt32, countMax: Int
    ) throws(XDRError) -> [LedgerKey] {
        var keys: [LedgerKey] = []
        while oldestLife < ledger, keys.count < countMax {
            // Lives may end far apart: no ledger between is asked one by one.
            guard let ending = lives[oldestLife] else {
                oldestLife = lives.keys.min() ?? .max
                continue
            }
            keys += try Array(ending).sortedByEncoding().prefix(countMax - keys.count)
            guard keys.count < countMax else { break }
            oldestLife += 1
        }
        return keys
    }

    /// Notes how much an entry grew or shrank.
    mutating func measure(
        _ key: LedgerKey, before: StoredEntry?, after: StoredEntry?, costs: CostSettings
    ) throws(XDRError) {
        guard key.isSorobanEntry, before?.entry.data != after?.entry.data else { return }
        if let after { sorobanByteCount += try after.rentByteCount(costs) }
        if let before { sorobanByteCount -= try before.rentByteCount(costs) }
    }
}
