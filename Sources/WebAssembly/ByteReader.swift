/// Reads the binary format: LEB128 numbers, names, bytes. Nothing is read past `end`.
struct ByteReader {
    let bytes: [UInt8]
    private(set) var offset: Int
    private(set) var end: Int

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        offset = 0
        end = bytes.count
    }

    var isAtEnd: Bool { offset == end }

    func malformed(_ message: String) -> WasmError {
        WasmError(.parse, .malformed, message, at: offset)
    }

    func error(_ reason: WasmError.Reason, _ message: String) -> WasmError {
        WasmError(.parse, reason, message, at: offset)
    }

    mutating func byte() throws(WasmError) -> UInt8 {
        guard offset < end else { throw malformed("the input ends in the middle of an item") }
        defer { offset += 1 }
        return bytes[offset]
    }

    /// An unsigned LEB128 number of at most 32 bits in at most 5 bytes.
    mutating func u32() throws(WasmError) -> UInt32 {
        let first = try byte()
        if first < 0x80 { return UInt32(first) }
        var value = UInt32(first & 0x7f)
        var shift: UInt32 = 7
        while true {
            let next = try byte()
            if shift == 28, next > 0x0f { throw malformed("a number has more than 32 bits") }
            value |= UInt32(next & 0x7f) << shift
            if next < 0x80 { return value }
            shift += 7
        }
    }

    mutating func index() throws(WasmError) -> Int { Int(try u32()) }

    /// A signed LEB128 number of at most 32 bits in at most 5 bytes.
    mutating func s32() throws(WasmError) -> Int32 {
        Int32(truncatingIfNeeded: try signed(bits: 32))
    }

    /// A signed LEB128 number of at most 64 bits in at most 10 bytes.
    mutating func s64() throws(WasmError) -> Int64 { try signed(bits: 64) }

    private mutating func signed(bits: Int) throws(WasmError) -> Int64 {
        var value: Int64 = 0
        var shift = 0
        while true {
            let next = try byte()
            let payload = Int64(next & 0x7f)
            if shift + 7 > bits {
                // The last byte: what does not fit must repeat the sign.
                let used = bits - shift
                let extension7 = Int64(Int8(bitPattern: next << 1) >> 1) >> Int64(used - 1)
                guard next < 0x80, extension7 == 0 || extension7 == -1 else {
                    throw malformed("a number has more than \(bits) bits")
                }
            }
            value |= payload << Int64(shift)
            shift += 7
            if next < 0x80 {
                return shift < 64 && next & 0x40 != 0 ? value | (-1 << Int64(shift)) : value
            }
        }
    }

    /// How many items follow.
    mutating func count(max limit: Int, of what: String) throws(WasmError) -> Int {
        let count = try index()
        guard count <= limit else {
            throw error(.limitExceeded, "\(count) \(what) are more than \(limit)")
        }
        return count
    }

    /// `count` bytes, whose place is returned; they are not copied.
    mutating func skip(_ count: Int) throws(WasmError) -> Range<Int> {
        guard count <= end - offset else { throw malformed("a length reaches past the end") }
        defer { offset += count }
        return offset..<(offset + count)
    }

    /// A name: a length and that many bytes of UTF-8.
    mutating func name() throws(WasmError) -> String {
        let range = try skip(try count(max: FormatLimit.nameBytes, of: "bytes of a name"))
        guard let name = String(validating: bytes[range], as: UTF8.self) else {
            throw malformed("a name is not UTF-8")
        }
        return name
    }

    /// Limits reading to the next `count` bytes; the result is for ``widen(to:)``.
    mutating func narrow(to count: Int) throws(WasmError) -> Int {
        guard count <= end - offset else { throw malformed("a length reaches past the end") }
        defer { end = offset + count }
        return end
    }

    mutating func widen(to outer: Int) { end = outer }
}
