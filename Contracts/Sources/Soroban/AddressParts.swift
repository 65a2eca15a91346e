extension Address {
    /// The address that a text names, `G…` or `C…`; any other text ends the call.
    @inline(__always) public init(_ text: HostString) {
        self.init(stored: Value(word: hostStrkeyToAddress(text.value.word)))
    }

    /// As text: `G…` or `C…`.
    @inline(__always) public var text: HostString {
        HostString(stored: Value(word: hostAddressToStrkey(value.word)))
    }

    /// What runs there; `nil` if nothing is there.
    @inline(__always) public var executable: Executable? {
        Optional(Value(word: hostGetAddressExecutable(value.word)))
    }
}

/// What runs at an address.
@ContractType public enum Executable {
    /// A contract of this code.
    case wasm(BytesN<32>)
    /// The contract of a Stellar asset.
    case stellarAsset
    /// An account.
    case account
}

extension MuxedAddress {
    /// An address without a number.
    @inline(__always) public init(_ address: Address) { self.init(stored: address.value) }
}

extension MuxedAddress: Equatable {
    /// Whether they are the same, the number included.
    @inline(__always) public static func == (a: Self, b: Self) -> Bool {
        hostObjCmp(a.value.word, b.value.word) == 0
    }
}
