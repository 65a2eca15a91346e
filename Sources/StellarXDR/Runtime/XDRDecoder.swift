/// Reads values out of bytes, from front to back.
///
/// Every length is compared with its limit and with what is left before memory is taken, so a
/// claim of four billion elements costs nothing, and no input makes it crash.
public struct XDRDecoder: Sendable {
    /// How many levels recursive types may have, one inside the other; the levels are those of the
    /// reference implementation (a value, an optional, an array, its element).
    public static let depthMax = 500

    @usableFromInline let bytes: [UInt8]
    @usableFromInline var depth = 0
    /// How far it has read.
    public private(set) var offset = 0

    /// A decoder at the start of `bytes`.
    @inlinable
    public init(_ bytes: some Collection<UInt8>) {
        self.init(array: Array(bytes))
    }

    @usableFromInline
    init(array: [UInt8]) {
        bytes = array
    }

    /// How many bytes are left.
    public var remaining: Int { bytes.count &- offset }

    /// Checks that nothing is left.
    /// - Throws: ``XDRError/trailing(_:at:)``.
    public func finish() throws(XDRError) {
        guard remaining == 0 else { throw .trailing(remaining, at: offset) }
    }

    /// Reads four bytes as a number, the most significant first.
    public mutating func uint32() throws(XDRError) -> UInt32 {
        let start = offset
        guard remaining >= 4 else { throw .truncated(at: start) }
        offset = start &+ 4
        // Safe: four bytes are left behind `start`, which is never negative.
        return unsafe bytes.withUnsafeBytes { all in
            unsafe UInt32(bigEndian: all.loadUnaligned(fromByteOffset: start, as: UInt32.self))
        }
    }

    /// Reads eight bytes as a number.
    public mutating func uint64() throws(XDRError) -> UInt64 {
        let start = offset
        guard remaining >= 8 else { throw .truncated(at: start) }
        offset = start &+ 8
        // Safe: eight bytes are left behind `start`, which is never negative.
        return unsafe bytes.withUnsafeBytes { all in
            unsafe UInt64(bigEndian: all.loadUnaligned(fromByteOffset: start, as: UInt64.self))
        }
    }

    /// Reads four bytes as a signed number.
    public mutating func int32() throws(XDRError) -> Int32 {
        Int32(bitPattern: try uint32())
    }

    /// Reads eight bytes as a signed number.
    public mutating func int64() throws(XDRError) -> Int64 {
        Int64(bitPattern: try uint64())
    }

    /// Reads a Boolean: 0 or 1 in four bytes, nothing else.
    public mutating func bool() throws(XDRError) -> Bool {
        switch try uint32() {
        case 0: return false
        case 1: return true
        case let value: throw .notBoolean(value, at: offset - 4)
        }
    }

    /// Reads `count` bytes and the zeros that fill them up to a multiple of four.
    public mutating func opaque(count: Int) throws(XDRError) -> [UInt8] {
        let start = offset
        let padding = -count & 3
        guard count <= remaining, count + padding <= remaining else { throw .truncated(at: start) }
        let content = Array(bytes[start..<start + count])
        for index in start + count..<start + count + padding where bytes[index] != 0 {
            throw .padding(at: start)
        }
        offset = start + count + padding
        return content
    }

    /// Reads opaque data of a length that precedes it. RFC 4506 §4.10.
    public mutating func opaque(max limit: Int = .max) throws(XDRError) -> [UInt8] {
        try opaque(count: length(max: limit, size: 1))
    }

    /// Reads a length, and checks it against its limit and against the input: `size` bytes at
    /// least follow for each.
    mutating func length(max limit: Int, size: Int) throws(XDRError) -> Int {
        let start = offset
        let count = Int(clamping: try uint32())
        guard count <= limit else { throw .tooLong(count, limit: limit, at: start) }
        guard count <= remaining / max(size, 1) else { throw .truncated(at: start) }
        return count
    }

    /// Reads an array of a length that precedes it. RFC 4506 §4.13.
    public mutating func array<Element: XDRCodable>(
        of type: Element.Type = Element.self, max limit: Int = .max
    ) throws(XDRError) -> [Element] {
        let count = try length(max: limit, size: Element.xdrSizeMin)
        var elements: [Element] = []
        // An element may be much larger in memory than in the input: what a short input claims is
        // not taken at once.
        elements.reserveCapacity(min(count, 256))
        for _ in 0..<count { elements.append(try Element(from: &self)) }
        return elements
    }

    /// Reads an array of exactly `count` elements.
    public mutating func array<Element: XDRCodable>(
        of type: Element.Type = Element.self, count: Int
    ) throws(XDRError) -> [Element] {
        var elements: [Element] = []
        for _ in 0..<count { elements.append(try Element(from: &self)) }
        return elements
    }

    /// Goes `levels` deeper.
    /// - Throws: ``XDRError/tooDeep(at:)``.
    public mutating func enter(_ levels: Int = 1) throws(XDRError) {
        depth &+= levels
        guard depth <= Self.depthMax else { throw .tooDeep(at: offset) }
    }

    /// Comes back from `levels`.
    public mutating func leave(_ levels: Int = 1) {
        depth &-= levels
    }
}
