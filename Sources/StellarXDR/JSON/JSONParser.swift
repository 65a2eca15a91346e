extension JSONValue {
    /// The value that `text` is, in UTF-8.
    /// - Throws: ``XDRJSONError/syntax(at:)``.
    public init(parsing text: some Collection<UInt8>) throws(XDRJSONError) {
        var parser = JSONParser(text: Array(text))
        self = try parser.whole()
    }
}

/// Reads JSON, strictly, with a limit to its depth.
struct JSONParser {
    private static let depthMax = 1000

    let text: [UInt8]
    private var offset = 0
    private var depth = 0

    init(text: [UInt8]) {
        self.text = text
    }

    mutating func whole() throws(XDRJSONError) -> JSONValue {
        let value = try value()
        skipSpace()
        guard offset == text.count else { throw .syntax(at: offset) }
        return value
    }

    private var next: UInt8? { offset < text.count ? text[offset] : nil }

    private mutating func skipSpace() {
        while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
            offset += 1
        }
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        skipSpace()
        guard next == byte else { return false }
        offset += 1
        return true
    }

    private mutating func expect(_ byte: UInt8) throws(XDRJSONError) {
        guard take(byte) else { throw .syntax(at: offset) }
    }

    private mutating func value() throws(XDRJSONError) -> JSONValue {
        skipSpace()
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.depthMax, let first = next else { throw .syntax(at: offset) }
        switch first {
        case 0x7B: return try object()
        case 0x5B: return try array()
        case 0x22: return .string(try string())
        case 0x74: return try word("true", .bool(true))
        case 0x66: return try word("false", .bool(false))
        case 0x6E: return try word("null", .null)
        default: return try number()
        }
    }

    private mutating func word(
        _ word: StaticString, _ value: JSONValue
    ) throws(XDRJSONError) -> JSONValue {
        let bytes = Array("\(word)".utf8)
        guard text[offset...].starts(with: bytes) else { throw .syntax(at: offset) }
        offset += bytes.count
        return value
    }

    private mutating func array() throws(XDRJSONError) -> JSONValue {
        try expect(0x5B)
        var values: [JSONValue] = []
        if take(0x5D) { return .array(values) }
        repeat { values.append(try value()) } while take(0x2C)
        try expect(0x5D)
        return .array(values)
    }

    private mutating func object() throws(XDRJSONError) -> JSONValue {
        try expect(0x7B)
        var members: [JSONValue.Member] = []
        if take(0x7D) { return .object(members) }
        repeat {
            skipSpace()
            let name = try string()
            try expect(0x3A)
            members.append(JSONValue.Member(name, try value()))
        } while take(0x2C)
        try expect(0x7D)
        return .object(members)
    }

    private mutating func number() throws(XDRJSONError) -> JSONValue {
        let start = offset
        if next == 0x2D { offset += 1 }
        let whole = digits()
        guard whole > 0, whole == 1 || text[offset - whole] != 0x30 else {
            throw .syntax(at: start)
        }
        if next == 0x2E {
            offset += 1
            guard digits() > 0 else { throw .syntax(at: start) }
        }
        if next == 0x65 || next == 0x45 {
            offset += 1
            if next == 0x2B || next == 0x2D { offset += 1 }
            guard digits() > 0 else { throw .syntax(at: start) }
        }
        return .number(String(decoding: text[start..<offset], as: UTF8.self))
    }

    private mutating func digits() -> Int {
        let start = offset
        while let byte = next, (0x30...0x39).contains(byte) { offset += 1 }
        return offset - start
    }

    private mutating func string() throws(XDRJSONError) -> String {
        guard next == 0x22 else { throw .syntax(at: offset) }
        offset += 1
        let start = offset
        // Most have nothing escaped in them.
        while let byte = next, byte != 0x22, byte != 0x5C, byte >= 0x20 { offset &+= 1 }
        var bytes = Array(text[start..<offset])
        while let byte = next {
            offset += 1
            switch byte {
            case 0x22:
                guard let string = String(validating: bytes, as: UTF8.self) else {
                    throw .syntax(at: offset)
                }
                return string
            case 0x5C: try escape(into: &bytes)
            case 0..<0x20: throw .syntax(at: offset - 1)
            default: bytes.append(byte)
            }
        }
        throw .syntax(at: offset)
    }

    private mutating func escape(into bytes: inout [UInt8]) throws(XDRJSONError) {
        guard let byte = next else { throw .syntax(at: offset) }
        offset += 1
        switch byte {
        case 0x22, 0x5C, 0x2F: bytes.append(byte)
        case 0x62: bytes.append(0x08)
        case 0x66: bytes.append(0x0C)
        case 0x6E: bytes.append(0x0A)
        case 0x72: bytes.append(0x0D)
        case 0x74: bytes.append(0x09)
        case 0x75:
            var code = try unit()
            if (0xD800...0xDBFF).contains(code) {
                guard next == 0x5C, offset + 1 < text.count, text[offset + 1] == 0x75 else {
                    throw .syntax(at: offset)
                }
                offset += 2
                let low = try unit()
                guard (0xDC00...0xDFFF).contains(low) else { throw .syntax(at: offset) }
                code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
            }
            guard let scalar = Unicode.Scalar(code) else { throw .syntax(at: offset) }
            bytes += Array(String(Character(scalar)).utf8)
        default: throw .syntax(at: offset - 1)
        }
    }

    private mutating func unit() throws(XDRJSONError) -> UInt32 {
        guard offset + 4 <= text.count,
            let bytes = Hex.decode(String(decoding: text[offset..<offset + 4], as: UTF8.self)),
            bytes.count == 2
        else { throw .syntax(at: offset) }
        offset += 4
        return UInt32(bytes[0]) << 8 | UInt32(bytes[1])
    }
}
