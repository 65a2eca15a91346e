/// A type of the protocol that is a number of bytes up to a limit: `opaque DataValue<64>`.
///
/// The limit is checked when a value is decoded and when it is encoded.
public protocol VariableOpaque: XDRCodable, ExpressibleByArrayLiteral {
    /// How many bytes at most.
    static var countMax: Int { get }
    /// The bytes.
    var bytes: [UInt8] { get set }
    /// A value of these bytes.
    init(_ bytes: [UInt8])
}

extension VariableOpaque {
    /// Four: the length.
    public static var xdrSizeMin: Int { 4 }

    /// A value of these bytes.
    public init(arrayLiteral bytes: UInt8...) {
        self.init(bytes)
    }

    /// Reads the length and the bytes.
    public init(from decoder: inout XDRDecoder) throws(XDRError) {
        self.init(try decoder.opaque(max: Self.countMax))
    }

    /// Writes the length and the bytes.
    public func encode(into encoder: inout XDREncoder) throws(XDRError) {
        try encoder.opaque(bytes, max: Self.countMax)
    }
}

/// Text of the protocol: bytes that are mostly, but need not be, UTF-8: `string string32<32>`.
public protocol XDRText: VariableOpaque, ExpressibleByStringLiteral, Comparable,
    CustomStringConvertible
{}

extension XDRText {
    /// The text as UTF-8.
    public init(_ text: String) {
        self.init(Array(text.utf8))
    }

    /// The text as UTF-8.
    public init(stringLiteral text: String) {
        self.init(text)
    }

    /// The text; bytes that are not UTF-8 are shown as U+FFFD.
    public var description: String { String(decoding: bytes, as: UTF8.self) }

    /// In the order of the bytes.
    public static func < (a: Self, b: Self) -> Bool { a.bytes.lexicographicallyPrecedes(b.bytes) }
}

/// Text of a field whose limit the field states: `string text<28>`.
public struct XDRString: XDRText {
    /// The bytes.
    public var bytes: [UInt8]
    /// No limit of its own.
    public static var countMax: Int { .max }
    /// Text of these bytes.
    public init(_ bytes: [UInt8]) { self.bytes = bytes }
}

extension XDRDecoder {
    /// Reads text of at most `limit` bytes.
    public mutating func string(max limit: Int = .max) throws(XDRError) -> XDRString {
        XDRString(try opaque(max: limit))
    }
}

extension XDREncoder {
    /// Writes text of at most `limit` bytes.
    public mutating func string(_ text: XDRString, max limit: Int = .max) throws(XDRError) {
        try opaque(text.bytes, max: limit)
    }
}
