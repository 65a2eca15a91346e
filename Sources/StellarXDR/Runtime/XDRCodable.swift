/// A type of the protocol: a value that has exactly one encoding, and an encoding that is of at
/// most one value.
public protocol XDRCodable: Hashable, Sendable {
    /// The fewest bytes that a value takes: what bounds how many can be in an input.
    static var xdrSizeMin: Int { get }
    /// Reads a value where `decoder` stands.
    init(from decoder: inout XDRDecoder) throws(XDRError)
    /// Writes the value at the end of `encoder`.
    /// - Throws: ``XDRError/tooLong(_:limit:at:)`` and its like, where a field exceeds its bound.
    func encode(into encoder: inout XDREncoder) throws(XDRError)
}

extension XDRCodable {
    /// The value whose whole encoding `bytes` are.
    @inlinable
    public init(xdr bytes: some Collection<UInt8>) throws(XDRError) {
        var decoder = XDRDecoder(bytes)
        self = try Self(from: &decoder)
        try decoder.finish()
    }

    /// The encoding.
    @inlinable
    public func xdr() throws(XDRError) -> [UInt8] {
        var encoder = XDREncoder()
        try encode(into: &encoder)
        return encoder.finish()
    }

    /// The length of the encoding, in bytes; nothing is written for it.
    @inlinable
    public func xdrByteCount() throws(XDRError) -> Int {
        var encoder = XDREncoder(isCounting: true)
        try encode(into: &encoder)
        return encoder.count
    }

    /// The value whose whole encoding `text` is, in base64.
    @inlinable
    public init(base64 text: String) throws(XDRError) {
        guard let bytes = Base64.decode(text) else { throw .notBase64 }
        try self.init(xdr: bytes)
    }

    /// The encoding in base64.
    @inlinable
    public func base64() throws(XDRError) -> String {
        Base64.encode(try xdr())
    }
}

/// An enum of the protocol; its raw value is its number on the wire.
public protocol XDREnum: XDRCodable, RawRepresentable<Int32>, CaseIterable {
    /// The type's name in the protocol.
    static var xdrName: String { get }
}

extension XDREnum {
    /// Four.
    @inlinable
    public static var xdrSizeMin: Int { 4 }

    /// Reads a number that must be a case's.
    @inlinable
    public init(from decoder: inout XDRDecoder) throws(XDRError) {
        let number = try decoder.int32()
        guard let value = Self(rawValue: number) else {
            throw .unknownCase(number, of: Self.xdrName, at: decoder.offset - 4)
        }
        self = value
    }

    /// Writes the number.
    @inlinable
    public func encode(into encoder: inout XDREncoder) throws(XDRError) {
        encoder.int32(rawValue)
    }
}
