internal import CPostgreSQL

/// The values of a statement as libpq takes them.
struct PostgreSQLParameters {
    /// The types; 0 lets the server find out, which it must for `NULL`.
    private(set) var types: [Oid] = []
    private var formats: [Int32] = []
    private var contents: [[UInt8]?] = []

    /// - Throws: ``DatabaseError/Code/value``.
    init(_ values: [SQLValue], sql: String) throws(DatabaseError) {
        for value in values {
            try value.check(sql: sql)
            let (type, content): (Oid, [UInt8]?) =
                switch value {
                case .null: (0, nil)
                case .bool(let value): (PostgreSQLType.bool, [UInt8(ascii: value ? "t" : "f"), 0])
                case .integer(let value): (PostgreSQLType.int8, Array("\(value)".utf8) + [0])
                case .real(let value): (PostgreSQLType.float8, Array("\(value)".utf8) + [0])
                case .text(let text): (PostgreSQLType.text, Array(text.utf8) + [0])
                case .blob(let bytes): (PostgreSQLType.bytea, bytes + [0])
                }
            types.append(type)
            contents.append(content)
            formats.append(type == PostgreSQLType.bytea ? 1 : 0)
        }
    }

    /// Calls `body` with counts and pointers that live until it returns.
    func withPointers<Result>(
        _ body: (Int32, [UnsafePointer<CChar>?], [Int32], [Int32]) -> Result
    ) -> Result {
        // One block of memory, so that no pointer outlives what it points to.
        let block = contents.flatMap { $0 ?? [] }
        return block.withUnsafeBytes { bytes in
            var offset = 0
            let pointers = contents.map { content -> UnsafePointer<CChar>? in
                guard let content else { return nil }
                defer { offset += content.count }
                return bytes.baseAddress?.advanced(by: offset).assumingMemoryBound(to: CChar.self)
            }
            // The zero at the end, which text needs, is no part of a blob.
            let lengths = contents.map { Int32(clamping: ($0?.count ?? 1) - 1) }
            return body(Int32(contents.count), pointers, lengths, formats)
        }
    }
}
