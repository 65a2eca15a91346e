internal import StellarXDR

/// A key that says where in a ``PersistentMap`` it stands. Keys are looked up dozens of times a
/// transaction; the standard hash of one, an enum with arrays in it, takes longer than the rest of
/// a look.
protocol PlacedKey: Hashable, Sendable {
    /// The same for equal keys, and seldom for others.
    var place: UInt { get }
}

extension PlacedKey {
    /// The standard hash.
    var place: UInt { UInt(bitPattern: hashValue) }
}

extension LedgerKey: PlacedKey {
    var place: UInt {
        var mixer = Mixer()
        switch self {
        case .account(let key): mixer.add(key.accountID)
        case .contractCode(let key):
            mixer.add(7)
            mixer.add(key.hash.storage.words)
        case .contractData(let key):
            mixer.add(6)
            mixer.add(key.contract)
            mixer.add(key.durability == .persistent ? 1 : 0)
            mixer.add(key.key)
        default: mixer.add(UInt64(bitPattern: Int64(hashValue)))
        }
        return UInt(truncatingIfNeeded: mixer.sum)
    }
}

/// Makes one number of many. Whoever makes accounts and contract data chooses the keys, so the
/// numbers depend on two that are the process's own secret.
private struct Mixer {
    private(set) var sum: UInt64
    private let factor: UInt64

    private static let secrets = (seed: secret(1), factor: secret(2) | 1)

    init() {
        // Read once for a key: each read asks whether they are made.
        (sum, factor) = Self.secrets
    }

    /// As the standard library seeds its hashes.
    private static func secret(_ number: Int) -> UInt64 {
        UInt64(bitPattern: Int64(number.hashValue))
    }

    mutating func add(_ word: UInt64) {
        let (high, low) = (sum ^ word).multipliedFullWidth(by: factor)
        sum = high ^ low
    }

    mutating func add(_ words: (UInt64, UInt64, UInt64, UInt64)) {
        add(words.0)
        add(words.1)
        add(words.2)
        add(words.3)
    }

    mutating func add(_ account: AccountID) {
        switch account {
        case .ed25519(let key): add(key.storage.words)
        }
    }

    mutating func add(_ address: SCAddress) {
        switch address {
        case .account(let account):
            add(0)
            add(account)
        case .contract(let id):
            add(1)
            add(id.storage.words)
        default: add(UInt64(bitPattern: Int64(address.hashValue)))
        }
    }

    mutating func add(_ value: SCVal) {
        add(UInt64(UInt32(bitPattern: value.discriminant.rawValue)))
        switch value {
        case .ledgerKeyContractInstance: break
        case .u32(let number): add(UInt64(number))
        case .u64(let number): add(number)
        case .symbol(let text): add(text.bytes)
        case .bytes(let content): add(content.bytes)
        case .address(let address): add(address)
        case .vec(let elements?):
            add(UInt64(elements.count))
            for element in elements { add(element) }
        default: add(UInt64(bitPattern: Int64(value.hashValue)))
        }
    }

    private mutating func add(_ bytes: [UInt8]) {
        add(UInt64(bytes.count))
        var word: UInt64 = 0
        for (index, byte) in bytes.enumerated() {
            word = word << 8 | UInt64(byte)
            guard index % 8 == 7 else { continue }
            add(word)
            word = 0
        }
        add(word)
    }
}
