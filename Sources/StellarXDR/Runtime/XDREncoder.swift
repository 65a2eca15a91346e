/// Writes values into bytes.
public struct XDREncoder: Sendable {
    /// What has been written, and zeros behind it: room for what comes.
    private var room: [UInt8]
    /// How much has been written, in bytes.
    public private(set) var count = 0
    private var depth = 0
    /// Whether nothing is kept of what is written but its length.
    private let isCounting: Bool

    /// An encoder that has written nothing.
    public init(capacity: Int = 512) {
        room = [UInt8](repeating: 0, count: max(capacity, 8))
        isCounting = false
    }

    /// An encoder that keeps nothing, if only the length is wanted.
    @usableFromInline
    init(isCounting: Bool) {
        room = isCounting ? [] : [UInt8](repeating: 0, count: 512)
        self.isCounting = isCounting
    }

    /// What has been written.
    public var bytes: [UInt8] { Array(room.prefix(count)) }

    /// What has been written; the encoder is done.
    public consuming func finish() -> [UInt8] {
        if room.count > count { room.removeLast(room.count &- count) }
        return room
    }

    /// Makes sure that `total` bytes fit.
    private mutating func makeRoom(for total: Int) {
        guard room.count < total else { return }
        room += repeatElement(0, count: max(room.count, total &- room.count))
    }

    /// Writes a number in four bytes, the most significant first.
    public mutating func uint32(_ value: UInt32) {
        let start = count
        count = start &+ 4
        guard !isCounting else { return }
        makeRoom(for: count)
        // Safe: four bytes of room are left behind `start`.
        unsafe room.withUnsafeMutableBytes { all in
            unsafe all.storeBytes(of: value.bigEndian, toByteOffset: start, as: UInt32.self)
        }
    }

    /// Writes a number in eight bytes.
    public mutating func uint64(_ value: UInt64) {
        let start = count
        count = start &+ 8
        guard !isCounting else { return }
        makeRoom(for: count)
        // Safe: eight bytes of room are left behind `start`.
        unsafe room.withUnsafeMutableBytes { all in
            unsafe all.storeBytes(of: value.bigEndian, toByteOffset: start, as: UInt64.self)
        }
    }

    /// Writes a signed number in four bytes.
    public mutating func int32(_ value: Int32) {
        uint32(UInt32(bitPattern: value))
    }

    /// Writes a signed number in eight bytes.
    public mutating func int64(_ value: Int64) {
        uint64(UInt64(bitPattern: value))
    }

    /// Writes a Boolean.
    public mutating func bool(_ value: Bool) {
        uint32(value ? 1 : 0)
    }

    /// Writes `content`, which must have `count` bytes, and zeros up to a multiple of four.
    public mutating func opaque(_ content: [UInt8], count: Int) throws(XDRError) {
        guard content.count == count else {
            throw .wrongLength(content.count, expected: count)
        }
        let start = self.count
        // Room is zero until it is written to: the padding is there.
        self.count = start &+ count &+ (-count & 3)
        guard !isCounting, count > 0 else { return }
        makeRoom(for: self.count)
        // Safe: at least `count` bytes of room are left behind `start`.
        unsafe room.withUnsafeMutableBytes { all in
            unsafe content.withUnsafeBytes { bytes in
                unsafe UnsafeMutableRawBufferPointer(rebasing: all[start...]).copyMemory(
                    from: bytes)
            }
        }
    }

    /// Writes opaque data, its length first.
    public mutating func opaque(_ content: [UInt8], max limit: Int = .max) throws(XDRError) {
        try length(content.count, max: limit)
        try opaque(content, count: content.count)
    }

    /// Writes a length, which is compared with its limit.
    mutating func length(_ count: Int, max limit: Int) throws(XDRError) {
        guard count <= limit, let length = UInt32(exactly: count) else {
            throw .tooLong(count, limit: min(limit, Int(UInt32.max)), at: self.count)
        }
        uint32(length)
    }

    /// Writes an array, its length first.
    public mutating func array<Element: XDRCodable>(
        _ elements: [Element], max limit: Int = .max
    ) throws(XDRError) {
        try length(elements.count, max: limit)
        for element in elements { try element.encode(into: &self) }
    }

    /// Writes an array that must have `count` elements.
    public mutating func array<Element: XDRCodable>(
        _ elements: [Element], count: Int
    ) throws(XDRError) {
        guard elements.count == count else {
            throw .wrongLength(elements.count, expected: count)
        }
        for element in elements { try element.encode(into: &self) }
    }

    /// Goes `levels` deeper.
    /// - Throws: ``XDRError/tooDeep(at:)``.
    public mutating func enter(_ levels: Int = 1) throws(XDRError) {
        depth &+= levels
        guard depth <= XDRDecoder.depthMax else { throw .tooDeep(at: self.count) }
    }

    /// Comes back from `levels`.
    public mutating func leave(_ levels: Int = 1) {
        depth &-= levels
    }
}
