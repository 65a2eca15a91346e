import Database
import Stellar
import StellarXDR
import Telemetry
import Travel

/// Reads the events of a book's contracts in order and has the book write them down: nobody else
/// writes there.
///
/// Events and the place reached are stored in one transaction, so each counts once, however often
/// the process dies. One process reads a book at a time.
struct Indexer: Sendable {
    let database: Database
    let escrows: EscrowRepository
    let leases: Leases
    let rpc: SorobanRPC
    /// What is written.
    let book: any EventBook
    /// The ledger the contracts were made in; `nil` if nobody said: then the oldest that there is.
    let firstLedger: UInt32?
    /// Whoever waits for what is written.
    let news: Bell
    /// Who tells accounts what is written.
    let teller: TellLedgerNews
    let holder: String
    let log: Logger
    let now: @Sendable () -> Instant
    var metrics: Metrics?
    let memory = Lock(Memory())

    var books: BookRepository { BookRepository(database: database) }

    /// How many events are read at once.
    static let pageMax = 200
    /// How often it is noted that there was nothing.
    static let silentSeconds: Int64 = 5
    /// How long a process keeps the right to read when it dies. Two that read at once do no harm:
    /// the place reached is looked at again before anything is written.
    static let leaseSeconds: Int64 = 4

    /// Why events cannot be what they are.
    enum Fault: Error, Equatable {
        /// Something happened to a booking that was never made: reading began too late.
        case unknownBooking(UInt64)
        /// The same for anything else: `governance.proposal.7`.
        case unknown(String)
        /// An amount that no token has.
        case amountTooLarge(UInt64?)
        /// Numbers that no ledger has: what the server says is not kept.
        case noLedger(UInt32)
        /// The network does not tell any more what happened in these ledgers: only an older copy of
        /// the database, or a server with a longer memory, helps.
        case gap(Range<UInt32>)
    }

    private var name: String { book.name }

    /// Lets another process read at once, because this one ends.
    func end() async throws(DatabaseError) {
        try await leases.release(lease, by: holder)
    }

    private var lease: String { book.lease }

    /// Whether this process reads the book, for now.
    func isMine() async throws(DatabaseError) -> Bool {
        try await leases.hold(
            lease, for: holder, seconds: Self.leaseSeconds, now: now().seconds) != nil
    }

    /// One round.
    /// - Returns: how many events were new.
    func run() async throws -> Int {
        guard try await isMine() else { return 0 }
        let place = try await escrows.cursor(of: name)
        let beginning = try await beginning(after: place)
        let start: EventStart =
            place?.cursor.map { .cursor($0) } ?? .ledger(place?.ledger ?? beginning.firstLedger)
        let page = try await rpc.events(
            from: start, matching: [EventFilter(contracts: book.contracts)], limit: Self.pageMax)
        try check(page, after: place, beginning)
        // A server that lags behind the one that was asked before: wait for it.
        if let place, page.latestLedger < place.ledger { return 0 }
        let time = now()
        if page.events.isEmpty, let place, place.readAt.seconds(until: time) < Self.silentSeconds {
            return 0
        }
        let count: Int
        do {
            count = try await write(page, after: place, beginning, at: time)
        } catch Fault.unknown(let subject) {
            return try await fill(subject)
        }
        await book.didRead()
        if count > 0 { news.ring() }
        // Afterwards: what was read counts, whether or not that goes well.
        let found = try await seed()
        if found > 0 { await book.didRead() }
        return count + found
    }

    private func write(
        _ page: RPCEventPage, after place: EscrowRepository.Cursor?,
        _ beginning: BookRepository.Beginning, at time: Instant
    ) async throws -> Int {
        try await database.transaction { transaction in
            // Another process may have read on while this one asked.
            guard try await escrows.cursor(of: name, in: transaction) == place else { return 0 }
            try await note(page.events, after: beginning, in: transaction)
            var count = 0
            for event in page.events {
                guard !event.isSystem, let source = event.contract,
                    book.contracts.contains(source)
                else { continue }
                guard try await book.apply(event, in: transaction) else { continue }
                count += 1
                try await teller.tell(
                    book.news(of: event, in: transaction), of: event, in: transaction)
            }
            count += try await book.catchUp(in: transaction)
            let cursor = EscrowRepository.Cursor(
                cursor: page.cursor, ledger: Self.lastWhole(page), readAt: time)
            try await escrows.setCursor(cursor, of: name, in: transaction)
            return count
        }
    }

    /// The last ledger that was read to its end: a full page may stop in the middle of one.
    private static func lastWhole(_ page: RPCEventPage) -> UInt32 {
        guard page.events.count >= pageMax, let last = page.events.last else {
            return page.latestLedger
        }
        return max(1, last.ledger) - 1
    }

    /// What was not read must not be passed over: a network forgets its oldest ledgers.
    private func check(
        _ page: RPCEventPage, after place: EscrowRepository.Cursor?,
        _ beginning: BookRepository.Beginning
    ) throws(Fault) {
        let ledgers = [page.latestLedger] + page.events.map(\.ledger)
        guard ledgers.allSatisfy({ (1..<UInt32.max).contains($0) }) else {
            throw .noLedger(page.latestLedger)
        }
        guard let oldest = page.oldestLedger else { return }
        let next =
            place.map { $0.ledger == .max ? .max : $0.ledger + 1 }
            ?? beginning.firstLedger
        guard oldest <= next else { throw .gap(next..<oldest) }
    }
}
