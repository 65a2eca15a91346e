public import StellarXDR

/// The ledger as it was before an invocation: whatever can answer for a key.
public protocol LedgerSnapshot: Sendable {
    /// The entry under `key`, archived and expired ones included; `nil` when there is none.
    func entry(_ key: LedgerKey) throws -> LedgerSnapshotEntry?
}

/// An entry of the ledger with the ledger it lives until (contract data and code only).
public struct LedgerSnapshotEntry: Sendable {
    /// The entry as it stands in the ledger.
    public var entry: LedgerEntry
    /// The last ledger in which the entry is alive; `nil` for entries that do not expire.
    public var liveUntilLedger: UInt32?
    /// The length of the entry's XDR, in bytes: reading is charged by it.
    public var byteCount: Int

    /// An entry whose length is counted here, once.
    public init(entry: LedgerEntry, liveUntilLedger: UInt32?) throws(XDRError) {
        self.entry = entry
        self.liveUntilLedger = liveUntilLedger
        self.byteCount = try entry.xdr().count
    }

    /// An entry whose length the ledger has kept.
    public init(entry: LedgerEntry, liveUntilLedger: UInt32?, byteCount: Int) {
        self.entry = entry
        self.liveUntilLedger = liveUntilLedger
        self.byteCount = byteCount
    }
}

/// A change that an invocation makes to the ledger.
public struct LedgerChange: Sendable, Hashable {
    /// The entry's key.
    public var key: LedgerKey
    /// What becomes of the entry itself.
    public var value: Value
    /// The last ledger in which the entry is alive after the change; `nil` for entries that do not
    /// expire and for removed ones.
    public var liveUntilLedger: UInt32?
    /// The length of a written entry's XDR, in bytes, as far as it is known.
    public var byteCount: Int?

    /// What becomes of an entry.
    public enum Value: Sendable, Hashable {
        /// The entry is written with these contents.
        case written(LedgerEntry)
        /// The entry is removed.
        case removed
        /// The entry stays as it is and only lives longer.
        case unchanged
    }

    /// A change of the entry under `key`.
    public init(
        key: LedgerKey, value: Value, liveUntilLedger: UInt32?, byteCount: Int? = nil
    ) {
        self.key = key
        self.value = value
        self.liveUntilLedger = liveUntilLedger
        self.byteCount = byteCount
    }
}
