internal import StellarXDR

extension RPCService {
    func transactions(_ parameters: LedgersParameters) async throws -> JSONWriter {
        let form = try XDRForm(parameters.xdrFormat)
        let range = try await chain.range
        let limit = try pageLimit(parameters.pagination, default: 50, max: 200)
        var (afterOrder, cursor): (UInt32, String) = (0, parameters.pagination?.cursor ?? "")
        let start = try firstLedger(parameters.startLedger, cursor, in: range) { text in
            guard let toid = UInt64(text), toid <= UInt64(Int64.max) else { return nil }
            afterOrder = UInt32(truncatingIfNeeded: toid >> 12 & 0xfffff)
            return toid >> 32
        }
        var transactions: [TransactionRecord] = []
        var sequence = UInt32(clamping: start)
        while transactions.count < limit, let ledger = try await chain.ledger(sequence) {
            for record in ledger.transactions where record.order > afterOrder {
                guard transactions.count < limit else { break }
                cursor = String(UInt64(record.ledger) << 32 | UInt64(record.order) << 12)
                transactions.append(record)
            }
            if transactions.count < limit {
                cursor = String(UInt64(sequence) << 32 | 0xfffff << 12)
            }
            (sequence, afterOrder) = (sequence + 1, 0)
        }
        var json = JSONWriter()
        try json.object { (json: inout JSONWriter) throws in
            json.name("transactions")
            try json.array { (json: inout JSONWriter) throws in
                for record in transactions {
                    try json.object { (json: inout JSONWriter) throws in
                        try json.details(of: record, form)
                        json.member("createdAt", record.closeTime)
                    }
                }
            }
            json.member("latestLedger", range.latest.sequence)
            json.member("latestLedgerCloseTimestamp", range.latest.closeTime)
            json.member("oldestLedger", range.oldest.sequence)
            json.member("oldestLedgerCloseTimestamp", range.oldest.closeTime)
            json.name("cursor")
            json.value(.string(cursor))
        }
        return json
    }
}
