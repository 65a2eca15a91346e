internal import SorobanHost
internal import StellarXDR

/// The ledger of a scenario, carried from step to step.
struct ScenarioLedger: LedgerSnapshot {
    private var entries: [LedgerKey: LedgerSnapshotEntry] = [:]

    /// The ledger at the start.
    init(_ scenario: Scenario) throws {
        for account in scenario.accounts {
            try add(.account(try Self.account(account)), liveUntil: nil)
        }
        for entry in scenario.entries ?? [] {
            try add(try LedgerEntryData(base64: entry.data), liveUntil: entry.liveUntil)
        }
    }

    func entry(_ key: LedgerKey) -> LedgerSnapshotEntry? { entries[key] }

    /// Forgets temporary entries whose life has ended.
    mutating func forgetExpired(before sequence: UInt32) {
        entries = entries.filter { key, entry in
            guard case .contractData(let data) = key, data.durability == .temporary,
                let liveUntil = entry.liveUntilLedger
            else { return true }
            return liveUntil >= sequence
        }
    }

    /// Takes over what an invocation changed.
    mutating func apply(_ changes: [LedgerChange]) throws {
        for change in changes {
            switch change.value {
            case .removed: entries[change.key] = nil
            case .written(let entry):
                entries[change.key] = try LedgerSnapshotEntry(
                    entry: entry, liveUntilLedger: change.liveUntilLedger)
            case .unchanged: entries[change.key]?.liveUntilLedger = change.liveUntilLedger
            }
        }
    }

    private mutating func add(_ data: LedgerEntryData, liveUntil: UInt32?) throws {
        guard let key = data.key else { return }
        entries[key] = try LedgerSnapshotEntry(
            entry: LedgerEntry(lastModifiedLedgerSeq: 0, data: data), liveUntilLedger: liveUntil)
    }

    /// Every account of a scenario has 10,000 lumens.
    private static func account(_ text: String) throws -> AccountEntry {
        AccountEntry(
            accountID: try AccountID(parsing: text), balance: 100_000_000_000, seqNum: 1 << 32,
            numSubEntries: 0, flags: 0, homeDomain: "", thresholds: try Thresholds([1, 0, 0, 0]),
            signers: [])
    }
}

extension LedgerEntryData {
    /// The key of an entry that invocations can touch.
    var key: LedgerKey? {
        switch self {
        case .account(let entry): .account(LedgerKeyAccount(accountID: entry.accountID))
        case .trustline(let entry):
            .trustline(LedgerKeyTrustLine(accountID: entry.accountID, asset: entry.asset))
        case .contractData(let entry):
            .contractData(
                LedgerKeyContractData(
                    contract: entry.contract, key: entry.key, durability: entry.durability))
        case .contractCode(let entry): .contractCode(LedgerKeyContractCode(hash: entry.hash))
        default: nil
        }
    }
}
