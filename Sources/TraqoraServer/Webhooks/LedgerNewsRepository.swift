public import Database
import Stellar
import StellarXDR
public import TraqoraAPI
import Travel

/// What happened on the ledger and accounts are told of, in one order for all that read it.
struct LedgerNewsRepository: Sendable {
    let database: Database

    /// How many are given at once.
    static let pageMax = 100

    /// Keeps one, unless it was kept before: also when a book is written again.
    /// - Returns: its number, greater than that of any that was committed before; `nil` if it is
    ///   no news.
    func add(
        _ news: LedgerNews, _ event: RPCEvent, _ place: EventPlace,
        in transaction: DatabaseTransaction
    ) async throws -> Int64? {
        let contract = event.contract.map { SCAddress.contract($0).description } ?? ""
        let id = "\(contract).\(place.id).\(news.topic.rawValue)"
        let isKnown = try await transaction.value(
            "SELECT COUNT(*) FROM ledger_news WHERE event_id = \(id)", as: Int.self)
        guard isKnown == 0 else { return nil }
        // Whoever comes later waits here until this transaction is over: so nobody who reads on
        // from a number misses a smaller one.
        try await transaction.execute("UPDATE ledger_news_count SET number = number + 1")
        let number = try await transaction.value(
            "SELECT number FROM ledger_news_count", as: Int64.self)
        guard let number else { return nil }
        try await transaction.execute(
            """
            INSERT INTO ledger_news (number, event_id, topic, name, account, airline, proposal,
                escrow_id, flight_id, happened_at, transaction_hash)
            VALUES (\(number), \(id), \(news.topic), \(news.name), \(news.account),
                \(news.airline), \(news.proposal), \(Self.signed(news.escrowID)),
                \(Self.signed(news.flightID)),
                \(place.time), \(place.transactionHash))
            """)
        return number
    }

    /// As a column has it.
    private static func signed(_ number: UInt64?) -> Int64? {
        number.map { Int64(bitPattern: $0) }
    }

    /// The last number there is.
    func last() async throws(DatabaseError) -> Int64 {
        try await database.value("SELECT number FROM ledger_news_count", as: Int64.self) ?? 0
    }

    /// What an account may be told of, of these topics, behind a number.
    func all(
        for account: String, _ topics: Set<EventTopic>, after number: Int64
    ) async throws(DatabaseError) -> [LedgerEventResponse] {
        let known = topics.map(\.rawValue).sorted().joined(separator: ",")
        return try await database.all(
            """
            SELECT \(Self.columns) FROM ledger_news
            WHERE number > \(number) AND ',' || \(known) || ',' LIKE '%,' || topic || ',%'
                AND (topic = 'governance' OR account = \(account)
                    OR account IS NULL AND airline IS NULL
                    OR topic = 'airlines' AND airline IN (
                        SELECT code FROM airlines WHERE owner = \(account)
                        UNION SELECT code FROM airline_operators WHERE account = \(account)))
            ORDER BY number LIMIT \(Self.pageMax)
            """)
    }

    private static let columns: SQL = """
        number, topic, name, account, airline, proposal, escrow_id, flight_id, happened_at,
        transaction_hash
        """

    /// The addresses that are told of one: subscribed to its topic, older than it, and of accounts
    /// that it concerns.
    func webhooks(for news: LedgerNews, at time: Instant, in transaction: DatabaseTransaction)
        async throws(DatabaseError) -> [String]
    {
        let concerned: SQL =
            switch news.topic {
            case .bookings: "1 = 0"
            case .governance: "1 = 1"
            case .refunds, .loyalty:
                news.account == nil ? "1 = 1" : "webhooks.owner = \(news.account)"
            case .airlines:
                """
                (webhooks.owner = \(news.account) OR webhooks.owner IN (
                    SELECT owner FROM airlines WHERE code = \(news.airline)
                    UNION SELECT account FROM airline_operators WHERE code = \(news.airline)))
                """
            }
        return try await transaction.run(
            """
            SELECT webhooks.id FROM webhooks
            JOIN webhook_topics ON webhook_topics.webhook_id = webhooks.id
            WHERE webhook_topics.topic = \(news.topic) AND webhooks.created_at <= \(time)
                AND \(concerned)
            ORDER BY webhooks.id
            """
        ).rows.map { row throws(DatabaseError) in try row.value("id") }
    }
}

extension EventTopic: SQLConvertible {}
extension LedgerEventName: SQLConvertible {}

extension LedgerEventResponse: RowDecodable {
    /// One as it was kept.
    public init(row: Row) throws(DatabaseError) {
        self.init(
            number: try row.value("number"), topic: try row.value("topic"),
            name: try row.value("name"), account: try row.value("account"),
            airline: try row.value("airline"), proposal: try row.value("proposal"),
            escrowID: try row.value("escrow_id", as: Int64?.self).map(UInt64.init(bitPattern:)),
            flightID: try row.value("flight_id", as: Int64?.self).map(UInt64.init(bitPattern:)),
            at: try row.value("happened_at"), transaction: try row.value("transaction_hash"))
    }
}
