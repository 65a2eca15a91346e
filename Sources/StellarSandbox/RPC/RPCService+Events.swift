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

    struct Events: Encodable {
        let events: [Event]
        let cursor: String
        let latestLedger: UInt32
        let oldestLedger: UInt32
        let latestLedgerCloseTime: String
        let oldestLedgerCloseTime: String
    }

    struct Event: Encodable {
        let type: String
        let ledger: UInt32
        let ledgerClosedAt: String
        let contractId: String
        let id: String
        let operationIndex: UInt32
        let transactionIndex: UInt32
        let txHash: String
        let inSuccessfulContractCall = true
        let topic: [String]?
        let topicJson: [JSONValue]?
        let value: String?
        let valueJson: JSONValue?

        private enum CodingKeys: String, CodingKey {
            case type, ledger, ledgerClosedAt, contractId, id, operationIndex, transactionIndex
            case txHash, inSuccessfulContractCall, topic, topicJson, value, valueJson
        }

        init(_ record: EventRecord, _ form: XDRForm) throws {
            let content = record.content
            type = record.event.type == .system ? "system" : "contract"
            ledger = record.cursor.ledger
            ledgerClosedAt = record.closeTime.timestamp
            contractId = record.event.contractID.map { StrKey.encode(.contract($0)) } ?? ""
            id = record.cursor.text
            operationIndex = record.cursor.operation
            transactionIndex = record.cursor.transaction
            txHash = record.transactionHash.description
            topic = try form.texts(content.topics)
            topicJson = try form.jsons(content.topics)
            value = try form.text(content.data)
            valueJson = try form.json(content.data)
        }
    }

    func events(_ parameters: EventsParameters?) async throws -> Events {
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
        let events = try found.records(filters).map { try Event($0, form) }
        let last = EventCursor.end(of: max(end, start + 1) - 1)
        let cursor = (found.count == limit ? found.last ?? last : last).text
        return Events(
            events: events, cursor: cursor, latestLedger: range.latest.sequence,
            oldestLedger: range.oldest.sequence,
            latestLedgerCloseTime: String(range.latest.closeTime),
            oldestLedgerCloseTime: String(range.oldest.closeTime))
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
