extension UInt128Parts {
    /// The parts of a number.
    public init(_ value: UInt128) {
        self.init(
            hi: UInt64(truncatingIfNeeded: value >> 64), lo: UInt64(truncatingIfNeeded: value))
    }

    /// The number.
    public var value: UInt128 { UInt128(hi) << 64 | UInt128(lo) }
}

extension Int128Parts {
    /// The parts of a number.
    public init(_ value: Int128) {
        self.init(hi: Int64(truncatingIfNeeded: value >> 64), lo: UInt64(truncatingIfNeeded: value))
    }

    /// The number.
    public var value: Int128 { Int128(hi) << 64 | Int128(lo) }
}

extension UInt256Parts {
    /// The number of 32 bytes, the most significant first.
    public init(bytes: Uint256) {
        self.init(
            hiHi: bytes.storage.a, hiLo: bytes.storage.b, loHi: bytes.storage.c,
            loLo: bytes.storage.d)
    }
}

extension Int256Parts {
    /// The number of 32 bytes in two's complement, the most significant first.
    public init(bytes: Uint256) {
        self.init(
            hiHi: Int64(bitPattern: bytes.storage.a), hiLo: bytes.storage.b, loHi: bytes.storage.c,
            loLo: bytes.storage.d)
    }
}

extension SCVal {
    /// A signed number of 128 bits, as amounts of tokens are.
    public static func int128(_ value: Int128) -> SCVal { .i128(Int128Parts(value)) }

    /// An unsigned number of 128 bits.
    public static func uint128(_ value: UInt128) -> SCVal { .u128(UInt128Parts(value)) }
}
