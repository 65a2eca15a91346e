public import StellarXDR

/// How a server is.
public struct RPCHealth: Hashable, Sendable, Decodable {
    /// `healthy`; anything else comes as an error.
    public var status: String
    /// The newest ledger that it knows.
    public var latestLedger: UInt32
    /// The oldest ledger that it still answers for.
    public var oldestLedger: UInt32
    /// How many ledgers it keeps.
    public var ledgerRetentionWindow: UInt32
}

/// Which network a server serves.
public struct RPCNetwork: Hashable, Sendable, Decodable {
    /// Where test money comes from, where there is such a place.
    public var friendbotUrl: String?
    /// The network's passphrase.
    public var passphrase: String
    /// The version of its protocol.
    public var protocolVersion: UInt32

    /// The network.
    public var network: Network { Network(passphrase: passphrase) }
}

/// Which server it is.
public struct RPCVersionInfo: Hashable, Sendable, Decodable {
    /// The server's version.
    public var version: String
    /// The revision that it was built of.
    public var commitHash: String
    /// When it was built.
    public var buildTimestamp: String
    /// The version of the core beneath.
    public var captiveCoreVersion: String
    /// The version of the network's protocol.
    public var protocolVersion: UInt32
}

/// The newest ledger.
public struct RPCLatestLedger: Hashable, Sendable {
    /// Its hash.
    public var id: Hash
    /// The version of its protocol.
    public var protocolVersion: UInt32
    /// Its number.
    public var sequence: UInt32
    /// When it closed, in Unix seconds.
    public var closeTime: UInt64?
}

extension RPCLatestLedger: Decodable {
    private enum CodingKeys: String, CodingKey { case id, protocolVersion, sequence, closeTime }

    /// Reads the server's JSON.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        id = try values.decode(HashField.self, forKey: .id).value
        protocolVersion = try values.decode(UInt32.self, forKey: .protocolVersion)
        sequence = try values.decode(UInt32.self, forKey: .sequence)
        closeTime = try values.decodeIfPresent(IntegerField.self, forKey: .closeTime)
            .map { UInt64(clamping: $0.value) }
    }
}

/// An entry of the ledger.
public struct RPCLedgerEntry: Hashable, Sendable {
    /// What it is found by.
    public var key: LedgerKey
    /// What it says.
    public var data: LedgerEntryData
    /// When it last changed.
    public var lastModifiedLedger: UInt32
    /// The last ledger that it lives in; `nil` for what lives for ever, 0 for what is archived.
    public var liveUntilLedger: UInt32?
}

extension RPCLedgerEntry: Decodable {
    private enum CodingKeys: String, CodingKey {
        case key, xdr, lastModifiedLedgerSeq, liveUntilLedgerSeq
    }

    /// Reads the server's JSON.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        key = try values.decode(XDRField<LedgerKey>.self, forKey: .key).value
        data = try values.decode(XDRField<LedgerEntryData>.self, forKey: .xdr).value
        lastModifiedLedger = try values.decode(UInt32.self, forKey: .lastModifiedLedgerSeq)
        liveUntilLedger = try values.decodeIfPresent(UInt32.self, forKey: .liveUntilLedgerSeq)
    }
}

/// Entries, and the ledger that they were read in.
public struct RPCLedgerEntries: Hashable, Sendable, Decodable {
    /// Those that exist, in the order that they were asked for.
    public var entries: [RPCLedgerEntry]
    /// The ledger.
    public var latestLedger: UInt32
}
