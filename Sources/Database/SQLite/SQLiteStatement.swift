internal import CSQLite

/// A prepared statement, finalised when it is let go.
final class SQLiteStatement {
    private let handle: SQLiteHandle
    private let pointer: OpaquePointer
    private var columns: [String] = []
    let sql: String

    init(_ sql: String, on handle: SQLiteHandle) throws(DatabaseError) {
        self.handle = handle
        self.sql = sql
        var prepared: OpaquePointer?
        var rest = ""
        let status = sql.withCString { text in
            var tail: UnsafePointer<CChar>?
            let status = sqlite3_prepare_v3(
                handle.pointer, text, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &prepared, &tail)
            rest = tail.map { String(cString: $0) } ?? ""
            return status
        }
        guard status == SQLITE_OK else { throw handle.error(status, sql: sql) }
        guard let prepared else { throw DatabaseError(.statement, "no statement", sql: sql) }
        guard rest.allSatisfy({ $0.isWhitespace || $0 == ";" }) else {
            sqlite3_finalize(prepared)
            throw DatabaseError(.statement, "more than one statement", sql: sql)
        }
        pointer = prepared
        readColumns()
    }

    deinit {
        sqlite3_finalize(pointer)
    }

    /// Binds, steps to the end, resets.
    func run(_ values: [SQLValue]) throws(DatabaseError) -> StatementResult {
        defer {
            sqlite3_reset(pointer)
            sqlite3_clear_bindings(pointer)
        }
        for (index, value) in values.enumerated() {
            try value.check(sql: sql)
            let status = bind(value, at: Int32(index + 1))
            guard status == SQLITE_OK else { throw handle.error(status, sql: sql) }
        }
        let before = sqlite3_total_changes64(handle.pointer)
        var rows: [Row] = []
        while true {
            let status = sqlite3_step(pointer)
            if status == SQLITE_DONE { break }
            guard status == SQLITE_ROW else { throw handle.error(status, sql: sql) }
            if rows.isEmpty, sqlite3_stmt_status(pointer, SQLITE_STMTSTATUS_REPREPARE, 1) > 0 {
                readColumns()  // The schema has changed since.
            }
            let values = (0..<Int32(columns.count)).map(value)
            rows.append(Row(columns: columns, values: values, sql: sql))
        }
        let changes =
            sqlite3_stmt_readonly(pointer) == 0
                && sqlite3_total_changes64(handle.pointer) != before
            ? Int(sqlite3_changes64(handle.pointer)) : 0
        return StatementResult(rows: rows, changes: changes)
    }

    private func readColumns() {
        columns = (0..<sqlite3_column_count(pointer)).map { index in
            sqlite3_column_name(pointer, index).map { String(cString: $0) } ?? ""
        }
    }

    private func bind(_ value: SQLValue, at index: Int32) -> Int32 {
        switch value {
        case .null: return sqlite3_bind_null(pointer, index)
        case .bool(let value): return sqlite3_bind_int64(pointer, index, value ? 1 : 0)
        case .integer(let value): return sqlite3_bind_int64(pointer, index, value)
        case .real(let value): return sqlite3_bind_double(pointer, index, value)
        case .text(var text):
            return text.withUTF8 { bytes in
                bytes.withMemoryRebound(to: CChar.self) { characters in
                    csqlite_bind_text(
                        pointer, index, characters.baseAddress, Int32(clamping: characters.count))
                }
            }
        case .blob(let bytes):
            return bytes.withUnsafeBytes {
                csqlite_bind_blob(pointer, index, $0.baseAddress, Int32(clamping: $0.count))
            }
        }
    }

    private func value(at index: Int32) -> SQLValue {
        switch sqlite3_column_type(pointer, index) {
        case SQLITE_INTEGER: return .integer(sqlite3_column_int64(pointer, index))
        case SQLITE_FLOAT: return .real(sqlite3_column_double(pointer, index))
        case SQLITE_TEXT:
            guard let text = sqlite3_column_text(pointer, index) else { return .text("") }
            let count = Int(sqlite3_column_bytes(pointer, index))
            return .text(
                String(decoding: UnsafeBufferPointer(start: text, count: count), as: UTF8.self))
        case SQLITE_BLOB:
            guard let bytes = sqlite3_column_blob(pointer, index) else { return .blob([]) }
            let count = Int(sqlite3_column_bytes(pointer, index))
            return .blob([UInt8](UnsafeRawBufferPointer(start: bytes, count: count)))
        default: return .null
        }
    }
}
