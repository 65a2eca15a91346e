/// How a call of another contract ended.
@frozen public enum Outcome<Success> {
    /// With this.
    case success(Success)
    /// It failed, and nothing remains of what it did.
    case failure(Failure)

    /// The same of something that is made of the result.
    @inline(__always)
    public func map<Other>(_ transform: (Success) -> Other) -> Outcome<Other> {
        switch self {
        case .success(let success): .success(transform(success))
        case .failure(let failure): .failure(failure)
        }
    }

    /// The result, or `nil`.
    @inline(__always) public var success: Success? {
        if case .success(let success) = self { success } else { nil }
    }
}

/// An error as the host sees it: of a contract, with its number, or of the host.
@frozen public struct Failure: ContractValue, Equatable {
    /// As the host sees it.
    public let value: Value

    /// Reads it; a value of another kind ends the call.
    @inline(__always) public init(_ value: Value) { self.value = value.checked(.error) }

    /// A contract's own.
    @inline(__always) public init(code: UInt32) { value = Value(.error, major: code) }

    /// The number of a contract's own error; `nil` for one of the host.
    @inline(__always) public var code: UInt32? {
        UInt32(truncatingIfNeeded: value.word) == UInt32(Tag.error.rawValue)
            ? UInt32(truncatingIfNeeded: value.word >> 32) : nil
    }

    /// Whether it is this one of a contract's own.
    @inline(__always)
    public func `is`<Other: ContractError & RawRepresentable>(_ error: Other) -> Bool
    where Other.RawValue == UInt32 {
        self == Failure(code: error.rawValue)
    }

    /// Whether they are the same.
    @inline(__always) public static func == (a: Self, b: Self) -> Bool {
        a.value.word == b.value.word
    }

    #if !arch(wasm32)
        /// How the interface description names it.
        public static var type: SpecificationType { .error }
    #endif
}

extension Call {
    /// Calls, and says how it ended. `arguments` is a list.
    @inline(__always)
    public static func catchFunction(
        _ name: Symbol, of contract: Address, _ arguments: Value
    ) -> Outcome<Value> {
        let result = Value(
            word: hostTryCall(contract.value.word, name.value.word, arguments.word))
        return result.tag == Tag.error.rawValue ? .failure(Failure(result)) : .success(result)
    }
}
