internal import Database
internal import StellarXDR

/// What finds transactions and events in the network's file.
extension LedgerRepository {
    /// Notes a ledger's transactions and events.
    static func index(
        _ ledger: EncodedCommit.Ledger, in transaction: some SQLExecutor
    ) async throws {
        for hash in ledger.hashes {
            try await transaction.execute(
                """
                INSERT INTO transactions (hash, sequence)
                VALUES (\(hash.bytes), \(ledger.sequence))
                ON CONFLICT (hash) DO NOTHING
                """)
        }
        guard let (columns, events) = ledger.events else { return }
        try await transaction.execute(
            """
            INSERT INTO ledger_events (sequence, columns, events)
            VALUES (\(ledger.sequence), \(columns), \(events))
            """)
    }

    /// Takes back the ledgers after `sequence`.
    static func takeBack(after sequence: UInt32, in transaction: some SQLExecutor) async throws {
        try await transaction.execute("DELETE FROM ledgers WHERE sequence > \(sequence)")
        try await transaction.execute("DELETE FROM transactions WHERE sequence > \(sequence)")
        try await transaction.execute("DELETE FROM ledger_events WHERE sequence > \(sequence)")
    }

    /// Forgets the ledgers before `sequence`.
    static func forget(before sequence: UInt32, in transaction: some SQLExecutor) async throws {
        try await transaction.execute("DELETE FROM ledgers WHERE sequence < \(sequence)")
        try await transaction.execute("DELETE FROM transactions WHERE sequence < \(sequence)")
        try await transaction.execute("DELETE FROM ledger_events WHERE sequence < \(sequence)")
    }

    /// Brings a file of an earlier version up to date: it has ledgers, but nothing that finds what
    /// is in them.
    func indexOldLedgers(networkID: Hash) async throws {
        let isIndexed: Bool =
            try await database.value("SELECT indexed FROM networks WHERE id = 1")
            ?? true
        guard !isIndexed, let range = try await range() else { return }
        try await database.transaction { transaction in
            for sequence in range {
                let bytes: [UInt8]? = try await transaction.value(
                    "SELECT close_meta FROM ledgers WHERE sequence = \(sequence)")
                guard let bytes else { continue }
                let ledger = try ClosedLedger(LedgerCloseMeta(xdr: bytes), networkID: networkID)
                try await Self.index(
                    EncodedCommit.Ledger(ledger, closeMeta: bytes), in: transaction)
            }
            try await transaction.execute("UPDATE networks SET indexed = \(true) WHERE id = 1")
        }
    }
}
