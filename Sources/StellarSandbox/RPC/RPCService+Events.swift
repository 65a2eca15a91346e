internal import StellarXDR

extension RPCService {
    struct EventsParameters: RPCParameters {
        let startLedger: UInt32?
        let endLedger: UInt32?
        let filters: [Filter]
        let pagination: Pagination?
        let xdrFormat: String?

        init(_ fields: RPCFields) throws(RPCError) {
            startLedger = try fields.number("startLedger")
            endLedger = try fields.number("endLedger")
            filters =
                try fields.list("filters") { value, place throws(RPCError) in
                    try Filter(try RPCFields.object(value, at: place))
                } ?? []
            pagination = try Pagination(fields)
            xdrFormat = try fields.text("xdrFormat")
        }

        struct Filter {
            let type: String
            let contractIds: [String]
            let topics: [[String]]

            init(_ fields: RPCFields) throws(RPCError) {
                type = try fields.text("type") ?? ""
                contractIds = try fields.texts("contractIds") ?? []
                topics =
                    try fields.list("topics") { value, place throws(RPCError) in
                        try RPCFields.list(value, at: place, RPCFields.text)
                    } ?? []
            }
        }
    }

    /// What is asked for.
    struct EventSearch {
        let form: XDRForm
        let query: EventQuery
        /// The last place that is searched.
        let last: EventCursor
    }

    func events(_ parameters: EventsParameters) async throws -> JSONWriter {
        let range = try await chain.range
        let wanted = try search(parameters, in: range)
        return try json(try await chain.events(wanted.query), wanted, range)
    }

    /// What `parameters` ask for.
    func search(
        _ parameters: EventsParameters, in range: LedgerRange
    ) throws(RPCError) -> EventSearch {
        let form = try XDRForm(parameters.xdrFormat)
        let wanted = parameters.filters
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
        let limit = try pageLimit(parameters.pagination, default: 100, max: 10_000)
        let (first, start) = try begin(parameters, in: range)
        let end = min(
            parameters.endLedger.flatMap { $0 == 0 ? nil : $0 } ?? .max,
            UInt32(clamping: UInt64(start) + 10_000), range.latest.sequence + 1)
        return EventSearch(
            form: form,
            query: EventQuery(
                after: first, start: start, end: end, filters: filters, countMax: limit),
            last: EventCursor.end(of: max(end, start + 1) - 1))
    }

    /// The answer to a search that found this.
    func json(
        _ found: EventFindings, _ search: EventSearch, _ range: LedgerRange
    ) throws -> JSONWriter {
        let isFull = found.count == search.query.countMax
        let cursor = (isFull ? found.last ?? search.last : search.last).text
        var json = JSONWriter()
        var texts = EventTexts()
        try json.object { json in
            json.name("events")
            try json.array { json in
                for record in try found.records(search.query.filters) {
                    try texts.write(record, search.form, to: &json)
                }
            }
            json.name("cursor")
            json.plain(cursor)
            json.name("latestLedger")
            json.number(range.latest.sequence)
            json.name("oldestLedger")
            json.number(range.oldest.sequence)
            json.name("latestLedgerCloseTime")
            json.plain("\(range.latest.closeTime)")
            json.name("oldestLedgerCloseTime")
            json.plain("\(range.oldest.closeTime)")
        }
        return json
    }

    private func begin(
        _ parameters: EventsParameters, in range: LedgerRange
    ) throws(RPCError) -> (EventCursor?, UInt32) {
        let start = parameters.startLedger ?? 0
        guard let text = parameters.pagination?.cursor, !text.isEmpty else {
            guard start > 0 else { throw .parameters("startLedger must be positive") }
            guard range.contains(start) else { throw outside(range) }
            return (nil, start)
        }
        guard start == 0, (parameters.endLedger ?? 0) == 0 else {
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
