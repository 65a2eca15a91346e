internal import Database
internal import Foundation
internal import HTTP
internal import Stellar
internal import StellarXDR
internal import Support
internal import TraqoraAPI
internal import TraqoraContracts
internal import Travel

/// A network, PostgreSQL that keeps what it says, Redis, and the service over them: each in a
/// process of its own.
struct BookingWorld: Sendable {
    let address: String
    let api: TraqoraClient
    let rpc: SorobanRPC
    let client: HTTPClient
    let database: Database
    /// What runs here, by name.
    let processes: [(name: String, process: Int32)]

    static let adminKey = "a-key-of-the-benchmarks"

    static func run<Result>(_ body: (BookingWorld) async throws -> Result) async throws -> Result {
        try await run(1) { try await body($0[0]) }
    }

    /// Several services, each over a database of its own, over one network.
    /// - Parameter settings: what services have beside what all have.
    static func run<Result>(
        _ count: Int, settings: [String: String] = [:],
        _ body: ([BookingWorld]) async throws -> Result
    ) async throws -> Result {
        _ = try RunningProgram.find()
        let postgreSQL = try await PostgreSQLServer.start(isDurable: true)
        let redis = try await RedisServer.start()
        return try await withScratchFolder { folder in
            let network = try await RunningProgram(
                ["sandbox", "--port", "0"], in: folder, until: "http://")
            var configuration = HTTPClient.Configuration()
            configuration.connectionsPerHostMax = 256
            let client = HTTPClient(configuration)
            var services: [RunningProgram] = []
            var worlds: [BookingWorld] = []
            for _ in 0..<count {
                let url = try await postgreSQL.makeDatabase()
                let service = try await RunningProgram(
                    ["serve"],
                    settings: [
                        "PORT": "0", "DATABASE_URL": url, "REDIS_URL": redis.url,
                        "SOROBAN_RPC_URL": network.address, "LOG_LEVEL": "warning",
                        "ADMIN_API_KEY": adminKey,
                    ].merging(settings) { $1 }, in: folder, until: "Traqora serves")
                services.append(service)
                let processes: [(String, Int32)] = [
                    ("service", service.number), ("PostgreSQL", try postgreSQL.number()),
                    ("Redis", try redis.number()), ("network", network.number),
                    ("who asks", ProcessInfo.processInfo.processIdentifier),
                ]
                worlds.append(
                    BookingWorld(
                        address: service.address,
                        api: TraqoraClient(base: service.address, http: client),
                        rpc: SorobanRPC(url: network.address, client: client), client: client,
                        database: try await Database.open(
                            DatabaseConfiguration(
                                .init(url: url), connectionsMax: 2,
                                statementTimeoutMillisecondsMax: 900_000)),
                        processes: processes))
            }
            let result: Swift.Result<Result, any Error>
            do { result = .success(try await body(worlds)) } catch { result = .failure(error) }
            for world in worlds { await world.database.close() }
            client.shutDown()
            for service in services { await service.stop() }
            await network.stop()
            // They end when nobody refers to them any more.
            withExtendedLifetime((postgreSQL, redis)) {}
            return try result.get()
        }
    }

    /// The cheapest offer from Lisbon to London.
    func offer() async throws -> Offer {
        let today = LocalDate(daysSinceEpoch: Int(Date().timeIntervalSince1970) / 86_400)
        let found = try await api.searchFlights(
            FlightSearchQuery(
                origin: AirportCode(parsing: "LIS"), destination: AirportCode(parsing: "LHR"),
                date: today.adding(days: 40), passengers: PassengerCounts(adults: 1), limit: 1))
        guard let offer = found.offers.first else {
            throw BenchmarkFailure(what: "there are no offers")
        }
        return offer
    }

    /// Somebody with lumens and so many dollars at least.
    func payer(with dollars: Int64 = 10_000) async throws -> Payer {
        let key = try KeyPair.random()
        guard let friendbot = try await rpc.network().friendbotUrl else {
            throw BenchmarkFailure(what: "there is no friendbot")
        }
        _ = try await Friendbot(url: friendbot, client: client).fund(key.accountID)
        var token = ""
        for _ in 0..<(dollars + 9_999) / 10_000 {
            token = try await api.testDollars(for: key.address).token
        }
        guard case .contract(let id) = try StrKey(parsing: token) else {
            throw BenchmarkFailure(what: "no token")
        }
        return Payer(key: key, token: TokenContract(id), world: self)
    }
}

/// Somebody who books.
struct Payer: Sendable {
    let key: KeyPair
    let token: TokenContract
    let world: BookingWorld

    /// A booking, and what it took from the offer to the ledger's word.
    struct Booked: Sendable {
        var id: BookingID
        var price: TokenAmount
        var contract: ContractID
        var time: Duration
    }

    /// What the ledger says that he has.
    func balance() async throws -> Int128 {
        try await token.balance(id: .account(key.accountID)).read(from: world.rpc)
    }

    /// Holds an offer.
    func hold(_ offer: Offer) async throws -> CreateBookingResponse {
        try await world.api.createBooking(
            CreateBookingRequest(
                offerID: offer.id, total: offer.total,
                passengers: [
                    Passenger(
                        name: PassengerName(given: "Ada", family: "Lovelace"), type: .adult,
                        bornOn: LocalDate(parsing: "1985-12-10"))
                ], payer: key.address),
            idempotencyKey: UUID().uuidString)
    }

    /// Holds the offer, signs, pays, and asks until the money is in the contract.
    func book(_ offer: Offer, asking pause: Duration) async throws -> Booked {
        let start = ContinuousClock.now
        let created = try await hold(offer)
        guard let offered = created.transaction else {
            throw BenchmarkFailure(what: "nothing to sign")
        }
        var envelope = try TransactionEnvelope(base64: offered.transaction)
        try envelope.sign(with: key, on: Network(passphrase: offered.network))
        let (id, chain) = (created.booking.id, created.booking.chain)
        var booking = try await world.api.pay(
            id, token: created.token, signed: envelope.base64())
        while booking.escrow == .unpaid {
            try await Task.sleep(for: pause)
            if try await isUnpaid(id, token: created.token) { continue }
            booking = try await world.api.booking(id, token: created.token)
        }
        let time = ContinuousClock.now - start
        guard case .contract(let contract) = try StrKey(parsing: chain.contract) else {
            throw BenchmarkFailure(what: "no contract: \(chain.contract)")
        }
        return Booked(id: id, price: booking.price, contract: contract, time: time)
    }

    /// Asks, and reads of the answer only what is waited for: who asks shares the processors with
    /// what is measured.
    private func isUnpaid(_ id: BookingID, token: String) async throws -> Bool {
        let reply = try await world.client.send(
            HTTPClient.Request(
                .get, world.address + Route.readBooking.path(id),
                headers: ["Authorization": "Bearer \(token)"]))
        guard case .bytes(let bytes) = reply.body, reply.status == .ok else {
            throw BenchmarkFailure(what: "a booking could not be read: \(reply.status)")
        }
        let text = String(decoding: bytes, as: UTF8.self)
        guard !text.contains(#""status":"failed""#) else {
            throw BenchmarkFailure(what: "a payment failed: \(text)")
        }
        return text.contains(#""escrow":"unpaid""#)
    }
}
