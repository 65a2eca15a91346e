internal import StellarXDR

/// A value that does not fit a word. Immutable: whatever changes one makes a new one.
enum HostObject {
    case u64(UInt64)
    case i64(Int64)
    case timepoint(UInt64)
    case duration(UInt64)
    case u128(UInt128)
    case i128(Int128)
    case u256(UInt256)
    case i256(Int256)
    case bytes([UInt8])
    case string([UInt8])
    case symbol([UInt8])
    case vec([Val])
    case map(HostMap)
    case address(HostAddress)
    case muxedAddress(MuxedAccountAddress)
    case executableTag([UInt8])

    var tag: Val.Tag {
        switch self {
        case .u64: .u64Object
        case .i64: .i64Object
        case .timepoint: .timepointObject
        case .duration: .durationObject
        case .u128: .u128Object
        case .i128: .i128Object
        case .u256: .u256Object
        case .i256: .i256Object
        case .bytes: .bytesObject
        case .string: .stringObject
        case .symbol: .symbolObject
        case .vec: .vecObject
        case .map: .mapObject
        case .address: .addressObject
        case .muxedAddress: .muxedAddressObject
        case .executableTag: .executableTagObject
        }
    }
}

/// Whom a contract can name, give to and ask for permission. Accounts come before contracts.
enum HostAddress: Hashable {
    /// An account, by its Ed25519 key.
    case account(Uint256)
    case contract(ContractID)

    /// Negative, zero or positive, as the ledger orders addresses.
    func order(against other: HostAddress) -> Int {
        switch (self, other) {
        case (.account, .contract): -1
        case (.contract, .account): 1
        case (.account(let one), .account(let two)): one.storage.order(against: two.storage)
        case (.contract(let one), .contract(let two)): one.storage.order(against: two.storage)
        }
    }
}

/// An account with a number that tells apart whom it holds for.
struct MuxedAccountAddress: Hashable {
    var id: UInt64
    /// The account's Ed25519 key.
    var key: Uint256

    /// As the ledger orders them: by number, then by key.
    func order(against other: MuxedAccountAddress) -> Int {
        id == other.id
            ? key.storage.order(against: other.key.storage) : id < other.id ? -1 : 1
    }
}

/// Negative, zero or positive; a prefix comes first.
func lexicographicOrder(_ a: [UInt8], _ b: [UInt8]) -> Int {
    for (one, two) in zip(a, b) where one != two { return one < two ? -1 : 1 }
    return a.count == b.count ? 0 : a.count < b.count ? -1 : 1
}
