internal import StellarXDR

/// Where a list goes on, and how long a page is.
struct Pagination {
    let cursor: String?
    let limit: Int?

    /// As the parameters of a method have it, `nil` if they do not.
    init?(_ parameters: RPCFields) throws(RPCError) {
        guard let fields = try parameters.fields("pagination") else { return nil }
        cursor = try fields.text("cursor")
        limit = try fields.number("limit")
    }
}

extension RPCService {
    struct LedgersParameters: RPCParameters {
        let startLedger: UInt32?
        let pagination: Pagination?
        let xdrFormat: String?

        init(_ fields: RPCFields) throws(RPCError) {
            startLedger = try fields.number("startLedger")
            pagination = try Pagination(fields)
            xdrFormat = try fields.text("xdrFormat")
        }
    }

    struct Ledgers: Encodable {
        let ledgers: [Ledger]
        let latestLedger: UInt32
        let latestLedgerCloseTime: UInt64
        let oldestLedger: UInt32
        let oldestLedgerCloseTime: UInt64
        let cursor: String
    }

    struct Ledger: Encodable {
        let hash: String
        let sequence: UInt32
        let ledgerCloseTime: String
        let headerXdr: String
        let headerJson: JSONValue?
        let metadataXdr: String
        let metadataJson: JSONValue?
    }

    func ledgers(_ parameters: LedgersParameters) async throws -> Ledgers {
        let form = try XDRForm(parameters.xdrFormat)
        let range = try await chain.range
        let limit = try pageLimit(parameters.pagination, default: 50, max: 200)
        let start = try firstLedger(
            parameters.startLedger, parameters.pagination?.cursor, in: range
        ) { cursor in
            UInt32(cursor).map { UInt64($0) + 1 }
        }
        var ledgers: [Ledger] = []
        var last = UInt32(clamping: start) &- 1
        for sequence in start..<start + UInt64(limit) {
            guard let sequence = UInt32(exactly: sequence),
                let ledger = try await chain.ledger(sequence)
            else { break }
            last = sequence
            ledgers.append(
                Ledger(
                    hash: ledger.hash.description, sequence: sequence,
                    ledgerCloseTime: String(ledger.closeTime),
                    headerXdr: try form.text(ledger.headerEntry) ?? "",
                    headerJson: try form.json(ledger.headerEntry),
                    metadataXdr: try form.text(ledger.closeMeta) ?? "",
                    metadataJson: try form.json(ledger.closeMeta)))
        }
        return Ledgers(
            ledgers: ledgers, latestLedger: range.latest.sequence,
            latestLedgerCloseTime: range.latest.closeTime, oldestLedger: range.oldest.sequence,
            oldestLedgerCloseTime: range.oldest.closeTime, cursor: String(last))
    }

    /// How long a page may be.
    func pageLimit(
        _ pagination: Pagination?, default usual: Int, max limit: Int
    ) throws(RPCError) -> Int {
        let wanted = pagination?.limit ?? usual
        guard wanted <= limit else { throw .parameters("limit must not exceed \(limit)") }
        guard wanted >= 0 else { throw .parameters("limit must be positive") }
        return wanted == 0 ? usual : wanted
    }

    /// Where a list begins: at the ledger asked for, or behind the cursor.
    func firstLedger(
        _ start: UInt32?, _ cursor: String?, in range: LedgerRange,
        _ after: (String) -> UInt64?
    ) throws(RPCError) -> UInt64 {
        if let cursor, !cursor.isEmpty {
            guard (start ?? 0) == 0 else {
                throw .parameters(
                    "startLedger (\(start ?? 0)) and cursor (\(cursor)) cannot both be set")
            }
            guard let next = after(cursor) else {
                throw .parameters("invalid cursor: \(cursor)")
            }
            // What stood there is forgotten; who goes on would miss it without being told.
            guard next >= range.oldest.sequence else { throw Self.outside(range, start: next) }
            return next
        }
        guard let start, range.contains(start) else {
            throw Self.outside(range, start: UInt64(start ?? 0))
        }
        return UInt64(start)
    }

    private static func outside(_ range: LedgerRange, start: UInt64) -> RPCError {
        .request(
            """
            start ledger (\(start)) must be between the oldest ledger: \
            \(range.oldest.sequence) and the latest ledger: \(range.latest.sequence) for \
            this rpc instance
            """)
    }
}
