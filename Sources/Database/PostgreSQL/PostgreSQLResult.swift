internal import CPostgreSQL

/// What the server answered to one statement, freed when it is let go.
final class PostgreSQLResult {
    private let pointer: OpaquePointer

    init(_ pointer: OpaquePointer) { self.pointer = pointer }

    deinit { PQclear(pointer) }

    /// Whether it is the mark behind statements that were sent together.
    var isSync: Bool { PQresultStatus(pointer) == PGRES_PIPELINE_SYNC }

    /// The fault it reports, if it does.
    func error(sql: String?) -> DatabaseError? {
        let status = PQresultStatus(pointer)
        if status == PGRES_EMPTY_QUERY {
            return DatabaseError(.statement, "no statement", sql: sql)
        }
        guard status == PGRES_FATAL_ERROR || status == PGRES_BAD_RESPONSE else { return nil }
        let text = { (field: UnsafePointer<CChar>?) in field.map { String(cString: $0) } ?? "" }
        return DatabaseError(
            sqlState: text(cpostgresql_sqlstate(pointer)),
            message: text(cpostgresql_message(pointer)),
            source: text(cpostgresql_source(pointer)), sql: sql)
    }

    /// Rows and changes.
    func statementResult(sql: String) -> StatementResult {
        let columnCount = PQnfields(pointer)
        let columns = (0..<columnCount).map { index in
            PQfname(pointer, index).map { String(cString: $0) } ?? ""
        }
        let types = (0..<columnCount).map { PQftype(pointer, $0) }
        let rows = (0..<PQntuples(pointer)).map { row in
            Row(
                columns: columns,
                values: (0..<columnCount).map { column in
                    value(row, column, type: types[Int(column)])
                }, sql: sql)
        }
        return StatementResult(rows: rows, changes: changes)
    }

    private var changes: Int {
        // A `SELECT` counts its rows there, which are no changes.
        let command = PQcmdStatus(pointer).map { String(cString: $0) } ?? ""
        guard ["INSERT", "UPDATE", "DELETE", "MERGE"].contains(where: command.hasPrefix) else {
            return 0
        }
        return PQcmdTuples(pointer).flatMap { Int(String(cString: $0)) } ?? 0
    }

    private func value(_ row: Int32, _ column: Int32, type: Oid) -> SQLValue {
        guard PQgetisnull(pointer, row, column) == 0, let start = PQgetvalue(pointer, row, column)
        else { return .null }
        let count = Int(PQgetlength(pointer, row, column))
        let bytes = UnsafeRawBufferPointer(start: start, count: count)
        let text = { String(decoding: bytes, as: UTF8.self) }
        switch type {
        case PostgreSQLType.bool: return .bool(bytes.first == UInt8(ascii: "t"))
        case PostgreSQLType.int8, PostgreSQLType.int4, PostgreSQLType.int2:
            return Int64(text()).map(SQLValue.integer) ?? .text(text())
        case PostgreSQLType.float8, PostgreSQLType.float4:
            return Double(text()).map(SQLValue.real) ?? .text(text())
        case PostgreSQLType.numeric:
            // What `SUM` and `AVG` of integers give.
            if let integer = Int64(text()) { return .integer(integer) }
            return Double(text()).map(SQLValue.real) ?? .text(text())
        case PostgreSQLType.bytea: return .blob(Self.blob(bytes))
        default: return .text(text())
        }
    }

    /// `\x` and hexadecimal digits, which is how the server writes `BYTEA` as text.
    private static func blob(_ digits: UnsafeRawBufferPointer) -> [UInt8] {
        let nibble = { (byte: UInt8) in byte < 0x3a ? byte &- 0x30 : (byte | 0x20) &- 0x57 }
        return stride(from: 2, to: digits.count - 1, by: 2).map { index in
            nibble(digits[index]) << 4 | nibble(digits[index + 1])
        }
    }
}

/// The numbers of the types that are sent or read as more than text.
enum PostgreSQLType {
    static let bool: Oid = 16
    static let bytea: Oid = 17
    static let int8: Oid = 20
    static let int2: Oid = 21
    static let int4: Oid = 23
    static let text: Oid = 25
    static let float4: Oid = 700
    static let float8: Oid = 701
    static let numeric: Oid = 1700
}
