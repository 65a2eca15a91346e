import Database
import StellarXDR
import Telemetry
import Testing
import TraqoraAPI
import TraqoraContracts
import Travel

@testable import Stellar
@testable import TraqoraServer

/// What is written of the events of Loyalty, Governance, its token, and Refund.
@Suite(.serialized) struct ViewBookTests {
    private static let owner = SCAddress.account(.ed25519(Uint256(fitting: [4])))
    private static let other = SCAddress.account(.ed25519(Uint256(fitting: [5])))
    private static let dollar = SCAddress.contract(Hash(fitting: [9]))
    private static let contract = Hash(fitting: [1])
    private static let second = Hash(fitting: [2])

    /// A database and a book; each event is read twice, and the second time must change nothing.
    private final class World {
        let database: Database
        private let makeBook: (Database) -> any EventBook
        private(set) var told: [RPCEvent] = []
        var time = "2026-11-25T12:00:00Z"

        init(_ engine: Engine, _ makeBook: @escaping (Database) -> any EventBook) async throws {
            database = try await engine.database()
            try await database.migrate(Migrations.all, now: 0)
            self.makeBook = makeBook
        }

        func tell(
            _ name: SCSymbol, _ topics: [SCVal], _ value: SCVal,
            of contract: ContractID = ViewBookTests.contract
        ) async throws {
            let event = RPCEvent(
                id: "event-\(told.count + 100)", isSystem: false, ledger: 1, ledgerClosedAt: time,
                contract: contract, transactionHash: .zero, topics: [.symbol(name)] + topics,
                value: value)
            told.append(event)
            #expect(try await read(event), "\(name)")
            #expect(try await !read(event), "\(name)")
        }

        func read(_ event: RPCEvent) async throws -> Bool {
            let book = makeBook(database)
            return try await database.transaction { try await book.apply(event, in: $0) }
        }

        /// Forgets all and reads it again.
        func rebuild() async throws {
            let book = makeBook(database)
            try await database.transaction { try await book.clear(in: $0) }
            for event in told { _ = try await read(event) }
        }

        func dump(_ tables: [SQL]) async throws -> [Row] {
            var rows: [Row] = []
            for table in tables {
                rows += try await database.run("SELECT * FROM \(table) ORDER BY 1, 2").rows
            }
            return rows
        }
    }

    private func accrue(_ world: World, _ id: UInt64, _ points: Int128, month: UInt32)
        async throws
    {
        try await world.tell(
            "accrued", [.u64(id), .address(Self.owner)],
            .structure([
                "carrier": .symbol("TQ"), "month": .u32(month), "points": points.scVal,
                "tier": .u32(0),
            ]))
    }

    @Test(arguments: Engine.all)
    func `points are earned, spent from the oldest, taken back and gone after their time`(
        engine: Engine
    ) async throws {
        let world = try await World(engine) {
            LoyaltyBook(loyalty: LoyaltyRepository(database: $0), contract: Self.contract)
        }
        let loyalty = LoyaltyRepository(database: world.database)
        let address = Self.owner.description
        #expect(try await loyalty.terms() == nil)
        try await world.tell(
            "tiers", [],
            .vec([
                LoyaltyContract.Tier(minPoints: 0, multiplierBps: 10_000).scVal,
                LoyaltyContract.Tier(minPoints: 500, multiplierBps: 12_500).scVal,
            ]))
        try await world.tell("redemption", [], Int128(100_000).scVal)
        try await world.tell("rate", [.address(Self.dollar)], .u64(10))
        let terms = try #require(try await loyalty.terms())
        #expect(terms.tiers.map(\.minPoints) == [0, 500])
        #expect(terms.redemption.baseUnits == 100_000)
        #expect(terms.rates == [Self.dollar.description: 10])

        let month = LoyaltyAccount.month(of: try Instant(parsing: world.time))
        try await accrue(world, 1, 300, month: month - 3)
        try await accrue(world, 2, 200, month: month)
        try await world.tell(
            "redeemed", [.address(Self.owner)],
            .structure(["amount": Int128(35_000_000).scVal, "points": Int128(350).scVal]))
        var account = try await loyalty.account(address)
        #expect(account.balance == 150 && account.earned == 500)
        #expect(account.lots.map(\.left) == [0, 150])
        // More is taken back than is left: a debt, which the next points pay.
        try await world.tell(
            "revoked", [.u64(1), .address(Self.owner)],
            .structure(["points": Int128(300).scVal, "share_bps": .u32(10_000)]))
        account = try await loyalty.account(address)
        #expect(account.balance == -150 && account.debt == 150 && account.earned == 200)
        try await accrue(world, 3, 400, month: month)
        account = try await loyalty.account(address)
        #expect(account.balance == 250 && account.debt == 0)
        #expect(account.current(in: month + 12).balance == 250)
        #expect(account.current(in: month + 13).balance == 0)

        let entries = try await loyalty.entries(of: address, limit: 10)
        #expect(entries.map(\.points) == [400, -300, -350, 200, 300])
        #expect(entries[2].amount?.baseUnits == 35_000_000 && entries[1].escrowID == 1)
        let tables: [SQL] = [
            "loyalty_accounts", "loyalty_lots", "loyalty_accruals", "loyalty_entries",
            "loyalty_rates", "loyalty_terms", "book_events",
        ]
        let before = try await world.dump(tables)
        try await world.rebuild()
        #expect(try await world.dump(tables) == before)
        await world.database.close()
    }

    @Test(arguments: Engine.all)
    func `points of a booking that was never heard of stop the reading`(engine: Engine) async throws
    {
        let world = try await World(engine) {
            LoyaltyBook(loyalty: LoyaltyRepository(database: $0), contract: Self.contract)
        }
        await #expect(throws: Indexer.Fault.unknown("loyalty.accrual.7")) {
            try await world.tell(
                "revoked", [.u64(7), .address(Self.owner)],
                .structure(["points": Int128(300).scVal, "share_bps": .u32(10_000)]))
        }
        #expect(try await world.dump(["book_events", "loyalty_entries"]).isEmpty)
        await world.database.close()
    }

    @Test(arguments: Engine.all)
    func `votes follow the tokens, and a proposal its votes`(engine: Engine) async throws {
        let world = try await World(engine) {
            GovernanceBook(
                governance: GovernanceRepository(database: $0),
                holdings: HoldingRepository(database: $0),
                ids: GovernanceContracts(governance: Self.contract, token: Self.second))
        }
        let governance = GovernanceRepository(database: world.database)
        let holdings = HoldingRepository(database: world.database)
        func holding(_ address: SCAddress) async throws -> [Int64] {
            let holding = try await holdings.holding(of: address.description)
            return [holding.balance.baseUnits, holding.votes.baseUnits]
        }
        try await world.tell(
            "mint", [.address(Self.owner)], Int128(1_000).scVal, of: Self.second)
        try await world.tell(
            "delegate", [.address(Self.owner), .address(Self.owner)], .map([]), of: Self.second)
        #expect(try await holding(Self.owner) == [1_000, 1_000])
        let transfer: [SCVal] = [.address(Self.owner), .address(Self.other)]
        try await world.tell("transfer", transfer, Int128(300).scVal, of: Self.second)
        // With the number of a customer too; to oneself it changes nothing.
        try await world.tell(
            "transfer", transfer,
            .structure(["amount": Int128(100).scVal, "to_muxed_id": .u64(7)]), of: Self.second)
        try await world.tell(
            "transfer", [.address(Self.owner), .address(Self.owner)], Int128(50).scVal,
            of: Self.second)
        #expect(try await holding(Self.owner) == [600, 600])
        #expect(try await holding(Self.other) == [400, 0])
        try await world.tell(
            "delegate", [.address(Self.owner), .address(Self.other)], .map([]), of: Self.second)
        #expect(try await holding(Self.owner) == [600, 0])
        #expect(try await holding(Self.other) == [400, 600])
        world.time = "2026-11-25T13:00:00Z"
        try await world.tell("burn", [.address(Self.owner)], Int128(200).scVal, of: Self.second)
        #expect(try await holding(Self.other) == [400, 400])
        let early = try Instant(parsing: "2026-11-25T12:59:59Z")
        #expect(try await holdings.supply(at: early).baseUnits == 1_000)
        #expect(try await holdings.supply().baseUnits == 800)

        try await decide(world, governance)
        let tables: [SQL] = [
            "governance_terms", "governance_proposals", "governance_votes", "governance_holders",
            "governance_supply", "book_events",
        ]
        let before = try await world.dump(tables)
        try await world.rebuild()
        #expect(try await world.dump(tables) == before)
        await world.database.close()
    }

    private func decide(_ world: World, _ governance: GovernanceRepository) async throws {
        let settings = GovernanceContract.Settings(
            delay: 60, grace: 86_400, pause: 3_600, period: 3_600, quorumBps: 2_000, threshold: 1,
            timelock: 3_600)
        try await world.tell("settings", [], settings.scVal)
        try await world.tell("guardian", [], .address(Self.other))
        let proposal = GovernanceContract.Proposal(
            abstain: 0, against: 0, descriptionHash: Hash(fitting: [7]), end: 2_000,
            executableAt: 0, grace: 100, isCancelled: false, isExecuted: false,
            proposer: Self.owner, quorumBps: 2_000, start: 1_000, support: 0, threshold: 1,
            timelock: 50)
        let action = GovernanceContract.Action(
            args: [.u64(10)], contract: .contract(Self.contract), function: "pause")
        try await world.tell(
            "proposed", [.u32(1), .address(Self.owner)],
            .structure(["actions": .vec([action.scVal]), "proposal": proposal.scVal]))
        for (voter, support, weight) in [(Self.owner, 1, 150), (Self.other, 2, 30)] {
            try await world.tell(
                "voted", [.u32(1), .address(voter)],
                .structure([
                    "support": .u32(UInt32(support)), "weight": Int128(weight).scVal,
                ]))
        }
        let voted = try #require(try await governance.find(1))
        #expect(voted.support.baseUnits == 150 && voted.abstain.baseUnits == 30)
        let votes = try await governance.votes(on: 1, limit: 10)
        #expect(Set(votes.map(\.support)) == [.for, .abstain])
        try await world.tell("queued", [.u32(1)], .u64(2_100))
        try await world.tell("paused", [.address(Self.other)], .u64(4_000_000_000))
        try await world.tell("executed", [.u32(1)], .map([]))
        let done = try #require(try await governance.find(1))
        #expect(done.isExecuted && done.executableAt == Instant(seconds: 2_100))
        let state = try #require(try await governance.state())
        #expect(state.guardian == Self.other.description)
        #expect(state.pauses.last?.ends == Instant(seconds: 4_000_000_000))
        #expect(state.terms.quorumBps == 2_000)
        await #expect(throws: Indexer.Fault.unknown("governance.proposal.9")) {
            try await world.read(
                RPCEvent(
                    id: "x", isSystem: false, ledger: 1, ledgerClosedAt: world.time,
                    contract: Self.contract, transactionHash: .zero,
                    topics: [.symbol("executed"), .u32(9)], value: .map([])))
        }
    }

    @Test(arguments: Engine.all)
    func `claims are what is left of them`(engine: Engine) async throws {
        let world = try await World(engine) {
            RefundBook(refunds: RefundRepository(database: $0), contract: Self.contract)
        }
        let refunds = RefundRepository(database: world.database)
        for (paid, rest) in [(100, 150), (150, 0)] as [(Int128, Int128)] {
            try await world.tell(
                "delay", [.u64(3), .address(Self.owner), .symbol("TQ")],
                .structure([
                    "owed": Int128(250).scVal, "paid": paid.scVal, "rest": rest.scVal,
                    "token": .address(Self.dollar),
                ]))
        }
        let claims = try await refunds.claims(passenger: Self.owner.description, limit: 10)
        #expect(claims.map(\.paid.baseUnits) == [250] && claims[0].owed.baseUnits == 250)
        #expect(try await refunds.claims(carrier: "TQ", limit: 10) == claims)
        let table = RefundContract.Schedule(
            bands: [.init(amount: 125, minDelaySeconds: 7_200)], from: 9, noticeSeconds: 5)
        try await world.tell(
            "schedule", [.address(Self.dollar), .u32(1)],
            table.scVal)
        #expect(try await refunds.schedules(limit: 9).first?.bands.first?.amount.baseUnits == 125)
        let tables: [SQL] = ["refund_claims", "refund_schedules", "book_events"]
        let before = try await world.dump(tables)
        try await world.rebuild()
        #expect(try await world.dump(tables) == before)
        await world.database.close()
    }
}
