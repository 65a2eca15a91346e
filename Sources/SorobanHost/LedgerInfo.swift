/// What an invocation knows of the ledger it runs in, apart from its entries.
public struct LedgerInfo: Sendable, Hashable {
    /// Decides which host functions there are, and what else ``ProtocolRules`` has.
    public var protocolVersion: UInt32
    /// The number of the ledger that is being made.
    public var sequence: UInt32
    /// When it closes, in seconds since 1970.
    public var timestamp: UInt64
    /// SHA-256 of the network's passphrase.
    public var networkID: [UInt8]
    /// Stroops an account must hold for each entry it owns.
    public var baseReserve: UInt32
    /// The least life of a new temporary entry, in ledgers.
    public var minTemporaryTTL: UInt32
    /// The least life of a new persistent entry, in ledgers.
    public var minPersistentTTL: UInt32
    /// The longest life an entry may be given, in ledgers.
    public var maxEntryTTL: UInt32

    /// A ledger; lives are in ledgers, time in seconds.
    public init(
        protocolVersion: UInt32, sequence: UInt32, timestamp: UInt64, networkID: [UInt8],
        baseReserve: UInt32, minTemporaryTTL: UInt32, minPersistentTTL: UInt32, maxEntryTTL: UInt32
    ) {
        self.protocolVersion = protocolVersion
        self.sequence = sequence
        self.timestamp = timestamp
        self.networkID = networkID
        self.baseReserve = baseReserve
        self.minTemporaryTTL = minTemporaryTTL
        self.minPersistentTTL = minPersistentTTL
        self.maxEntryTTL = maxEntryTTL
    }

    /// The last ledger that an entry's life may reach now.
    var maxLiveUntil: UInt32 {
        let (last, overflow) = sequence.addingReportingOverflow(maxEntryTTL)
        return overflow ? .max : last &- 1
    }
}

extension LedgerInfo {
    /// What depends on the version.
    var rules: ProtocolRules { ProtocolRules(protocolVersion) }
}
