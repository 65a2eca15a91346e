internal import StellarXDR

extension RPCService {
    struct ListedTransaction: Encodable {
        let details: TransactionDetails
        let createdAt: UInt64

        private enum Key: String, CodingKey { case createdAt }

        func encode(to encoder: any Encoder) throws {
            try details.encode(to: encoder)
            var container = encoder.container(keyedBy: Key.self)
            try container.encode(createdAt, forKey: .createdAt)
        }
    }

    struct Transactions: Encodable {
        let transactions: [ListedTransaction]
        let latestLedger: UInt32
        let latestLedgerCloseTimestamp: UInt64
        let oldestLedger: UInt32
        let oldestLedgerCloseTimestamp: UInt64
        let cursor: String
    }

    func transactions(_ parameters: LedgersParameters?) async throws -> Transactions {
        let form = try XDRForm(parameters?.xdrFormat)
        let range = try await chain.range
        let limit = try pageLimit(parameters?.pagination, default: 50, max: 200)
        var (afterOrder, cursor): (UInt32, String) = (0, parameters?.pagination?.cursor ?? "")
        let start = try firstLedger(parameters?.startLedger, cursor, in: range) { text in
            guard let toid = UInt64(text), toid <= UInt64(Int64.max) else { return nil }
            afterOrder = UInt32(truncatingIfNeeded: toid >> 12 & 0xfffff)
            return toid >> 32
        }
        var transactions: [ListedTransaction] = []
        var sequence = UInt32(clamping: start)
        while transactions.count < limit, let ledger = try await chain.ledger(sequence) {
            for record in ledger.transactions where record.order > afterOrder {
                guard transactions.count < limit else { break }
                cursor = String(UInt64(record.ledger) << 32 | UInt64(record.order) << 12)
                transactions.append(
                    ListedTransaction(
                        details: try TransactionDetails(record, form), createdAt: record.closeTime))
            }
            if transactions.count < limit {
                cursor = String(UInt64(sequence) << 32 | 0xfffff << 12)
            }
            (sequence, afterOrder) = (sequence + 1, 0)
        }
        return Transactions(
            transactions: transactions, latestLedger: range.latest.sequence,
            latestLedgerCloseTimestamp: range.latest.closeTime,
            oldestLedger: range.oldest.sequence,
            oldestLedgerCloseTimestamp: range.oldest.closeTime, cursor: cursor)
    }
}
