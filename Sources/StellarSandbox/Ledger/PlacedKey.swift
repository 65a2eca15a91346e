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
        case .contractCode(let key): mixer.add(key.hash.storage.words)
        case .contractData(let key):
            mixer.add(key.contract)
            mixer.add(key.durability == .persistent ? 1 : 0)
            mixer.add(key.key)
        default: mixer.add(UInt64(bitPattern: Int64(hashValue)))
        }
        return UInt(truncatingIfNeeded: mixer.sum)
    }
}

/// Makes one number of many, each of which changes all of its bits.
private struct Mixer {
    private(set) var sum: UInt64 = 0

    mutating func add(_ word: UInt64) {
        sum = (sum ^ word) &* 0x9e37_79b9_7f4a_7c15
        sum ^= sum >> 32
    }

    mutating func add(_ words: (UInt64, UInt64, UInt64, UInt64)) {
        add(words.0)
        add(words.1 ^ words.2 << 1 ^ words.3 << 2)
    }

    mutating func add(_ account: AccountID) {
        switch account {
        case .ed25519(let key): add(key.storage.words)
        }
    }

    mutating func add(_ address: SCAddress) {
        switch address {
        case .account(let account): add(account)
        case .contract(let id): add(id.storage.words)
        default: add(UInt64(bitPattern: Int64(address.hashValue)))
        }
    }

    mutating func add(_ value: SCVal) {
        switch value {
        case .ledgerKeyContractInstance: add(20)
        case .u32(let number): add(UInt64(number))
        case .u64(let number): add(number)
        case .symbol(let text): add(text.bytes)
        case .bytes(let content): add(content.bytes)
        case .address(let address): add(address)
        case .vec(let elements?): for element in elements { add(element) }
        default: add(UInt64(bitPattern: Int64(value.hashValue)))
        }
    }

    private mutating func add(_ bytes: [UInt8]) {
        var word = UInt64(bytes.count)
        for byte in bytes { word = word &* 0x0000_0100_0000_01b3 ^ UInt64(byte) }
        add(word)
    }
}
