import Database
import Stellar
import StellarXDR

/// Where each book begins, and whether anything happened before.
struct BookRepository: Sendable {
    let database: Database

    /// Where a book begins.
    struct Beginning: RowDecodable, Hashable, Sendable {
        /// The first ledger that was read; 0 for one that an older release began.
        var firstLedger: UInt32
        /// Whether that is known to be the beginning, whatever was read since.
        var isAnnounced: Bool
        /// How many contracts were heard of, and how many of them in the middle of their life.
        var contracts: Int
        var truncated: Int
        /// How much was filled in from what the ledger has now, because no event told of it.
        var filled: Int

        init(row: Row) throws(DatabaseError) {
            firstLedger = try row.value("first_ledger")
            isAnnounced = try row.value("is_announced")
            contracts = try row.value("contracts")
            truncated = try row.value("truncated")
            filled = try row.value("filled")
        }
    }

    /// `nil` before the first time.
    func find(_ name: String) async throws(DatabaseError) -> Beginning? {
        try await database.first(
            """
            SELECT first_ledger, is_announced, filled,
                (SELECT COUNT(*) FROM ledger_book_contracts WHERE book = \(name)) AS contracts,
                (SELECT COUNT(*) FROM ledger_book_contracts
                    WHERE book = \(name) AND NOT is_whole) AS truncated
            FROM ledger_books WHERE name = \(name)
            """)
    }

    /// A book begins; who came first counts.
    func begin(_ name: String, in ledger: UInt32, isAnnounced: Bool) async throws(DatabaseError) {
        try await database.execute(
            """
            INSERT INTO ledger_books (name, first_ledger, is_announced, filled)
            VALUES (\(name), \(ledger), \(isAnnounced), 0) ON CONFLICT (name) DO NOTHING
            """)
    }

    /// The first events of a contract were read: from its deployment on, or not.
    func note(
        _ contract: ContractID, in name: String, isWhole: Bool, _ transaction: DatabaseTransaction
    ) async throws(DatabaseError) {
        try await transaction.execute(
            """
            INSERT INTO ledger_book_contracts (book, contract, is_whole)
            VALUES (\(name), \(SCAddress.contract(contract).description), \(isWhole))
            ON CONFLICT (book, contract) DO NOTHING
            """)
    }

    /// The contracts that were heard of.
    func noted(in name: String) async throws(DatabaseError) -> [String] {
        try await database.values(
            "SELECT contract FROM ledger_book_contracts WHERE book = \(name)")
    }

    /// Something was filled in.
    func addFilled(_ count: Int, to name: String) async throws(DatabaseError) {
        try await database.execute(
            "UPDATE ledger_books SET filled = filled + \(count) WHERE name = \(name)")
    }

    /// The book begins anew: in this ledger, or where it finds itself.
    func forget(_ name: String, from ledger: UInt32?, _ transaction: DatabaseTransaction)
        async throws(DatabaseError)
    {
        try await transaction.execute("DELETE FROM ledger_book_contracts WHERE book = \(name)")
        try await transaction.execute("DELETE FROM ledger_books WHERE name = \(name)")
        guard let ledger else { return }
        try await transaction.execute(
            """
            INSERT INTO ledger_books (name, first_ledger, is_announced, filled)
            VALUES (\(name), \(ledger), \(false), 0)
            """)
    }
}
