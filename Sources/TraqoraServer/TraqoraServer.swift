public import Cache
public import Cryptography
public import Database
public import FlightSupply
public import HTTP
public import Stellar
public import StellarXDR
public import Telemetry
import TraqoraAPI
public import Travel

/// The service: the API over HTTP and the workers beside it, over one database.
///
/// Any number of processes may run one over the same database.
public final class TraqoraServer: Sendable {
    /// What has to be known to run one.
    public struct Configuration: Sendable {
        /// Where and how to listen.
        public var http: HTTPServer.Configuration
        /// The network the contracts are on.
        public var network: Network
        /// The network's RPC server.
        public var rpcURL: String
        /// The Booking contract.
        public var bookingContract: ContractID
        /// The ledger in which the contracts were made, where reading begins; if it is not known
        /// (`nil`), at the oldest that the network's server has.
        public var firstLedger: UInt32?
        /// The settlement token.
        public var settlementToken: ContractID
        /// The token's symbol, for people.
        public var tokenSymbol: String
        /// The account that sells supplier inventory and tickets it on the ledger.
        public var seller: KeyPair
        /// The key that signs quotes, as registered with the contract for the seller.
        public var quoteKey: Ed25519.PrivateKey
        /// The keys that seal personal data.
        public var columnKeys: ColumnKeys
        /// The simulator.
        public var simulator: Simulator.Configuration
        /// How long a worker waits when there is nothing to do.
        public var workerIdle: Duration
        /// What airlines sell on the ledger; `nil` leaves that out.
        public var registry: RegistryContracts?
        /// The test dollars of a standalone network; `nil` on any other.
        public var testDollars: TestDollars?
        /// How people sign in; `nil` for a server on one machine.
        public var identity: Identity.Configuration?
        /// Opens the routes of administration; without one they are closed.
        public var adminKey: Secret?
        /// Who may ask from where, and how often.
        public var edges = Edges.Configuration()
        /// How long the answer to a search is given again.
        public var searchSeconds = 60
        /// Who is asked for flights.
        public var suppliers = SupplierSettings()
        /// The network's Horizon server, whose state is told; `nil` where there is none.
        public var horizonURL: String?
        /// How old the network's newest ledger may be; `nil` where one closes when it has to.
        public var ledgerAgeSecondsMax: Int64?
        /// How long each look of `/health` may take.
        public var healthPatience = Duration.seconds(3)
        /// Contracts beside those above whose state is told, by name.
        public var otherContracts: [(name: String, id: ContractID)] = []
        /// Where points are counted; `nil` leaves that out.
        public var loyalty: ContractID?
        /// By which contracts the holders of the token decide; `nil` leaves that out.
        public var governance: GovernanceContracts?
        /// How far the network's fees are paid for others; `nil` for not at all.
        public var sponsoring: Sponsoring?
        /// Where traces go; `nil` for nowhere.
        public var traces: TraceConfiguration?

        /// Whether accounts may name addresses of this network, and without encryption, to be told
        /// of their bookings: on a developer's machine.
        public var areWebhooksLocal = false
        /// Where mail to travellers goes out; `nil` mails nobody.
        public var mail: MailConfiguration?

        /// A configuration.
        public init(
            http: HTTPServer.Configuration, network: Network, rpcURL: String,
            bookingContract: ContractID, firstLedger: UInt32?, settlementToken: ContractID,
            tokenSymbol: String, seller: KeyPair, quoteKey: Ed25519.PrivateKey,
            columnKeys: ColumnKeys, simulator: Simulator.Configuration = .init(),
            workerIdle: Duration = .milliseconds(100), registry: RegistryContracts? = nil,
            testDollars: TestDollars? = nil, identity: Identity.Configuration? = nil
        ) {
            self.http = http
            self.network = network
            self.rpcURL = rpcURL
            self.bookingContract = bookingContract
            self.firstLedger = firstLedger
            self.settlementToken = settlementToken
            self.tokenSymbol = tokenSymbol
            self.seller = seller
            self.quoteKey = quoteKey
            self.columnKeys = columnKeys
            self.simulator = simulator
            self.workerIdle = workerIdle
            self.registry = registry
            self.testDollars = testDollars
            self.identity = identity
        }
    }

    let parts: Parts
    private let server: HTTPServer
    private let handler: @Sendable (HTTPRequest) async -> HTTPResponse
    private let log: Logger
    private let workers = Lock<Task<Void, Never>?>(nil)

    /// A server over `database`, whose schema must be ``Migrations/all``.
    /// - Parameters:
    ///   - cache: what may be lost.
    ///   - now: the time.
    ///   - random: that many unpredictable bytes.
    public init(
        _ configuration: Configuration, database: Database, cache: SharedCache,
        client: HTTPClient, log: Logger, now: @escaping @Sendable () -> Instant,
        random: @escaping @Sendable (Int) -> [UInt8] = SecureRandom.bytes
    ) {
        parts = Parts(
            configuration, database: database, cache: cache, client: client, log: log, now: now,
            random: random)
        self.log = log
        handler = parts.router.handler()
        server = HTTPServer(
            configuration.http, refuse: parts.router.refuser(), unreadable: parts.abuse.unreadable,
            handler: handler)
    }

    /// Answers one request, without a socket.
    public func respond(to request: HTTPRequest) async -> HTTPResponse {
        await handler(request)
    }

    /// Listens, and starts the workers.
    /// - Returns: the port.
    public func start() async throws -> Int {
        let port = try await server.start()
        parts.tracing?.sender.start()
        let (loops, ages) = (parts.loops, parts.offerAges)
        let task = Task {
            await withTaskGroup { group in
                group.addTask { await ages.runToEnd() }
                for loop in loops { group.addTask { await loop.run() } }
            }
        }
        workers.withLock { $0 = task }
        return port
    }

    /// Refuses what is new, waits for what is under way, stops the workers.
    public func stop() async {
        parts.events.end()
        await server.stop()
        let task = workers.withLock { task in
            defer { task = nil }
            return task
        }
        task?.cancel()
        await task?.value
        await parts.tracing?.sender.stop()
        guard task != nil else { return }
        do throws(DatabaseError) {
            for reader in [parts.indexer] + parts.otherReaders { try await reader.end() }
            try await parts.expirer.end()
        } catch {
            // The next process waits until the lease runs out.
            log.warning("The indexer's lease stays taken", ["error": .describing(error)])
        }
    }

    /// Forgets what was read of the ledger and reads it again from the first ledger on.
    public func rebuildEscrow() async throws { try await rebuild() }
}
