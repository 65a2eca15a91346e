/// How long what is stored lives.
@frozen public enum Durability: UInt64 {
    /// Vanishes when its time is over.
    case temporary = 0
    /// Is put away when its time is over, and can be brought back.
    case persistent = 1
    /// Is part of the contract itself, and loaded with it: few and small things.
    case instance = 2
}

/// What is known of a property that may be `nil`.
public enum Presence {
    /// Something is stored, be it nothing.
    case set
}

/// For how long entries are kept: the one place that says so.
public enum Lifetime {
    /// What lives shorter than this is extended when it is touched: 30 days.
    static var threshold: UInt64 { (30 * ledgersPerDay).word }
    /// To this: 120 days. The host stops at the network's maximum.
    static var target: UInt64 { (120 * ledgersPerDay).word }
    /// A ledger closes every five seconds.
    public static var ledgersPerDay: UInt32 { 17_280 }

    /// Extends the contract itself: its code and what is stored with it.
    @inline(never) public static func extendContract() {
        _ = hostExtendCurrentContractInstanceAndCodeTtl(threshold, target)
    }

    @inline(__always) static func extend(_ key: UInt64) {
        _ = hostExtendContractDataTtl(key, Durability.persistent.rawValue, threshold, target)
    }
}

/// Entries of one kind, each an entry of the ledger with a life of its own.
///
/// Touching a persistent one extends its life (``Lifetime``).
@frozen public struct Table<Key: ContractValue, Element: ContractValue> {
    let name: UInt64
    let durability: Durability

    /// For generated code: `name` is the word of a symbol.
    @inline(__always) public init(name: UInt64, _ durability: Durability) {
        self.name = name
        self.durability = durability
    }

    /// What is kept under the key, or `nil`.
    @inline(__always) public subscript(key: Key) -> Element? {
        get { Optional(stored: read(name, key.value.word, durability.rawValue)) }
        nonmutating set {
            setEntry(makeVec(name, key.value.word).word, newValue?.value, durability)
        }
    }

    /// What is kept under the key, or else `other`.
    @inline(__always) public subscript(key: Key, default other: Element) -> Element {
        let found = read(name, key.value.word, durability.rawValue)
        return Element(stored: found.isVoid ? other.value : found)
    }

    /// Puts something in place of what was read, and so had its life extended, before.
    @inline(__always) public func replace(_ key: Key, with element: Element) {
        replaceEntry(name, key.value.word, element.value, durability.rawValue)
    }

    /// What is kept under the key, to be read and then changed: cheaper than doing either alone.
    @inline(__always) public func load(_ key: Key) -> Entry<Element> {
        Entry(key: makeVec(name, key.value.word).word, durability)
    }
}

/// Entries of one kind that are found by two things.
@frozen
public struct PairTable<First: ContractValue, Second: ContractValue, Element: ContractValue> {
    let name: UInt64
    let durability: Durability

    /// For generated code: `name` is the word of a symbol.
    @inline(__always) public init(name: UInt64, _ durability: Durability) {
        self.name = name
        self.durability = durability
    }

    /// What is kept under the two keys, or `nil`.
    @inline(__always) public subscript(first: First, second: Second) -> Element? {
        get { load(first, second).value }
        nonmutating set {
            setEntry(
                makeVec(name, first.value.word, second.value.word).word, newValue?.value,
                durability)
        }
    }

    /// What is kept under the two keys, or else `other`.
    @inline(__always)
    public subscript(first: First, second: Second, default other: Element) -> Element {
        load(first, second).value(default: other)
    }

    /// What is kept under the two keys, to be read and then changed.
    @inline(__always) public func load(_ first: First, _ second: Second) -> Entry<Element> {
        Entry(key: makeVec(name, first.value.word, second.value.word).word, durability)
    }
}

/// An entry as it was when it was read.
@frozen public struct Entry<Element: ContractValue> {
    let key: UInt64
    let durability: Durability
    /// What was there, as the host sees it.
    public let found: Value

    @inline(__always) init(key: UInt64, _ durability: Durability) {
        self.key = key
        self.durability = durability
        found = entry(key, durability.rawValue)
    }

    /// What was there, or `nil`.
    @inline(__always) public var value: Element? { Optional(stored: found) }

    /// What was there, or else `other`.
    @inline(__always) public func value(default other: Element) -> Element {
        Element(stored: found.isVoid ? other.value : found)
    }

    /// Whether something was there.
    @inline(__always) public var exists: Bool { !found.isVoid }

    /// Puts something there. One that was there had its life extended when it was read.
    @inline(__always) public func save(_ element: Element) {
        putEntry(key, element.value, durability.rawValue, found)
    }

    /// Extends a temporary entry, so that it lives until `ledger`.
    @inline(__always) public func extend(until ledger: UInt32) {
        extendEntry(key, until: ledger)
    }
}

/// What is kept under a key; no value if nothing is, since no value is never kept.
@inline(never) func entry(_ key: UInt64, _ durability: UInt64) -> Value {
    guard hostHasContractData(key, durability) == true.value.word else { return .void }
    if durability == Durability.persistent.rawValue { Lifetime.extend(key) }
    return Value(word: hostGetContractData(key, durability))
}

@inline(never) func read(_ name: UInt64, _ key: UInt64, _ durability: UInt64) -> Value {
    entry(makeVec(name, key).word, durability)
}

@inline(never)
func replaceEntry(_ name: UInt64, _ key: UInt64, _ value: Value, _ durability: UInt64) {
    _ = hostPutContractData(makeVec(name, key).word, value.word, durability)
}

@inline(never)
func putEntry(_ key: UInt64, _ value: Value, _ durability: UInt64, _ found: Value) {
    _ = hostPutContractData(key, value.word, durability)
    if found.isVoid, durability == Durability.persistent.rawValue { Lifetime.extend(key) }
}

@inline(__always) func setEntry(_ key: UInt64, _ value: Value?, _ durability: Durability) {
    if let value {
        putEntry(key, value, durability.rawValue, .void)
    } else {
        _ = hostDelContractData(key, durability.rawValue)
    }
}

@inline(never) func extendEntry(_ key: UInt64, until ledger: UInt32) {
    let life = (ledger - Ledger.sequence).word
    _ = hostExtendContractDataTtl(key, Durability.temporary.rawValue, life, life)
}

/// A single thing that is stored with the contract; for generated code.
public enum InstanceStorage {
    /// What is there: the constructor has put something there, be it nothing.
    @inline(__always) public static func get<Element: ContractValue>(_ name: UInt64) -> Element {
        Element(stored: stored(name))
    }
    /// What is there, be it that nothing ever was.
    @inline(__always) public static func find<Element: ContractValue>(_ name: UInt64) -> Element {
        Element(stored: entry(name, Durability.instance.rawValue))
    }
    /// Puts it there.
    @inline(__always) public static func set(_ name: UInt64, _ value: Value) {
        store(name, value)
    }

    @inline(never) static func stored(_ name: UInt64) -> Value {
        Value(word: hostGetContractData(name, Durability.instance.rawValue))
    }
    @inline(never) static func store(_ name: UInt64, _ value: Value) {
        _ = hostPutContractData(name, value.word, Durability.instance.rawValue)
    }
}
