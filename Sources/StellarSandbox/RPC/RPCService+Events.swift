internal import StellarXDR

extension RPCService {
    struct EventsParameters: Decodable {
        let startLedger: UInt32?
        let endLedger: UInt32?
        let filters: [Filter]?
        let pagination: Pagination?
        let xdrFormat: String?

        struct Filter: Decodable {
            let type: String?
            let contractIds: [String]?
            let topics: [[String]]?
        }
    }

    /// An event as it is told. There may be thousands in an answer, so they become JSON at once.
    private func json(_ record: EventRecord, _ form: XDRForm) throws -> JSONValue {
        let content = record.content
        let isBase64 = form == .base64
        return [
            "type": record.event.type == .system ? "system" : "contract",
            "ledger": .number(record.cursor.ledger),
            "ledgerClosedAt": .string(record.closeTime.timestamp),
            "contractId": .string(
                record.event.contractID.map { StrKey.encode(.contract($0)) } ?? ""),
            "id": .string(record.cursor.text),
            "operationIndex": .number(record.cursor.operation),
            "transactionIndex": .number(record.cursor.transaction),
            "txHash": .string(record.transactionHash.description),
            "inSuccessfulContractCall": true,
            "topic": try form.texts(content.topics).map { .array($0.map { .string($0) }) },
            "topicJson": try form.jsons(content.topics).map { .array($0) },
            "value": isBase64 ? .string(try content.data.base64()) : nil,
            "valueJson": isBase64 ? nil : try content.data.json(),
        ]
    }

    func events(_ parameters: EventsParameters?) async throws -> JSONValue {
        let form = try XDRForm(parameters?.xdrFormat)
        let wanted = parameters?.filters ?? []
        guard wanted.count <= 5 else {
            throw RPCError.parameters("maximum 5 filters per request")
        }
        var filters: [EventFilter] = []
        for (index, filter) in wanted.enumerated() {
            do throws(FilterFault) {
                filters.append(try EventFilter(filter))
            } catch {
                throw RPCError.parameters("filter \(index + 1) invalid: \(error.reason)")
            }
        }
        let limit = try pageLimit(parameters?.pagination, default: 100, max: 10_000)
        let range = try await chain.range
        let (first, start) = try begin(parameters, in: range)
        let end = min(
            parameters?.endLedger.flatMap { $0 == 0 ? nil : $0 } ?? .max,
            UInt32(clamping: UInt64(start) + 10_000), range.latest.sequence + 1)
        let found = try await chain.events(
            EventQuery(after: first, start: start, end: end, filters: filters, countMax: limit))
        let last = EventCursor.end(of: max(end, start + 1) - 1)
        let cursor = (found.count == limit ? found.last ?? last : last).text
        return [
            "events": .array(try found.records(filters).map { try json($0, form) }),
            "cursor": .string(cursor), "latestLedger": .number(range.latest.sequence),
            "oldestLedger": .number(range.oldest.sequence),
            "latestLedgerCloseTime": .digits(range.latest.closeTime),
            "oldestLedgerCloseTime": .digits(range.oldest.closeTime),
        ]
    }

    private func begin(
        _ parameters: EventsParameters?, in range: LedgerRange
    ) throws(RPCError) -> (EventCursor?, UInt32) {
        let start = parameters?.startLedger ?? 0
        guard let text = parameters?.pagination?.cursor, !text.isEmpty else {
            guard start > 0 else { throw .parameters("startLedger must be positive") }
            guard range.contains(start) else { throw outside(range) }
            return (nil, start)
        }
        guard start == 0, (parameters?.endLedger ?? 0) == 0 else {
            throw .parameters("ledger ranges and cursor cannot both be set")
        }
        guard let cursor = EventCursor(parsing: text) else {
            throw .parameters("invalid event id \(text)")
        }
        guard range.contains(cursor.ledger) else { throw outside(range) }
        return (cursor, cursor.ledger)
    }

    private func outside(_ range: LedgerRange) -> RPCError {
        .request(
            "startLedger must be within the ledger range: "
                + "\(range.oldest.sequence) - \(range.latest.sequence)")
    }
}
