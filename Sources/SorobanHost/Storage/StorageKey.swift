internal import StellarXDR

/// A ledger key as the storage maps hold it: shared, compared in the host's order, with the charges
/// that the comparison costs.
final class StorageKey {
    let key: LedgerKey
    /// What the ledger of the invocation answered, once it was asked: the same key is asked for
    /// again and again, and finding it by its hash costs more than all else about it.
    var answer: LedgerSnapshotEntry??

    /// Whose data is meant, if the key is one of contract data. It decides most comparisons, and is
    /// kept beside the key because taking it out of there copies the rest of the key with it.
    private let contract: SCAddress?
    /// The name of the data in its contract, if the key is one of contract data; beside the key
    /// for the same reason.
    let dataKey: SCVal?
    /// The key's durability, if it is one of contract data.
    let durability: ContractDataDurability?
    /// The place of the key's kind in the order of keys.
    private let kind: Kind

    /// Kinds of keys, in their order.
    private enum Kind: Int {
        case account = 0
        case trustline = 1
        case contractData = 6
        case contractCode = 7
        case other = 100
    }

    init(_ key: LedgerKey) {
        self.key = key
        var (contract, durability): (SCAddress?, ContractDataDurability?) = (nil, nil)
        var dataKey: SCVal?
        switch key {
        case .account: kind = .account
        case .trustline: kind = .trustline
        case .contractData(let data):
            kind = .contractData
            (contract, durability) = (data.contract, data.durability)
            dataKey = data.key
        case .contractCode: kind = .contractCode
        default: kind = .other
        }
        self.contract = contract
        self.dataKey = dataKey
        self.durability = durability
    }

    /// Whether entries under the key expire: contract data and code do.
    var expires: Bool { kind == .contractData || kind == .contractCode }

    /// Whether entries under the key are archived rather than forgotten when their life ends.
    var isPersistent: Bool {
        expires && durability != .temporary
    }

    /// Charges what a copy of this key costs beyond its own 152 bytes.
    func chargeCopyOfContents(budget: Budget) throws(HostError) {
        try dataKey?.chargeCopyOfContents(budget: budget)
    }

    /// Compares two keys: negative when `self` comes first, zero when they are equal.
    func compare(to other: StorageKey, budget: Budget) throws(HostError) -> Int {
        guard kind == other.kind else { return kind.rawValue - other.kind.rawValue }
        if let contract, let otherContract = other.contract {
            try budget.compare(48)
            let contracts = contract.order(against: otherContract)
            if contracts != 0 { return contracts }
        }
        if let dataKey, let otherKey = other.dataKey, let durability,
            let otherDurability = other.durability
        {
            let keys = try dataKey.compare(to: otherKey, budget: budget)
            if keys != 0 { return keys }
            try budget.compare(4)
            return Int(durability.rawValue) - Int(otherDurability.rawValue)
        }
        return try compareContents(to: other, budget: budget)
    }

    /// Compares two keys of a kind other than contract data.
    private func compareContents(to other: StorageKey, budget: Budget) throws(HostError) -> Int {
        switch (key, other.key) {
        case (.account(let left), .account(let right)):
            try budget.compare(32)
            return SorobanHost.compare(left.accountID.key, right.accountID.key)
        case (.trustline(let left), .trustline(let right)):
            try budget.compare(77)
            let accounts = SorobanHost.compare(left.accountID.key, right.accountID.key)
            return accounts != 0 ? accounts : left.asset.order(against: right.asset)
        case (.contractCode(let left), .contractCode(let right)):
            try budget.compare(36)
            return SorobanHost.compare(left.hash, right.hash)
        default: return 0
        }
    }
}

extension SCAddress {
    /// Orders two addresses: by kind, then by content.
    func order(against other: SCAddress) -> Int {
        switch (self, other) {
        case (.account(let left), .account(let right)): SorobanHost.compare(left.key, right.key)
        case (.contract(let left), .contract(let right)): SorobanHost.compare(left, right)
        case (.muxedAccount(let left), .muxedAccount(let right)):
            left.id != right.id
                ? SorobanHost.compare(left.id, right.id)
                : SorobanHost.compare(left.ed25519, right.ed25519)
        default: Int(discriminant.rawValue) - Int(other.discriminant.rawValue)
        }
    }
}

extension PublicKey {
    /// The Ed25519 key; there is no other kind.
    var key: Uint256 {
        switch self {
        case .ed25519(let key): key
        }
    }
}

extension TrustLineAsset {
    /// Orders two assets: by kind, then by code and issuer.
    func order(against other: TrustLineAsset) -> Int {
        switch (self, other) {
        case (.creditAlphanum4(let left), .creditAlphanum4(let right)):
            left.assetCode == right.assetCode
                ? SorobanHost.compare(left.issuer.key, right.issuer.key)
                : SorobanHost.compare(left.assetCode, right.assetCode)
        case (.creditAlphanum12(let left), .creditAlphanum12(let right)):
            left.assetCode == right.assetCode
                ? SorobanHost.compare(left.issuer.key, right.issuer.key)
                : SorobanHost.compare(left.assetCode, right.assetCode)
        case (.poolShare(let left), .poolShare(let right)): SorobanHost.compare(left, right)
        default: Int(discriminant.rawValue) - Int(other.discriminant.rawValue)
        }
    }
}
