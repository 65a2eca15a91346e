extension Call {
    /// Calls with arguments that were not known when the contract was compiled, and fails as the
    /// other fails.
    @discardableResult
    @inline(__always)
    public static func function(
        _ name: Symbol, of contract: Address, _ arguments: Vec<Value>
    ) -> Value {
        Value(word: hostCall(contract.value.word, name.value.word, arguments.value.word))
    }
}

extension Value {
    /// Whether it is a list.
    @inline(__always) public var isVec: Bool { tag == Tag.vecObject.rawValue }
}
