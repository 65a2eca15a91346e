import Cryptography
import Database
import HTTP
import Stellar
import StellarSandbox
import StellarXDR
import Telemetry
import Testing
import TraqoraContracts
import Travel

@testable import TraqoraServer
@testable import traqora

/// A Loyalty contract for which an account stands where Booking would, so that anything can happen
/// to points, and the book that is kept of it.
final class PointsWorld {
    let network: StellarSandbox
    let clock: MovableClock
    let database: Database
    let rpc: SorobanRPC
    let contract: LoyaltyContract
    let admin: KeyPair
    let passengers: [KeyPair]
    let token: ContractID
    private let loyalty: LoyaltyRepository
    private let indexer: Indexer
    private var bookings: [UInt64] = []

    init(_ network: StellarSandbox, _ clock: MovableClock, _ client: HTTPClient) async throws {
        self.network = network
        self.clock = clock
        rpc = SorobanRPC(url: network.rpcURL, client: client)
        admin = try KeyPair.random()
        passengers = try (0..<2).map { _ in try KeyPair.random() }
        let friendbot = try #require(try await rpc.network().friendbotUrl)
        for key in [admin] + passengers {
            _ = try await Friendbot(url: friendbot, client: client).fund(key.accountID)
        }
        let rpc = rpc
        let admin = admin
        let deploy = { (code: ContractCode, salt: UInt8, arguments: [SCVal]) async throws in
            let upload = try await rpc.perform(
                .upload(wasm: code.wasm), by: admin, on: .standalone)
            _ = upload
            let made = try await rpc.perform(
                .create(
                    wasmHash: Hash(fitting: SHA256.hash(code.wasm)),
                    deployer: .account(admin.accountID), salt: Uint256(fitting: [salt]),
                    arguments: arguments), by: admin, on: .standalone)
            guard case .address(.contract(let id))? = made.returnValue else {
                throw Indexer.Fault.unknown("no contract")
            }
            return id
        }
        let address = SCAddress.account(admin.accountID)
        token = try await deploy(
            .token, 1,
            TokenContract.constructorArguments(
                admin: address, name: "Traqora", symbol: "TRQ", decimals: 7,
                cap: 1_000_000_000_000_000,
                holders: [.init(account: address, amount: 1_000_000_000_000)]))
        let id = try await deploy(
            .loyalty, 2,
            LoyaltyContract.constructorArguments(
                admin: address, guardian: nil, booking: address, token: .contract(token),
                tiers: [
                    .init(minPoints: 0, multiplierBps: 10_000),
                    .init(minPoints: 500, multiplierBps: 15_000),
                ], redemption: 3))
        contract = LoyaltyContract(id)
        database = try await Database.open(DatabaseConfiguration(.memory))
        try await database.migrate(Migrations.all, now: clock.now.seconds)
        loyalty = LoyaltyRepository(database: database)
        indexer = Indexer(
            database: database, escrows: EscrowRepository(database: database),
            leases: Leases(database), rpc: rpc,
            book: LoyaltyBook(loyalty: loyalty, contract: id), firstLedger: 1, news: Bell(),
            teller: TellLedgerNews(
                news: LedgerNewsRepository(database: database), outbox: Outbox(database),
                now: { clock.now }),
            holder: "test",
            log: .silent, now: { clock.now })
        try await perform(contract.setRate(token: .contract(token), rate: 10), by: admin)
        try await perform(contract.fund(from: address, amount: 1_000_000_000), by: admin)
    }

    private func perform<Value>(_ call: ContractCall<Value>, by key: KeyPair) async throws {
        _ = try await rpc.perform(call.operation, by: key, on: .standalone)
    }

    /// Something happens, or is refused.
    func act(_ numbers: inout Numbers) async throws {
        let passenger = passengers[Int.random(in: 0..<passengers.count, using: &numbers)]
        switch Int.random(in: 0..<10, using: &numbers) {
        case 0..<5:
            let id = UInt64(bookings.count + 1)
            bookings.append(id)
            try await perform(
                contract.accrue(
                    booking: id, passenger: .account(passenger.accountID), carrier: "TQ",
                    spend: Int128.random(in: 1...2_000_000_000, using: &numbers),
                    token: .contract(token)), by: admin)
        case 5..<7:
            let points = Int128.random(in: 1...1_500, using: &numbers)
            _ = try? await perform(
                contract.redeem(passenger: .account(passenger.accountID), points: points),
                by: passenger)
        case 7..<9:
            guard let id = bookings.randomElement(using: &numbers) else { return }
            _ = try? await perform(
                contract.revoke(
                    booking: id, shareBps: UInt32.random(in: 1...10_000, using: &numbers)),
                by: admin)
        default:
            clock.move(
                to: clock.now.adding(
                    seconds: Int64.random(in: 1...100 * 86_400, using: &numbers)))
            try await network.closeLedger()
        }
    }

    /// Reads on, and holds each account to what the contract says of it.
    func compare(_ place: String) async throws {
        try await read()
        let time = try #require(try await rpc.latestLedger().closeTime)
        let month = LoyaltyAccount.month(of: Instant(seconds: Int64(time)))
        for passenger in passengers {
            let address = SCAddress.account(passenger.accountID)
            let account = try await loyalty.account(address.description).current(in: month)
            let balance = try await contract.balance(passenger: address).read(from: rpc)
            #expect(Int128(account.balance) == balance, "\(place)")
            let lots = try await contract.lots(passenger: address).read(from: rpc)
            #expect(
                account.lots.map { [Int128($0.month), Int128($0.earned), Int128($0.left)] }
                    == lots.map { [Int128($0.month), $0.earned, $0.left] }, "\(place)")
        }
    }

    private func read() async throws {
        let target = try await rpc.latestLedger().sequence
        for _ in 0..<200 {
            _ = try await indexer.run()
            let place = try await EscrowRepository(database: database).cursor(of: indexer.book.name)
            if let place, place.ledger >= target { return }
            clock.move(to: clock.now.adding(seconds: Indexer.silentSeconds))
        }
        Issue.record("the ledger was not read")
    }

    /// All that is written.
    func dump() async throws -> [Row] {
        var rows: [Row] = []
        for statement: SQL in [
            "SELECT * FROM loyalty_accounts ORDER BY address",
            "SELECT * FROM loyalty_lots ORDER BY address, month",
            "SELECT * FROM loyalty_accruals ORDER BY escrow_id",
            "SELECT * FROM loyalty_entries ORDER BY id",
            "SELECT * FROM loyalty_rates ORDER BY token", "SELECT * FROM loyalty_terms",
            "SELECT * FROM book_events ORDER BY id",
        ] {
            rows += try await database.run(statement).rows
        }
        return rows
    }

    /// Forgets all and reads it again.
    func rebuild() async throws {
        let (book, escrows) = (indexer.book, EscrowRepository(database: database))
        try await database.transaction { transaction in
            try await book.clear(in: transaction)
            try await escrows.forgetCursor(of: book.name, in: transaction)
        }
        #expect(try await dump().isEmpty)
        try await read()
    }

    func close() async { await database.close() }
}
