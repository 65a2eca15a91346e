/// A list, kept by the host and never changed: adding to it makes another.
@frozen public struct Vec<Element: ContractValue>: ContractValue {
    /// As the host sees it.
    public private(set) var value: Value

    /// Reads it; a value of another kind ends the call.
    @inline(__always) public init(_ value: Value) {
        self.value = value.checked(.vecObject)
    }
    /// Reads what this contract itself has stored.
    @inline(__always) public init(stored value: Value) { self.value = value }

    /// The empty list.
    @inline(__always) public init() { value = Value(word: hostVecNew()) }

    /// How many there are.
    public var count: UInt32 { UInt32(stored: Value(word: hostVecLen(value.word))) }

    /// The element at an index that is below ``count``: any other ends the call.
    @inline(__always) public subscript(index: UInt32) -> Element {
        get { Element(value.element(index)) }
        set { value = value.setting(element: index, newValue.value) }
    }

    /// Whether an element is in it.
    @inline(__always) public func contains(_ element: Element) -> Bool {
        hostVecFirstIndexOf(value.word, element.value.word) != Value.void.word
    }

    /// Where an element is first; `nil` if it is not in it.
    @inline(__always) public func firstIndex(of element: Element) -> UInt32? {
        Optional(stored: Value(word: hostVecFirstIndexOf(value.word, element.value.word)))
    }

    /// Adds to the end.
    @inline(__always) public mutating func append(_ element: Element) {
        value = Value(word: hostVecPushBack(value.word, element.value.word))
    }

    #if !arch(wasm32)
        /// How the interface description names it.
        public static var type: SpecificationType { .vec(Element.type) }
        /// Describes the types it is made of.
        public static func define(in specification: inout Specification) {
            Element.define(in: &specification)
        }
    #endif
}

/// A sorted map, kept by the host and never changed: setting a value makes another.
@frozen public struct Map<Key: ContractValue, Element: ContractValue>: ContractValue {
    /// As the host sees it.
    public private(set) var value: Value

    /// Reads it; a value of another kind ends the call.
    @inline(__always) public init(_ value: Value) {
        self.value = value.checked(.mapObject)
    }
    /// Reads what this contract itself has stored.
    @inline(__always) public init(stored value: Value) { self.value = value }

    /// The empty map.
    @inline(__always) public init() { value = Value(word: hostMapNew()) }

    /// How many there are.
    public var count: UInt32 { UInt32(stored: Value(word: hostMapLen(value.word))) }

    /// What is kept under the key, or `nil`.
    @inline(__always) public subscript(key: Key) -> Element? {
        get {
            let word = key.value.word
            guard hostMapHas(value.word, word) == true.value.word else { return nil }
            return Element(Value(word: hostMapGet(value.word, word)))
        }
        set {
            let word = key.value.word
            if let newValue {
                value = Value(word: hostMapPut(value.word, word, newValue.value.word))
            } else if hostMapHas(value.word, word) == true.value.word {
                value = Value(word: hostMapDel(value.word, word))
            }
        }
    }

    #if !arch(wasm32)
        /// How the interface description names it.
        public static var type: SpecificationType { .map(Key.type, Element.type) }
        /// Describes the types it is made of.
        public static func define(in specification: inout Specification) {
            Key.define(in: &specification)
            Element.define(in: &specification)
        }
    #endif
}
