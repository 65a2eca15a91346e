internal import StellarXDR

extension LedgerState {
    /// An account, if there is one.
    func account(_ id: AccountID) -> AccountEntry? {
        guard case .account(let account)? = self[.account(id)]?.entry.data else { return nil }
        return account
    }

    /// Writes an account.
    mutating func put(_ account: AccountEntry) {
        put(.account(account), at: .account(account.accountID))
    }
}

extension LedgerKey {
    /// The key of an account.
    static func account(_ id: AccountID) -> LedgerKey { .account(LedgerKeyAccount(accountID: id)) }

    /// The key of a network setting.
    static func setting(_ id: ConfigSettingID) -> LedgerKey {
        .configSetting(LedgerKeyConfigSetting(configSettingID: id))
    }
}

extension AccountEntry {
    /// A new account, as one that a payment made.
    init(_ id: AccountID, balance: Int64, sequence: Int64) {
        self.init(
            accountID: id, balance: balance, seqNum: sequence, numSubEntries: 0,
            inflationDest: nil, flags: 0, homeDomain: "",
            thresholds: Thresholds(fitting: [1, 0, 0, 0]), signers: [], ext: .v0)
    }

    private var extensionV1: AccountEntryExtensionV1? {
        guard case .v1(let value) = ext else { return nil }
        return value
    }

    private var extensionV2: AccountEntryExtensionV2? {
        guard case .v2(let value)? = extensionV1?.ext else { return nil }
        return value
    }

    private var extensionV3: AccountEntryExtensionV3? {
        guard case .v3(let value)? = extensionV2?.ext else { return nil }
        return value
    }

    /// What open offers would buy and sell.
    var liabilities: Liabilities {
        extensionV1?.liabilities ?? Liabilities(buying: 0, selling: 0)
    }

    /// The ledger that last raised the sequence number, 0 if none did.
    var sequenceLedger: UInt32 { extensionV3?.seqLedger ?? 0 }

    /// When the sequence number was last raised, 0 if never.
    var sequenceTime: UInt64 { extensionV3?.seqTime ?? 0 }

    /// How many reserves it bears of others.
    var sponsoringCount: UInt32 { extensionV2?.numSponsoring ?? 0 }

    /// How many of its reserves others bear.
    var sponsoredCount: UInt32 { extensionV2?.numSponsored ?? 0 }

    /// Who bears the reserve of each of ``signers``.
    var signerSponsors: [AccountID?] { extensionV2?.signerSponsoringIDs ?? [] }

    /// What must stay in the account.
    func minimumBalance(baseReserve: UInt32) -> Int64 {
        let sponsoring = Int64(extensionV2?.numSponsoring ?? 0)
        let sponsored = Int64(extensionV2?.numSponsored ?? 0)
        return (2 + Int64(numSubEntries) + sponsoring - sponsored) * Int64(baseReserve)
    }

    /// What can be spent.
    func availableBalance(baseReserve: UInt32) -> Int64 {
        let liabilities = extensionV1?.liabilities.selling ?? 0
        return max(0, balance - minimumBalance(baseReserve: baseReserve) - liabilities)
    }

    /// Whether it holds what must stay in it.
    func coversReserve(baseReserve: UInt32) -> Bool {
        balance - (extensionV1?.liabilities.selling ?? 0)
            >= minimumBalance(baseReserve: baseReserve)
    }

    /// Whether `amount` more fits into the account.
    func canReceive(_ amount: Int64) -> Bool {
        let limit = Int64.max - (extensionV1?.liabilities.buying ?? 0)
        return amount <= limit - balance
    }

    /// Takes the sequence number of a transaction, noting when (CAP-21).
    mutating func takeSequence(_ sequence: Int64, ledger: UInt32, closeTime: UInt64) {
        seqNum = sequence
        let third = AccountEntryExtensionV3(ext: .v0, seqLedger: ledger, seqTime: closeTime)
        var second =
            extensionV2
            ?? AccountEntryExtensionV2(
                numSponsored: 0, numSponsoring: 0,
                signerSponsoringIDs: signers.map { _ in nil }, ext: .v0)
        second.ext = .v3(third)
        var first =
            extensionV1
            ?? AccountEntryExtensionV1(liabilities: Liabilities(buying: 0, selling: 0), ext: .v0)
        first.ext = .v2(second)
        ext = .v1(first)
    }

    /// What a kind of operation needs signatures to weigh.
    func threshold(_ level: ThresholdLevel) -> Int {
        Int(thresholds.bytes[level.rawValue])
    }

    /// Who may sign, the account's own key among them unless its weight is 0.
    var allSigners: [Signer] {
        guard let master = thresholds.bytes.first, master > 0 else { return signers }
        guard case .ed25519(let key) = accountID else { return signers }
        return signers + [Signer(key: .ed25519(key), weight: UInt32(master))]
    }
}

/// Which of an account's thresholds; the raw value is its place among them.
enum ThresholdLevel: Int, Sendable {
    case low = 1
    case medium = 2
    case high = 3
}

extension MuxedAccount {
    /// The account that it is a name of.
    var accountID: AccountID {
        switch self {
        case .ed25519(let key): .ed25519(key)
        case .muxedEd25519(let muxed): .ed25519(muxed.ed25519)
        }
    }

    /// Whether it carries an id of its own.
    var isMuxed: Bool {
        switch self {
        case .ed25519: false
        case .muxedEd25519: true
        }
    }
}
