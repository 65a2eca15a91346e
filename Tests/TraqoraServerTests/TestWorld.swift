import Cache
import Cryptography
import Database
import Foundation
import HTTP
import Stellar
import StellarXDR
import Support
import Telemetry
import Testing
import TraqoraAPI
import Travel

@testable import TraqoraServer

/// A clock that a test moves.
final class TestClock: Sendable {
    private let seconds = Lock<Int64>(1_795_608_000)

    var now: Instant { Instant(seconds: seconds.withLock { $0 }) }
    func advance(by more: Int64) { seconds.withLock { $0 += more } }
}

/// How long a test waits for what must come: a bound on hanging, never on speed. A machine that
/// does twenty things beside it keeps this too.
enum Patience {
    static let longest = Duration.seconds(300)
    static let milliseconds = 300_000

    /// Looks again and again until it is so, or the patience is over.
    static func until(
        pause: Duration = .milliseconds(20), _ isSo: () async throws -> Bool
    ) async throws {
        let began = ContinuousClock.now
        while try await !isSo(), began.duration(to: .now) < longest {
            try await Task.sleep(for: pause)
        }
    }

    /// A server that waits as long.
    static var server: HTTPServer.Configuration {
        var configuration = HTTPServer.Configuration()
        configuration.headTimeMax = longest
        configuration.bodyTimeMax = longest
        configuration.idleTimeMax = longest
        configuration.handlerTimeMax = longest
        configuration.stopTimeMax = longest
        return configuration
    }

    /// A client that waits as long.
    static func client() -> HTTPClient {
        var configuration = HTTPClient.Configuration()
        configuration.connectTimeMax = longest
        configuration.totalTimeMax = longest
        return HTTPClient(configuration)
    }
}

/// Which engine keeps the data.
enum Engine: CaseIterable {
    case sqlite, postgreSQL

    /// Every engine, for `arguments:`.
    static var all: [Engine] { allCases }

    /// A fresh, empty database.
    func database() async throws -> Database {
        switch self {
        case .sqlite:
            try await Database.open(
                DatabaseConfiguration(
                    .memory, busyTimeoutMillisecondsMax: Patience.milliseconds,
                    statementTimeoutMillisecondsMax: Patience.milliseconds))
        case .postgreSQL:
            try await Database.open(
                DatabaseConfiguration(
                    .init(url: PostgreSQLServer.shared().makeDatabase()),
                    busyTimeoutMillisecondsMax: Patience.milliseconds, connectionsMax: 4,
                    statementTimeoutMillisecondsMax: Patience.milliseconds))
        }
    }
}

/// A server over a database, a scripted ledger behind a socket, and a traveller.
struct TestWorld: Sendable {
    let clock = TestClock()
    let ledger: ScriptedLedger
    let rpc: HTTPServer
    let client = Patience.client()
    let database: Database
    let configuration: TraqoraServer.Configuration
    let server: TraqoraServer
    let traveller: KeyPair

    init(
        _ engine: Engine = .sqlite,
        columnKeys: ColumnKeys = ColumnKeys(key: SecureRandom.bytes(32)),
        sponsoring: Sponsoring? = Sponsoring()
    ) async throws {
        let clock = clock
        let ledger = ScriptedLedger(now: { UInt64(clock.now.seconds) })
        self.ledger = ledger
        rpc = HTTPServer(Patience.server) { await ledger.respond(to: $0) }
        let port = try await rpc.start()
        database = try await engine.database()
        try await database.migrate(Migrations.all, now: clock.now.seconds)
        let seller = try KeyPair.random()
        traveller = try KeyPair.random()
        await ledger.fund(seller.accountID)
        await ledger.fund(traveller.accountID)
        var configuration = TraqoraServer.Configuration(
            http: Patience.server, network: ScriptedLedger.network,
            rpcURL: "http://127.0.0.1:\(port)", bookingContract: ScriptedLedger.contract,
            firstLedger: 100, settlementToken: Hash(fitting: [9]), tokenSymbol: "TUSD",
            seller: seller, quoteKey: try Ed25519.PrivateKey(seed: SecureRandom.bytes(32)),
            columnKeys: columnKeys, workerIdle: .milliseconds(10))
        configuration.sponsoring = sponsoring
        configuration.healthPatience = Patience.longest
        self.configuration = configuration
        server = TraqoraServer(
            configuration, database: database,
            cache: SharedCache(now: { Double(clock.now.seconds) }), client: client, log: .silent,
            now: { clock.now })
    }

    /// Another process over the same database.
    func anotherServer() -> TraqoraServer {
        let clock = clock
        return TraqoraServer(
            configuration, database: database,
            cache: SharedCache(now: { Double(clock.now.seconds) }), client: client, log: .silent,
            now: { clock.now })
    }

    func close() async {
        client.shutDown()
        await rpc.stop()
        await database.close()
    }

    /// Runs the workers' rounds until none has anything left to do, at most so often.
    func work(_ other: TraqoraServer? = nil, roundsMax: Int = 20) async throws {
        let parts = (other ?? server).parts
        for _ in 0..<roundsMax {
            var done = 0
            for round in [
                parts.submitter.run, parts.sponsorWorker.run, parts.indexer.run,
                parts.fulfilment.run,
            ] {
                done += try await round()
            }
            done += try await parts.expirer.run()
            for reader in parts.otherReaders { done += try await reader.run() }
            if done == 0 { return }
        }
    }

    func offer(_ origin: String = "LHR", _ destination: String = "JFK", _ extra: String = "")
        async throws -> Offer
    {
        let response = await server.answer(
            to: HTTPRequest(
                .get,
                "\(Route.searchFlights.pattern)?origin=\(origin)&destination=\(destination)"
                    + "&date=2026-12-24\(extra)"))
        return try #require(try response.json(as: FlightSearchResponse.self).offers.first)
    }

    func request(_ offer: Offer, total: Money? = nil, payer: String? = nil) throws
        -> CreateBookingRequest
    {
        CreateBookingRequest(
            offerID: offer.id, total: total ?? offer.total,
            passengers: [
                Passenger(
                    name: try PassengerName(given: "Ada", family: "Lovelace"), type: .adult,
                    bornOn: try LocalDate(parsing: "1990-12-10"))
            ], payer: payer ?? traveller.address)
    }

    func post(
        _ route: Route, _ id: BookingID? = nil, _ body: (any Encodable)? = nil,
        headers: HTTPHeaders = [:], to other: TraqoraServer? = nil
    ) async throws -> HTTPResponse {
        let bytes = try body.map { Array(try HTTPResponse.jsonEncoder.encode($0)) } ?? []
        return await (other ?? server).answer(
            to: HTTPRequest(route.method, route.path(id), headers: headers, body: bytes))
    }

    func create(_ request: CreateBookingRequest, key: String = UUID().uuidString) async throws
        -> HTTPResponse
    {
        try await post(.createBooking, nil, request, headers: ["Idempotency-Key": key])
    }

    /// Searches and books.
    func book(_ origin: String = "LHR", _ destination: String = "JFK") async throws
        -> CreateBookingResponse
    {
        let response = try await create(request(offer(origin, destination)))
        return try response.json()
    }

    func sign(
        _ transaction: UnsignedTransactionResponse?, by key: KeyPair? = nil,
        on network: Network = ScriptedLedger.network
    ) throws -> String {
        let transaction = try #require(transaction)
        var envelope = try TransactionEnvelope(base64: transaction.transaction)
        try envelope.sign(with: key ?? traveller, on: network)
        return try envelope.base64()
    }

    func pay(_ made: CreateBookingResponse, _ signed: String? = nil) async throws -> HTTPResponse {
        try await post(
            .payBooking, made.booking.id,
            SignedTransactionRequest(transaction: signed ?? sign(made.transaction)),
            headers: ["Authorization": "Bearer \(made.token)"])
    }

    func read(_ made: CreateBookingResponse, from other: TraqoraServer? = nil) async throws
        -> BookingResponse
    {
        try await post(
            .readBooking, made.booking.id, headers: ["Authorization": "Bearer \(made.token)"],
            to: other
        ).json()
    }
}

extension HTTPResponse {
    /// The code of a problem document.
    var problemCode: String? { try? json(as: ProblemResponse.self).code }
}
