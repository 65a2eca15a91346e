@inline(never) private func expectAddress(_ word: UInt64) {
    precondition(UInt8(truncatingIfNeeded: word) == Tag.addressObject.rawValue)
}

/// An account or a contract.
@frozen public struct Address: ContractValue, Equatable {
    /// As the host sees it.
    public let value: Value

    /// Reads it; a value of another kind ends the call.
    @inline(__always) public init(_ value: Value) {
        expectAddress(value.word)
        self.value = value
    }
    /// Reads what this contract itself has stored.
    @inline(__always) public init(stored value: Value) { self.value = value }

    /// Whether they are the same.
    @inline(__always) public static func == (a: Address, b: Address) -> Bool {
        hostObjCmp(a.value.word, b.value.word) == 0
    }

    /// Ends the call unless this address agreed to it, with exactly these arguments.
    @inline(__always) public func requireAuthorization() { _ = hostRequireAuth(value.word) }

    /// Ends the call unless this address agreed to it with these arguments instead of its own.
    @inline(__always)
    public func requireAuthorization(for arguments: Value) {
        _ = hostRequireAuthForArgs(value.word, arguments.word)
    }

    #if !arch(wasm32)
        /// How the interface description names it.
        public static var type: SpecificationType { .address }
    #endif
}

/// An address, with the number of a customer of its owner if it is an exchange's or the like.
@frozen public struct MuxedAddress: ContractValue {
    /// As the host sees it.
    public let value: Value

    /// Reads it; a value of another kind ends the call.
    @inline(never) public init(_ value: Value) {
        precondition(
            value.tag == Tag.addressObject.rawValue
                || value.tag == Tag.muxedAddressObject.rawValue)
        self.value = value
    }
    /// Reads what this contract itself has stored.
    @inline(__always) public init(stored value: Value) { self.value = value }

    @inline(__always) var isMuxed: Bool { value.tag == Tag.muxedAddressObject.rawValue }

    /// Who it is, without the number.
    public var address: Address {
        Address(
            stored: isMuxed ? Value(word: hostGetAddressFromMuxedAddress(value.word)) : value)
    }

    /// The number, if there is one.
    public var id: OpaqueUInt64? {
        isMuxed ? OpaqueUInt64(stored: Value(word: hostGetIdFromMuxedAddress(value.word))) : nil
    }

    #if !arch(wasm32)
        /// How the interface description names it.
        public static var type: SpecificationType { .muxedAddress }
    #endif
}
