public import StellarXDR

extension Bool: SCValConvertible {
    /// From `bool`.
    public init(scVal: SCVal) throws(SCValError) {
        guard case .bool(let value) = scVal else { throw scVal.mismatch(.bool) }
        self = value
    }
    /// As `bool`.
    public var scVal: SCVal { .bool(self) }
}

extension UInt32: SCValConvertible {
    /// From `u32`.
    public init(scVal: SCVal) throws(SCValError) {
        guard case .u32(let value) = scVal else { throw scVal.mismatch(.u32) }
        self = value
    }
    /// As `u32`.
    public var scVal: SCVal { .u32(self) }
}

extension Int32: SCValConvertible {
    /// From `i32`.
    public init(scVal: SCVal) throws(SCValError) {
        guard case .i32(let value) = scVal else { throw scVal.mismatch(.i32) }
        self = value
    }
    /// As `i32`.
    public var scVal: SCVal { .i32(self) }
}

extension UInt64: SCValConvertible {
    /// From `u64`.
    public init(scVal: SCVal) throws(SCValError) {
        guard case .u64(let value) = scVal else { throw scVal.mismatch(.u64) }
        self = value
    }
    /// As `u64`.
    public var scVal: SCVal { .u64(self) }
}

extension Int64: SCValConvertible {
    /// From `i64`.
    public init(scVal: SCVal) throws(SCValError) {
        guard case .i64(let value) = scVal else { throw scVal.mismatch(.i64) }
        self = value
    }
    /// As `i64`.
    public var scVal: SCVal { .i64(self) }
}

extension UInt128: SCValConvertible {
    /// From `u128`.
    public init(scVal: SCVal) throws(SCValError) {
        guard case .u128(let parts) = scVal else { throw scVal.mismatch(.u128) }
        self = parts.value
    }
    /// As `u128`.
    public var scVal: SCVal { .uint128(self) }
}

extension Int128: SCValConvertible {
    /// From `i128`.
    public init(scVal: SCVal) throws(SCValError) {
        guard case .i128(let parts) = scVal else { throw scVal.mismatch(.i128) }
        self = parts.value
    }
    /// As `i128`.
    public var scVal: SCVal { .int128(self) }
}

extension String: SCValConvertible {
    /// From `string`. What is not UTF-8 in it becomes U+FFFD: anybody may put any bytes into a
    /// contract, and whoever reads them must be able to read on. `SCString` has them as they are.
    public init(scVal: SCVal) throws(SCValError) {
        guard case .string(let text) = scVal else { throw scVal.mismatch(.string) }
        self = String(decoding: text.bytes, as: UTF8.self)
    }
    /// As `string`.
    public var scVal: SCVal { .string(SCString(self)) }
}

extension SCSymbol: SCValConvertible {
    /// From `symbol`.
    public init(scVal: SCVal) throws(SCValError) {
        guard case .symbol(let value) = scVal else { throw scVal.mismatch(.symbol) }
        self = value
    }
    /// As `symbol`.
    public var scVal: SCVal { .symbol(self) }
}

extension SCBytes: SCValConvertible {
    /// From `bytes`.
    public init(scVal: SCVal) throws(SCValError) {
        guard case .bytes(let value) = scVal else { throw scVal.mismatch(.bytes) }
        self = value
    }
    /// As `bytes`.
    public var scVal: SCVal { .bytes(self) }
}

extension Hash: SCValConvertible {
    /// From `bytes`, 32 of them.
    public init(scVal: SCVal) throws(SCValError) {
        guard case .bytes(let value) = scVal else { throw scVal.mismatch(.bytes) }
        guard let hash = try? Hash(value.bytes) else {
            throw .wrongCount(value.bytes.count, expected: 32)
        }
        self = hash
    }
    /// As `bytes`.
    public var scVal: SCVal { .bytes(SCBytes(bytes)) }
}

extension SCAddress: SCValConvertible {
    /// From `address`.
    public init(scVal: SCVal) throws(SCValError) {
        guard case .address(let value) = scVal else { throw scVal.mismatch(.address) }
        self = value
    }
    /// As `address`.
    public var scVal: SCVal { .address(self) }
}

extension Array: SCValConvertible where Element: SCValConvertible {
    /// From `vec`.
    public init(scVal: SCVal) throws(SCValError) {
        guard case .vec(let values?) = scVal else { throw scVal.mismatch(.vec) }
        self = []
        reserveCapacity(values.count)
        for value in values { append(try Element(scVal: value)) }
    }
    /// As `vec`.
    public var scVal: SCVal { .vec(map(\.scVal)) }
}

extension Optional: SCValConvertible where Wrapped: SCValConvertible {
    /// From `void` or a value.
    public init(scVal: SCVal) throws(SCValError) {
        if case .void = scVal { self = nil } else { self = try Wrapped(scVal: scVal) }
    }
    /// As `void` or the value.
    public var scVal: SCVal { self?.scVal ?? .void }
}
