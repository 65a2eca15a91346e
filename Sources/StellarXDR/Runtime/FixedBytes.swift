/// Room for a known number of bytes, held in the value itself: no allocation, and comparing two is
/// comparing words.
public protocol FixedBytes: Hashable, Comparable, Sendable {
    /// How many bytes.
    static var count: Int { get }
    /// All zeros.
    init()
    /// Reads them.
    init(from decoder: inout XDRDecoder) throws(XDRError)
    /// Writes them.
    func encode(into encoder: inout XDREncoder)
}

/// Four bytes.
public struct Bytes4: FixedBytes {
    var word: UInt32 = 0
    /// Four.
    public static var count: Int { 4 }
    /// All zeros.
    public init() {}
    /// Reads them.
    public init(from decoder: inout XDRDecoder) throws(XDRError) { word = try decoder.uint32() }
    /// Writes them.
    public func encode(into encoder: inout XDREncoder) { encoder.uint32(word) }
    /// In the order of the bytes.
    public static func < (a: Bytes4, b: Bytes4) -> Bool { a.word < b.word }
}

/// Twelve bytes.
public struct Bytes12: FixedBytes {
    var high: UInt32 = 0
    var middle: UInt32 = 0
    var low: UInt32 = 0
    /// Twelve.
    public static var count: Int { 12 }
    /// All zeros.
    public init() {}
    /// Reads them.
    public init(from decoder: inout XDRDecoder) throws(XDRError) {
        high = try decoder.uint32()
        middle = try decoder.uint32()
        low = try decoder.uint32()
    }
    /// Writes them.
    public func encode(into encoder: inout XDREncoder) {
        encoder.uint32(high)
        encoder.uint32(middle)
        encoder.uint32(low)
    }
    /// In the order of the bytes.
    public static func < (a: Bytes12, b: Bytes12) -> Bool {
        (a.high, a.middle, a.low) < (b.high, b.middle, b.low)
    }
}

/// Thirty-two bytes: a hash, a key.
public struct Bytes32: FixedBytes {
    @usableFromInline var a: UInt64 = 0
    @usableFromInline var b: UInt64 = 0
    @usableFromInline var c: UInt64 = 0
    @usableFromInline var d: UInt64 = 0
    /// Thirty-two.
    public static var count: Int { 32 }
    /// All zeros.
    public init() {}
    /// Reads them.
    public init(from decoder: inout XDRDecoder) throws(XDRError) {
        a = try decoder.uint64()
        b = try decoder.uint64()
        c = try decoder.uint64()
        d = try decoder.uint64()
    }
    /// Writes them.
    public func encode(into encoder: inout XDREncoder) {
        encoder.uint64(a)
        encoder.uint64(b)
        encoder.uint64(c)
        encoder.uint64(d)
    }
    /// In the order of the bytes.
    @inlinable
    public static func < (x: Bytes32, y: Bytes32) -> Bool { x.order(against: y) < 0 }

    /// Whether they are the same.
    @inlinable
    public static func == (x: Bytes32, y: Bytes32) -> Bool {
        (x.a ^ y.a) | (x.b ^ y.b) | (x.c ^ y.c) | (x.d ^ y.d) == 0
    }

    /// Negative, zero or positive, in the order of the bytes.
    @inlinable
    public func order(against other: Bytes32) -> Int {
        if a != other.a { return a < other.a ? -1 : 1 }
        if b != other.b { return b < other.b ? -1 : 1 }
        if c != other.c { return c < other.c ? -1 : 1 }
        if d != other.d { return d < other.d ? -1 : 1 }
        return 0
    }

    /// The bytes as numbers of eight bytes each, the most significant byte first.
    @inlinable
    public var words: (UInt64, UInt64, UInt64, UInt64) { (a, b, c, d) }
}
