/// A struct of another contract, of which one reads single fields: the other may add to it.
@frozen public struct Record: ContractValue {
    /// As the host sees it.
    public let value: Value

    /// Reads it; a value of another kind ends the call.
    @inline(__always) public init(_ value: Value) {
        self.value = value.checked(.mapObject)
    }

    /// A field; without it the call ends.
    @inline(__always) public func field<Element: ContractValue>(_ name: Symbol) -> Element {
        Element(Value(word: hostMapGet(value.word, name.value.word)))
    }

    #if !arch(wasm32)
        /// How the interface description names it.
        public static var type: SpecificationType { .value }
    #endif
}
