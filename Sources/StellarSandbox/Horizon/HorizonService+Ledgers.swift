internal import HTTP
internal import StellarXDR

extension HorizonService {
    func ledger(_ text: String) async throws -> HTTPResponse {
        guard let sequence = UInt32(text) else {
            throw HorizonProblem.badRequest("it is no ledger's number", field: "ledger_id")
        }
        guard let ledger = try await chain.ledger(sequence, for: .other) else {
            throw HorizonProblem.notFound
        }
        return .hal(try json(of: ledger))
    }

    func ledgers(_ query: HTTPQuery) async throws -> HTTPResponse {
        let limit = try query.optional("limit", as: Int.self) ?? 10
        guard (1...200).contains(limit) else {
            throw HorizonProblem.badRequest("limit must be between 1 and 200", field: "limit")
        }
        let isDescending = query["order"] == "desc"
        let (oldest, latest) = try await chain.range.ends
        // A cursor is the paging token of a ledger: its number in the upper 32 bits.
        let cursor =
            query["cursor"] == "now"
            ? UInt64(latest) : try query.optional("cursor", as: UInt64.self).map { $0 >> 32 }
        let range =
            isDescending
            ? UInt64(oldest)..<min(cursor ?? .max, UInt64(latest) + 1)
            : max((cursor ?? 0) + 1, UInt64(oldest))..<UInt64(latest) + 1
        let wanted =
            isDescending ? Array(range.suffix(limit).reversed()) : Array(range.prefix(limit))
        var found: [ClosedLedger] = []
        for sequence in wanted {
            if let ledger = try await chain.ledger(UInt32(sequence), for: .other) {
                found.append(ledger)
            }
        }
        return page(
            try found.map(json), of: "/ledgers", after: found.last.map { $0.pagingToken })
    }

    private func json(of ledger: ClosedLedger) throws -> JSONValue {
        let header = ledger.header
        let good = ledger.transactions.filter(\.applied.result.isSuccess)
        func operations(_ records: [TransactionRecord]) -> JSONValue {
            .number(records.reduce(0) { $0 + $1.applied.frame.transaction.operations.count })
        }
        return [
            "_links": ["self": link("/ledgers/\(ledger.sequence)")],
            "id": .string(ledger.hash.description), "paging_token": .string(ledger.pagingToken),
            "hash": .string(ledger.hash.description),
            "prev_hash": .string(header.previousLedgerHash.description),
            "sequence": .number(ledger.sequence),
            "successful_transaction_count": .number(good.count),
            "failed_transaction_count": .number(ledger.transactions.count - good.count),
            "operation_count": operations(good),
            "tx_set_operation_count": operations(ledger.transactions),
            "closed_at": .time(ledger.closeTime), "total_coins": .amount(header.totalCoins),
            "fee_pool": .amount(header.feePool),
            "base_fee_in_stroops": .number(header.baseFee),
            "base_reserve_in_stroops": .number(header.baseReserve),
            "max_tx_set_size": .number(header.maxTxSetSize),
            "protocol_version": .number(header.ledgerVersion),
            "header_xdr": .string(try header.base64()),
        ]
    }
}

extension LedgerRange {
    fileprivate var ends: (oldest: UInt32, latest: UInt32) { (oldest.sequence, latest.sequence) }
}

extension ClosedLedger {
    /// Where a list of ledgers goes on after it.
    var pagingToken: String { String(UInt64(sequence) << 32) }
}
