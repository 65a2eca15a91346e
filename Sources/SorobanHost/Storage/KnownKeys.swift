internal import StellarXDR

/// Keys of contract data that were asked for lately, by the words that stood for them. An entry is
/// looked for, read, written and kept alive under one word: its key is made once, and the ledger
/// asked once. A word stands for the same value as long as the invocation lasts.
struct KnownKeys {
    private struct Known {
        let value: Val
        let durability: ContractDataDurability
        let contract: ContractID
        let key: StorageKey
    }

    private static let countMax = 8
    private var known: [Known] = []
    private var next = 0

    /// The key that `value` is in the data of `contract`, if it was asked for.
    func find(
        _ value: Val, _ durability: ContractDataDurability, of contract: ContractID
    ) -> StorageKey? {
        for candidate in known
        where candidate.value == value && candidate.durability == durability
            && candidate.contract == contract
        {
            return candidate.key
        }
        return nil
    }

    /// Remembers a key, in the place of the oldest if there are many.
    mutating func add(
        _ key: StorageKey, of value: Val, _ durability: ContractDataDurability,
        of contract: ContractID
    ) {
        let added = Known(value: value, durability: durability, contract: contract, key: key)
        guard known.count == Self.countMax else {
            known.append(added)
            return
        }
        known[next] = added
        next = (next + 1) % Self.countMax
    }
}
