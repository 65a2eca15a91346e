import Database
import HTTP
import Stellar
import StellarXDR
import Telemetry
import Travel

/// Those who work beside the API.
extension Parts {
    /// Who reads the ledger, a reader a book.
    static func readers(
        _ configuration: TraqoraServer.Configuration, _ escrows: EscrowRepository,
        _ registry: RegistryRepository, _ revisions: RouteRevisions,
        _ teller: TellLedgerNews, leases: Leases,
        rpc: SorobanRPC, news: Bell, holder: String, metrics: Metrics, log: Logger,
        now: @escaping @Sendable () -> Instant
    ) -> (money: Indexer, others: [Indexer]) {
        let reader = { (book: any EventBook) in
            Indexer(
                database: escrows.database, escrows: escrows, leases: leases, rpc: rpc,
                book: book, firstLedger: configuration.firstLedger, news: news, teller: teller,
                holder: holder, log: log, now: now, metrics: metrics)
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
                    booking: configuration.bookingContract,
                    token: configuration.settlementToken))
        }
        let database = escrows.database
        if let ids = configuration.registry {
            others.append(
                RefundBook(
                    refunds: RefundRepository(database: database), contract: ids.refund))
        }
        if let contract = configuration.loyalty {
            others.append(
                LoyaltyBook(loyalty: LoyaltyRepository(database: database), contract: contract))
        }
        if let ids = configuration.governance {
            others.append(
                GovernanceBook(
                    governance: GovernanceRepository(database: database),
                    holdings: HoldingRepository(database: database), ids: ids))
        }
        return (reader(money), others.map(reader))
    }

    /// One turn of a worker: how much was done.
    typealias Round = @Sendable () async throws -> Int

    /// What runs, and how long each waits when there is nothing to do.
    static func loops(
        _ indexer: Indexer, _ readers: [Indexer], _ submitter: Submitter,
        _ sponsor: SponsorWorker,
        _ fulfilment: FulfilmentWorker,
        _ expirer: Expirer, _ settler: Settler, _ keeper: Keeper, _ webhooks: WebhookSender,
        _ tickets: TicketNumbers, _ watch: TripWatch, _ mail: MailWorker?, _ idle: Duration,
        _ bells: Bells,
        _ reports: WorkerReports, _ tracer: Tracer?, _ log: Logger
    ) -> [WorkerLoop] {
        var rounds: [(name: String, pause: Duration, bell: Bell, round: Round)] = [
            ("submitter", idle, bells.submitter, submitter.run),
            ("indexer", idle, bells.indexer, indexer.run),
            ("sponsor", idle, bells.sponsor, sponsor.run),
            ("fulfilment", idle, bells.fulfilment, fulfilment.run),
            // Deadlines are minutes apart; a second is soon enough.
            ("expirer", max(idle, .seconds(1)), Bell(), expirer.run),
            ("webhooks", max(idle, .seconds(1)), Bell(), webhooks.run),
            ("tickets", max(idle, .seconds(5)), Bell(), tickets.run),
            ("changes", max(idle, .seconds(5)), Bell(), watch.run),
            // What they wait for is hours and weeks apart.
            ("settler", max(idle, .seconds(5)), Bell(), settler.run),
            ("keeper", max(idle, .seconds(60)), Bell(), keeper.run),
        ]
        if let mail { rounds.append(("mail", max(idle, .seconds(1)), Bell(), mail.run)) }
        for reader in readers {
            // Nobody waits for these as for a booking.
            rounds.append(
                (
                    "indexer.\(reader.book.subject)", max(idle, .milliseconds(250)), Bell(),
                    reader.run
                ))
        }
        return rounds.map { name, pause, bell, round in
            WorkerLoop(
                name: name, idle: pause, log: log, reports: reports, tracer: tracer, bell: bell,
                round: round)
        }
    }

    /// Who mails travellers, if anybody does.
    static func mailWorker(
        _ configuration: TraqoraServer.Configuration, _ mails: MailRepository, _ news: MailNews?,
        _ read: ReadBooking, _ outbox: Outbox, holder: String, log: Logger,
        now: @escaping @Sendable () -> Instant
    ) -> MailWorker? {
        guard let mail = configuration.mail, let news else { return nil }
        return MailWorker(
            mails: mails, news: news, read: read, outbox: outbox, client: SMTPClient(mail.server),
            sender: mail.sender, tokenSymbol: configuration.tokenSymbol, holder: holder, log: log,
            now: now)
    }
}
