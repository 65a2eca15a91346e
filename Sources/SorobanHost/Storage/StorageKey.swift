internal import StellarXDR

/// A ledger key as the storage maps hold it: shared, compared in the host's order, with the charges
/// that the comparison costs.
final class StorageKey {
    let key: LedgerKey
    /// What the ledger of the invocation answered, once it was asked: the same key is asked for
    /// again and again, and finding it by its hash costs more than all else about it.
    var answer: LedgerAnswer?

    /// The key laid out for comparing, if it is one of contract data.
    private let flat: FlatKey?
    /// The place of the key's kind in the order of keys.
    private let kind: Kind
    private let isTemporary: Bool

    /// Kinds of keys, in their order.
    private enum Kind: Int {
        case account = 0
        case trustline = 1
        case contractData = 6
        case contractCode = 7
        case other = 100
    }

    convenience init(_ key: LedgerKey) {
        switch key {
        case .account: self.init(key, .account)
        case .trustline: self.init(key, .trustline)
        case .contractData(let data): self.init(data)
        case .contractCode: self.init(key, .contractCode)
        default: self.init(key, .other)
        }
    }

    /// A key of contract data.
    init(_ data: LedgerKeyContractData) {
        key = .contractData(data)
        kind = .contractData
        flat = FlatKey(data)
        isTemporary = data.durability == .temporary
    }

    private init(_ key: LedgerKey, _ kind: Kind) {
        self.key = key
        self.kind = kind
        flat = nil
        isTemporary = false
    }

    /// Whether it is a key of contract code.
    var isCode: Bool { kind == .contractCode }

    /// Whether entries under the key expire: contract data and code do.
    var expires: Bool { kind == .contractData || kind == .contractCode }

    /// Whether entries under the key are archived rather than forgotten when their life ends.
    var isPersistent: Bool { expires && !isTemporary }

    /// Charges what a copy of this key costs beyond its own 152 bytes.
    func chargeCopyOfContents(budget: Budget) throws(HostError) {
        if let flat { return try flat.chargeCopyOfContents(budget: budget) }
        try key.chargeCopyOfContents(budget: budget)
    }

    /// Compares two keys: negative when `self` comes first, zero when they are equal.
    func compare(to other: StorageKey, budget: Budget) throws(HostError) -> Int {
        guard kind == other.kind else { return kind.rawValue - other.kind.rawValue }
        if let flat, let otherFlat = other.flat {
            return try flat.compare(to: otherFlat, budget: budget)
        }
        return try compareContents(to: other, budget: budget)
    }

    /// Compares two keys of one kind piece by piece.
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
        case (.contractData(let left), .contractData(let right)):
            try budget.compare(48)
            let contracts = left.contract.order(against: right.contract)
            if contracts != 0 { return contracts }
            let names = try left.key.compare(to: right.key, budget: budget)
            if names != 0 { return names }
            try budget.compare(4)
            return Int(left.durability.rawValue) - Int(right.durability.rawValue)
        default: return 0
        }
    }
}

extension StorageKey: Hashable {
    static func == (one: StorageKey, two: StorageKey) -> Bool {
        one === two || one.kind == two.kind && one.key == two.key
    }

    func hash(into hasher: inout Hasher) {
        switch key {
        case .contractCode(let code): hasher.combine(code.hash)
        default:
            if let flat { hasher.combine(flat.fingerprint) } else { hasher.combine(key) }
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
