extension UInt32: XDRCodable {
    /// Four.
    public static var xdrSizeMin: Int { 4 }
    /// Reads an `unsigned int`.
    public init(from decoder: inout XDRDecoder) throws(XDRError) { self = try decoder.uint32() }
    /// Writes an `unsigned int`.
    public func encode(into encoder: inout XDREncoder) throws(XDRError) { encoder.uint32(self) }
}

extension Int32: XDRCodable {
    /// Four.
    public static var xdrSizeMin: Int { 4 }
    /// Reads an `int`.
    public init(from decoder: inout XDRDecoder) throws(XDRError) { self = try decoder.int32() }
    /// Writes an `int`.
    public func encode(into encoder: inout XDREncoder) throws(XDRError) { encoder.int32(self) }
}

extension UInt64: XDRCodable {
    /// Eight.
    public static var xdrSizeMin: Int { 8 }
    /// Reads an `unsigned hyper`.
    public init(from decoder: inout XDRDecoder) throws(XDRError) { self = try decoder.uint64() }
    /// Writes an `unsigned hyper`.
    public func encode(into encoder: inout XDREncoder) throws(XDRError) { encoder.uint64(self) }
}

extension Int64: XDRCodable {
    /// Eight.
    public static var xdrSizeMin: Int { 8 }
    /// Reads a `hyper`.
    public init(from decoder: inout XDRDecoder) throws(XDRError) { self = try decoder.int64() }
    /// Writes a `hyper`.
    public func encode(into encoder: inout XDREncoder) throws(XDRError) { encoder.int64(self) }
}

extension Bool: XDRCodable {
    /// Four.
    public static var xdrSizeMin: Int { 4 }
    /// Reads a `bool`.
    public init(from decoder: inout XDRDecoder) throws(XDRError) { self = try decoder.bool() }
    /// Writes a `bool`.
    public func encode(into encoder: inout XDREncoder) throws(XDRError) { encoder.bool(self) }
}

/// An array without a limit of its own.
extension Array: XDRCodable where Element: XDRCodable {
    /// Four: its length.
    public static var xdrSizeMin: Int { 4 }
    /// Reads an array, its length first.
    public init(from decoder: inout XDRDecoder) throws(XDRError) { self = try decoder.array() }
    /// Writes an array, its length first.
    public func encode(into encoder: inout XDREncoder) throws(XDRError) {
        try encoder.array(self)
    }
}

/// A value that may be absent: a Boolean, then the value if it is true.
extension Optional: XDRCodable where Wrapped: XDRCodable {
    /// Four: the Boolean.
    public static var xdrSizeMin: Int { 4 }
    /// Reads whether there is a value, and the value.
    public init(from decoder: inout XDRDecoder) throws(XDRError) {
        self = try decoder.bool() ? try Wrapped(from: &decoder) : nil
    }
    /// Writes whether there is a value, and the value.
    public func encode(into encoder: inout XDREncoder) throws(XDRError) {
        encoder.bool(self != nil)
        try self?.encode(into: &encoder)
    }
}
