import Database
import Stellar
import StellarXDR
import Telemetry
import Travel

/// Those who work beside the API.
extension Parts {
    /// Who reads the ledger, a reader a book.
    static func readers(
        _ configuration: TraqoraServer.Configuration, _ escrows: EscrowRepository,
        _ registry: RegistryRepository, _ revisions: RouteRevisions, leases: Leases,
        rpc: SorobanRPC, holder: String, log: Logger, now: @escaping @Sendable () -> Instant
    ) -> (money: Indexer, others: [Indexer]) {
        let reader = { (book: any EventBook) in
            Indexer(
                database: escrows.database, escrows: escrows, leases: leases, rpc: rpc,
                book: book, firstLedger: configuration.firstLedger, holder: holder, log: log,
                now: now)
        }
        let money = MoneyBook(
            escrows: escrows, contract: configuration.bookingContract,
            registry: configuration.registry.map {
                RegistryBook(
                    escrows: escrows, registry: registry, revisions: revisions, contracts: $0)
            })
        var others: [any EventBook] = []
        if let airline = configuration.registry?.airline {
            others.append(
                AirlineBook(
                    airlines: AirlineRepository(database: escrows.database), contract: airline,
                    booking: configuration.bookingContract))
        }
        return (reader(money), others.map(reader))
    }

    /// What runs, and how long each waits when there is nothing to do.
    static func loops(
        _ indexer: Indexer, _ readers: [Indexer], _ submitter: Submitter,
        _ sponsor: SponsorWorker,
        _ fulfilment: FulfilmentWorker,
        _ expirer: Expirer, _ settler: Settler, _ keeper: Keeper, _ webhooks: WebhookSender,
        _ idle: Duration,
        _ reports: WorkerReports, _ tracer: Tracer?, _ log: Logger
    ) -> [WorkerLoop] {
        var rounds: [(name: String, pause: Duration, round: @Sendable () async throws -> Int)] = [
            ("submitter", idle, submitter.run), ("indexer", idle, indexer.run),
            ("sponsor", idle, sponsor.run), ("fulfilment", idle, fulfilment.run),
            // Deadlines are minutes apart; a second is soon enough.
            ("expirer", max(idle, .seconds(1)), expirer.run),
            ("webhooks", max(idle, .seconds(1)), webhooks.run),
            // What they wait for is hours and weeks apart.
            ("settler", max(idle, .seconds(5)), settler.run),
            ("keeper", max(idle, .seconds(60)), keeper.run),
        ]
        for reader in readers {
            // Nobody waits for these as for a booking.
            rounds.append(
                ("indexer.\(reader.book.subject)", max(idle, .milliseconds(250)), reader.run))
        }
        return rounds.map { name, pause, round in
            WorkerLoop(
                name: name, idle: pause, log: log, reports: reports, tracer: tracer, round: round)
        }
    }
}
