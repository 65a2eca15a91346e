/// A type of the protocol that is a fixed number of bytes: `opaque Hash[32]`.
public protocol FixedOpaque: XDRCodable, Comparable, CustomStringConvertible {
    /// Where the bytes are.
    associatedtype Storage: FixedBytes
    /// The bytes.
    var storage: Storage { get set }
    /// A value of these bytes.
    init(storage: Storage)
}

extension FixedOpaque {
    /// How many bytes a value has.
    public static var count: Int { Storage.count }
    /// How many bytes its encoding has.
    public static var xdrSizeMin: Int { Storage.count }

    /// A value of exactly these bytes.
    /// - Throws: ``XDRError/wrongLength(_:expected:)``.
    @inlinable
    public init(_ bytes: some Collection<UInt8>) throws(XDRError) {
        guard bytes.count == Storage.count else {
            throw .wrongLength(bytes.count, expected: Storage.count)
        }
        var decoder = XDRDecoder(bytes)
        self.init(storage: try Storage(from: &decoder))
    }

    /// A value of bytes whose number is known to be right, such as a digest: what is missing would
    /// be zero, what is too much would be cut.
    @inlinable
    public init(fitting bytes: some Collection<UInt8>) {
        self.init(fittingArray: Array(bytes))
    }

    @inlinable
    init(fittingArray bytes: [UInt8]) {
        var fitting = bytes
        if bytes.count != Storage.count {
            let zeros = repeatElement(0 as UInt8, count: max(0, Storage.count - bytes.count))
            fitting = Array(bytes.prefix(Storage.count)) + zeros
        }
        self = (try? Self(fitting)) ?? Self(storage: Storage())
    }

    /// All zeros.
    public static var zero: Self { Self(storage: Storage()) }

    /// The bytes.
    @inlinable
    public var bytes: [UInt8] {
        var encoder = XDREncoder(capacity: Storage.count)
        storage.encode(into: &encoder)
        return encoder.finish()
    }

    /// Reads the bytes.
    public init(from decoder: inout XDRDecoder) throws(XDRError) {
        self.init(storage: try Storage(from: &decoder))
    }

    /// Writes the bytes.
    public func encode(into encoder: inout XDREncoder) throws(XDRError) {
        storage.encode(into: &encoder)
    }

    /// In the order of the bytes.
    @inlinable
    public static func < (a: Self, b: Self) -> Bool { a.storage < b.storage }

    /// The bytes in hexadecimal.
    public var description: String { Hex.encode(bytes) }

    /// A value from hexadecimal text, `nil` if it is not that or has another length.
    public init?(hex text: String) {
        guard let bytes = Hex.decode(text), let value = try? Self(bytes) else { return nil }
        self = value
    }
}
