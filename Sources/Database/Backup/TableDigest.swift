/// What is in a table, so far as two copies of it can be told apart: how many rows, and a checksum
/// over all of them in any order. Equal on both engines for equal rows.
public struct TableDigest: Codable, Hashable, Sendable {
    /// The table.
    public let name: String
    /// How many rows.
    public let rows: Int
    /// 128 bits in hexadecimal digits. It notices accidents; it is no defence against a forger.
    public let checksum: String
}

/// Reads whole tables in one transaction, some rows at a time.
struct DigestReader {
    let connection: any EngineConnection
    let transaction: Int
    let engine: DatabaseEngine

    /// How many rows are in memory at once.
    private static let pageMax = 1_000

    /// Every table there is, in order of their names.
    func digests() async throws(DatabaseError) -> [TableDigest] {
        let names = try await connection.run(.tableNames, in: transaction).rows
        var digests: [TableDigest] = []
        for (index, row) in names.enumerated() {
            digests.append(try await digest(of: try row.value(at: 0), cursor: "digest_\(index)"))
        }
        return digests
    }

    private func digest(of table: String, cursor: String) async throws(DatabaseError)
        -> TableDigest
    {
        var sum = RowSum()
        switch engine {
        case .sqlite:
            var last = Int64.min
            while true {
                let page = try await connection.run(
                    .page(of: table, after: last, limit: Self.pageMax), in: transaction
                ).rows
                for row in page { sum.add(row.values.dropFirst()) }
                guard page.count == Self.pageMax, let end = page.last else { break }
                last = try end.value(at: 0)
            }
        case .postgreSQL:
            _ = try await connection.run(.open(cursor, on: table), in: transaction)
            while true {
                let page = try await connection.run(
                    .fetch(Self.pageMax, from: cursor), in: transaction
                ).rows
                for row in page { sum.add(row.values[...]) }
                guard page.count == Self.pageMax else { break }
            }
        }
        return TableDigest(name: table, rows: sum.count, checksum: sum.text)
    }
}

/// A sum over rows that does not depend on their order.
private struct RowSum {
    private(set) var count = 0
    private var sums: (UInt64, UInt64) = (0, 0)

    /// Adds a row.
    mutating func add(_ values: ArraySlice<SQLValue>) {
        var bytes: [UInt8] = []
        for value in values { Self.append(value, to: &bytes) }
        count += 1
        sums.0 &+= FNV1a.hash(bytes)
        sums.1 &+= FNV1a.hash(bytes.reversed(), from: 0x9e37_79b9_7f4a_7c15)
    }

    var text: String { FNV1a.text(sums.0) + FNV1a.text(sums.1) }

    /// Kind, length and bytes; a truth is a number, because in SQLite it is one.
    private static func append(_ value: SQLValue, to bytes: inout [UInt8]) {
        let (kind, content): (UInt8, [UInt8]) =
            switch value {
            case .null: (0, [])
            case .bool(let value): (1, Array("\(value ? 1 : 0)".utf8))
            case .integer(let value): (1, Array("\(value)".utf8))
            case .real(let value): (2, Array("\(value)".utf8))
            case .text(let text): (3, Array(text.utf8))
            case .blob(let blob): (4, blob)
            }
        bytes.append(kind)
        bytes += Array("\(content.count):".utf8)
        bytes += content
    }
}

extension SQL {
    fileprivate static let tableNames: SQL = """
        \(sqlite: """
            SELECT name FROM sqlite_master
            WHERE type = 'table' AND name NOT LIKE 'sqlite~_%' ESCAPE '~' ORDER BY name
            """, postgreSQL: """
            SELECT tablename FROM pg_tables
            WHERE schemaname = current_schema() ORDER BY tablename COLLATE "C"
            """)
        """

    // Names of tables come from the catalogue and are quoted; they cannot be bound.

    private static func quoted(_ name: String) -> String {
        "\"\(name.replacing("\"", with: "\"\""))\""
    }

    fileprivate static func page(of table: String, after rowID: Int64, limit: Int) -> SQL {
        let head = SQL(stringLiteral: "SELECT rowid, * FROM \(quoted(table)) WHERE rowid > ")
        return "\(head)\(rowID) ORDER BY rowid LIMIT \(limit)"
    }

    fileprivate static func open(_ cursor: String, on table: String) -> SQL {
        SQL(stringLiteral: "DECLARE \(cursor) NO SCROLL CURSOR FOR SELECT * FROM \(quoted(table))")
    }

    fileprivate static func fetch(_ count: Int, from cursor: String) -> SQL {
        SQL(stringLiteral: "FETCH \(count) FROM \(cursor)")
    }
}
