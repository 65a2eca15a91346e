import Cache
import Cryptography
import Database
import FlightSupply
import HTTP
import Stellar
import StellarXDR
import Telemetry
import TraqoraAPI
import Travel

/// What a server is made of, put together in one place; tests put it together here too.
struct Parts: Sendable {
    let bookings: BookingRepository
    let transactions: TransactionRepository
    let escrows: EscrowRepository
    let escrow: EscrowContract
    let update: FulfilmentUpdate
    let identity: Identity
    let router: Router
    let abuse: AbuseCounters
    let supplier: Simulator
    let suppliers: Suppliers
    let indexer: Indexer
    /// Those of the other books.
    let otherReaders: [Indexer]
    let accountTransactions: AccountTransactions
    let sponsorWorker: SponsorWorker
    let submitter: Submitter
    let fulfilment: FulfilmentWorker
    let expirer: Expirer
    let settler: Settler
    let keeper: Keeper
    let events: BookingEvents
    let webhookSender: WebhookSender
    /// `nil` where nobody is mailed.
    let mailWorker: MailWorker?
    let tickets: TicketNumbers
    let watch: TripWatch
    let disputes: DisputeRepository
    let offerAges: OfferAges
    let loops: [WorkerLoop]
    let tracing: Tracing?
    let operators: KnownOperators

    init(
        _ configuration: TraqoraServer.Configuration, database: Database, cache: SharedCache,
        client: HTTPClient, log: Logger, now: @escaping @Sendable () -> Instant,
        random: @escaping @Sendable (Int) -> [UInt8]
    ) {
        let holder = random(8).map { String($0, radix: 16) }.joined()
        let rpc = SorobanRPC(url: configuration.rpcURL, client: client)
        let revisions = RouteRevisions(cache: cache, random: random)
        let bells = Bells()
        let registry = RegistryRepository(database: database)
        supplier = Simulator(configuration: configuration.simulator)
        let metrics = Metrics()
        let searchMetrics = SearchMetrics(metrics: metrics)
        suppliers = Suppliers(
            configuration, simulator: supplier, registry: registry, client: client,
            cache: cache, metrics: searchMetrics, log: log)
        let outbox = Outbox(database)
        let leases = Leases(database)
        bookings = BookingRepository(
            database: database,
            cipher: ColumnCipher(keys: configuration.columnKeys, random: random))
        transactions = TransactionRepository(database: database)
        let webhooks = WebhookRepository(
            database: database,
            cipher: ColumnCipher(keys: configuration.columnKeys, random: random))
        webhookSender = WebhookSender(
            webhooks: webhooks, outbox: outbox, client: .forWebhooks(configuration),
            holder: holder, log: log, now: now)
        escrows = EscrowRepository(database: database)
        escrow = EscrowContract(
            contract: configuration.bookingContract, network: configuration.network, rpc: rpc,
            tokenSymbol: configuration.tokenSymbol)
        let mails = MailRepository(database: database)
        let mailNews = configuration.mail.map { _ in
            MailNews(mails: mails, outbox: outbox, now: now)
        }
        tickets = TicketNumbers(
            bookings: bookings, suppliers: suppliers, outbox: outbox, mail: mailNews,
            holder: holder, log: log, now: now)
        update = FulfilmentUpdate(
            database: database, bookings: bookings, outbox: outbox,
            news: WebhookNews(webhooks: webhooks, outbox: outbox, now: now), mail: mailNews,
            now: now)
        let account = PlatformAccount(
            key: configuration.seller, network: configuration.network, rpc: rpc, leases: leases,
            holder: holder, now: now)
        let chain = BookingOperator(contract: configuration.bookingContract, account: account)
        let readers = Self.readers(
            configuration, escrows, registry, revisions,
            TellLedgerNews(database, outbox, now),
            leases: leases, rpc: rpc, news: bells.fulfilment, holder: holder, metrics: metrics,
            log: log, now: now)
        indexer = readers.money
        otherReaders = readers.others
        let judge = TransactionJudge(rpc: rpc, network: configuration.network, now: now)
        submitter = Submitter(
            transactions: transactions, outbox: outbox, judge: judge,
            indexer: bells.indexer, holder: holder, log: log, now: now)
        let changes = TripChangeRepository(database: database)
        watch = TripWatch(
            bookings: bookings, changes: changes, suppliers: suppliers, update: update,
            mail: mailNews, log: log, now: now)
        fulfilment = FulfilmentWorker(
            bookings: bookings, escrows: escrows, update: update, outbox: outbox,
            suppliers: suppliers, tickets: tickets, changes: changes, chain: chain, escrow: escrow,
            indexer: bells.indexer, holder: holder, log: log, now: now)
        expirer = Expirer(
            bookings: bookings, update: update, chain: chain,
            keys: IdempotencyRepository(database: database), leases: leases, holder: holder,
            log: log, now: now)
        let settlements = SettlementRepository(database: database)
        settler = Settler(
            settlements: settlements, outbox: outbox, chain: chain, holder: holder, log: log,
            now: now)
        keeper = Keeper(
            settlements: settlements, chain: chain, leases: leases, holder: holder, log: log,
            now: now)

        offerAges = OfferAges(
            repository: PersonalDataRepository(database: database), log: log)
        identity = Self.identity(configuration, database, rpc, now: now, random: random)
        let payment = PreparePayment(
            transactions: transactions, signer: QuoteSigner(configuration), escrow: escrow,
            now: now)
        disputes = DisputeRepository(
            database: database,
            cipher: ColumnCipher(keys: configuration.columnKeys, random: random))
        let read = ReadBooking(
            bookings: bookings, transactions: transactions, disputes: disputes, escrow: escrow)
        mailWorker = Self.mailWorker(
            configuration, mails, mailNews, read, outbox, holder: holder, log: log, now: now)
        let queue = SubmissionQueue(
            database: database, transactions: transactions, outbox: outbox,
            submitter: bells.submitter)
        let sponsorships = SponsoringRepository(database: database)
        sponsorWorker = SponsorWorker(
            transactions: transactions, sponsorships: sponsorships, outbox: outbox,
            account: account, judge: judge, holder: holder, log: log, now: now)
        let sponsor = SponsorTransaction(
            limits: configuration.sponsoring, sponsorships: sponsorships,
            transactions: transactions, outbox: outbox, escrow: escrow,
            payer: configuration.seller.accountID, worker: bells.sponsor, now: now,
            random: random)
        accountTransactions = AccountTransactions(
            transactions: transactions, queue: queue, escrow: escrow, sponsor: sponsor, now: now)
        let signing = SignBookingCalls(
            transactions: transactions, escrow: escrow, sponsor: sponsor,
            submission: SubmitTransaction(
                bookings: bookings, transactions: transactions, queue: queue,
                network: configuration.network, now: now), now: now)
        let handlers = BookingHandlers(
            identity: identity, signing: signing,
            create: CreateBooking(
                database: database, suppliers: suppliers, bookings: bookings,
                transactions: transactions, keys: IdempotencyRepository(database: database),
                payment: payment, signing: signing,
                exchange: Exchange(token: configuration.tokenSymbol), now: now, random: random),
            read: read, payment: payment,
            cancel: CancelBooking(escrow: escrow, now: now),
            dispute: DisputeBooking(
                disputes: disputes, transactions: transactions, escrow: escrow, signing: signing,
                now: now),
            claim: ClaimDelay(escrow: escrow, refund: configuration.registry?.refund, now: now))
        events = BookingEvents(read: read)
        tracing = configuration.traces.map {
            Tracing($0, metrics: metrics, log: log, random: random)
        }
        let reports = WorkerReports(now: now)
        operators = KnownOperators(now: now)
        let adminKey = AdministrationKey(key: configuration.adminKey)
        abuse = AbuseCounters(metrics: metrics, cache: cache, log: log)
        let edges = Edges(
            configuration: configuration.edges, identity: identity, cache: cache, key: adminKey,
            operators: operators, abuse: abuse)
        let maintenance = Maintenance(
            repository: MaintenanceRepository(database: database), now: now)
        let gate = AdministrationGate(
            key: adminKey, audit: identity.audit, address: edges.address, now: now)
        let ledger = LedgerHealth(configuration, rpc: rpc, client: client, now: now)
        let workers = WorkerHealth(
            escrows: escrows, readers: [indexer] + otherReaders, leases: leases,
            reports: reports, now: now)
        let health = Self.health(
            database, cache, ledger, workers, maintenance,
            MailHealth(configuration.mail, mails: mails, now: now),
            patience: configuration.healthPatience, now: now)
        let administration = Administration(
            audit: AuditHandlers(gate: gate),
            users: UserHandlers(gate: gate, sessions: identity.sessions),
            bookings: BookingSearchHandlers(
                gate: gate, bookings: bookings, transactions: transactions,
                settle: SettleOrder(
                    bookings: bookings, suppliers: suppliers, update: update, tickets: tickets,
                    now: now)),
            contracts: ContractHandlers(
                gate: gate, rpc: rpc, network: configuration.network,
                contracts: ledger.contracts, token: configuration.settlementToken,
                tokenSymbol: configuration.tokenSymbol),
            jobs: JobHandlers(gate: gate, outbox: outbox, leases: leases, workers: workers),
            maintenance: MaintenanceHandlers(gate: gate, maintenance: maintenance))
        let access = AirlineAccess(
            identity: identity, contract: configuration.registry?.airline, operators: operators)
        let subjects: [[ServedRoute]] = [
            handlers.routes,
            ChangeHandlers(
                identity: identity, read: read, changes: changes,
                decide: DecideChange(
                    bookings: bookings, changes: changes, update: update, now: now)
            ).routes,
            ItineraryHandlers(
                identity: identity, read: read, events: events,
                tokenSymbol: configuration.tokenSymbol
            ).routes,
            WebhookHandlers(
                identity: identity, webhooks: webhooks,
                allowsPlainHTTP: configuration.areWebhooksLocal, now: now, random: random
            ).routes,
            Self.flights(
                configuration, suppliers, searchMetrics, revisions, cache, now: now
            ).routes,
            LedgerEventHandlers(identity, database, events).routes,
            IdentityHandlers(identity: identity).routes, administration.routes,
            Self.views(configuration, database, accountTransactions, now: now),
            access.routes,
            configuration.registry.map { [bookings, escrows, disputes, accountTransactions] in
                Self.airlines(
                    configuration, $0, access, bookings: bookings, escrows: escrows,
                    disputes: disputes, transactions: accountTransactions, now: now)
            } ?? [],
            configuration.testDollars.map(GiveTestDollars.init)?.routes ?? [],
            health.routes, Watching(database: database, metrics: metrics).routes,
        ]
        router = Self.router(
            subjects.flatMap(\.self), edges, maintenance, metrics: metrics,
            tracer: tracing?.tracer, random: random, log: log)
        loops = Self.loops(
            indexer, otherReaders, submitter, sponsorWorker, fulfilment, expirer, settler, keeper,
            webhookSender, tickets, watch, mailWorker, configuration.workerIdle, bells, reports,
            tracing?.tracer, log)
    }

    private static func flights(
        _ configuration: TraqoraServer.Configuration, _ suppliers: Suppliers,
        _ metrics: SearchMetrics, _ revisions: RouteRevisions, _ cache: SharedCache,
        now: @escaping @Sendable () -> Instant
    ) -> FlightHandlers {
        let shop = FlightShop(
            suppliers: suppliers, revisions: revisions,
            memory: FareMemory(cache: cache, now: now),
            lifetimeSeconds: configuration.searchSeconds, now: now)
        return FlightHandlers(
            search: SearchFlights(shop: shop, metrics: metrics, cache: cache),
            calendar: FareCalendar(shop: shop, cache: cache))
    }

    private static func health(
        _ database: Database, _ shared: SharedCache, _ ledger: LedgerHealth,
        _ workers: WorkerHealth, _ maintenance: Maintenance, _ mail: MailHealth,
        patience: Duration, now: @escaping @Sendable () -> Instant
    ) -> CheckHealth {
        CheckHealth(
            database: database, shared: shared, ledger: ledger, workers: workers,
            maintenance: maintenance, mail: mail, patience: patience,
            answers: Cache(
                countMax: 1, lifetimeSeconds: CheckHealth.lifetimeSeconds,
                now: { Double(now().seconds) }),
            now: now)
    }

    private static func identity(
        _ configuration: TraqoraServer.Configuration, _ database: Database, _ rpc: SorobanRPC,
        now: @escaping @Sendable () -> Instant, random: @escaping @Sendable (Int) -> [UInt8]
    ) -> Identity {
        Identity(
            configuration: configuration.identity
                ?? .local(key: configuration.seller, random: random),
            network: configuration.network, rpc: rpc, database: database,
            challenges: ChallengeRepository(database: database),
            sessions: SessionRepository(database: database),
            audit: AuditRepository(database: database), now: now, random: random)
    }
}

extension QuoteSigner {
    /// The platform's signer, for supplier inventory.
    fileprivate init(_ configuration: TraqoraServer.Configuration) {
        self.init(
            seller: .account(configuration.seller.accountID),
            token: .contract(configuration.settlementToken),
            contract: configuration.bookingContract, network: configuration.network.id,
            key: configuration.quoteKey)
    }
}
