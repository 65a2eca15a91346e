import SorobanHost
import Stellar
import StellarXDR
import Testing
import TraqoraContracts

private let unauthorized = "Error(Auth, InvalidAction)"
private typealias World = LoyaltyWorld

@Suite(.builds()) struct LoyaltyTests {
    @Test func `a settled booking gives points by rate and tier, rounded down`() throws {
        let world = try World()
        #expect(try world.accrue(1, 999) == 999)
        #expect(
            world.world.events.first?.topics
                == [.symbol("accrued"), .u64(1), world.alice.value])
        #expect(try world.tier() == .u32(0))
        #expect(try world.accrue(2, 1) == 1)
        #expect(try world.tier() == .u32(1))
        // One and a half, rounded down.
        #expect(try world.accrue(3, 3) == 4)
        #expect(try world.balance() == 1_004)
        #expect(try world.lots().count == 1)
        #expect(try world.lots().first?["earned"] == .int128(1_004))
        try world.call("set_rate", [.address(world.token), .u64(0)], by: world.admin)
        #expect(try world.accrue(4, 1_000) == 0)
        #expect(try world.call("accrual", [.u64(3)])["points"] == .int128(4))
        #expect(try world.call("accrual", [.u64(5)]) == .void)
    }

    @Test func `only Booking gives and takes points, once a booking`() throws {
        let world = try World()
        #expect(try world.error("accrue", world.accrual(1, 10), by: world.alice) == unauthorized)
        #expect(try world.error("accrue", world.accrual(1, 10), by: world.admin) == unauthorized)
        try world.accrue(1, 10)
        #expect(try world.error("accrue", world.accrual(1, 10), by: world.escrow) == "#601")
        #expect(
            try world.error("revoke", [.u64(1), .u32(1)], by: world.alice) == unauthorized)
        #expect(try world.error("revoke", [.u64(2), .u32(1)], by: world.escrow) == "#602")
        for spend in [Int128(0), -1, 100_000_000_000_000_000_001] {
            #expect(try world.error("accrue", world.accrual(2, spend), by: world.escrow) == "#600")
        }
        try world.call("set_rate", [.address(world.token), .u64(1_000_000_000)], by: world.admin)
        #expect(
            try world.accrue(2, 100_000_000_000_000_000_000) == 10_000_000_000_000_000_000_000)
    }

    @Test func `points last 12 months after the month in which they were earned`() throws {
        let world = try World()
        try world.accrue(1, 1_000)
        world.world.advance(to: world.world.ledger.timestamp + 13 * World.month - 1)
        #expect(try world.balance() == 1_000)
        #expect(try world.tier() == .u32(1))
        world.world.advance(to: world.world.ledger.timestamp + 1)
        #expect(try world.balance() == 0)
        #expect(try world.tier() == .u32(0))
        #expect(try world.lots().isEmpty)
    }

    @Test func `there are never more than 13 lots`() throws {
        let world = try World()
        for month in 0..<15 as Range<UInt64> {
            try world.accrue(month, 10)
            world.pass(months: 1)
        }
        try world.accrue(99, 10)
        #expect(try world.lots().count == 13)
        #expect(try world.balance() == 130)
    }

    @Test func `the oldest points are spent first, and what was earned still counts`() throws {
        let world = try World()
        try world.fund(10_000)
        try world.accrue(1, 600)
        world.pass(months: 1)
        try world.accrue(2, 500)
        let redemption = [world.alice.value, .int128(700)]
        #expect(try world.call("redeem", redemption, by: world.alice).int128 == 7_000)
        #expect(try world.lots().map { $0["left"] } == [.int128(0), .int128(400)])
        #expect(try world.balance() == 400)
        #expect(try world.tier() == .u32(1))
        let tokens = try world.world.call(world.token, "balance", [world.alice.value])
        #expect(tokens.int128 == 7_000)
        #expect(try world.call("pool", []).int128 == 3_000)
        world.pass(months: 12)
        #expect(try world.balance() == 400)
        world.pass(months: 1)
        #expect(try world.balance() == 0)
    }

    @Test func `who has not the points, or finds the pool short, gets nothing and loses nothing`()
        throws
    {
        let world = try World()
        try world.fund(999)
        try world.accrue(1, 100)
        func error(_ points: Int128, by person: Person) throws -> String {
            try world.error("redeem", [world.alice.value, .int128(points)], by: person)
        }
        #expect(try error(1, by: world.bob) == unauthorized)
        #expect(try error(0, by: world.alice) == "#604")
        #expect(try error(-1, by: world.alice) == "#604")
        #expect(try error(1_000_000_000_000_000_000_000_000_000_001, by: world.alice) == "#604")
        #expect(try error(101, by: world.alice) == "#605")
        #expect(try error(100, by: world.alice) == "#606")
        #expect(try world.balance() == 100)
        try world.fund(1)
        try world.call("redeem", [world.alice.value, .int128(100)], by: world.alice)
        #expect(try error(1, by: world.alice) == "#605")
        #expect(try world.error("redeem", [world.bob.value, .int128(1)], by: world.bob) == "#605")
    }

    @Test func `what is revoked after it was spent is owed, and earned again first`() throws {
        let world = try World()
        try world.fund(10_000)
        try world.accrue(1, 1_000)
        try world.call("redeem", [world.alice.value, .int128(900)], by: world.alice)
        #expect(try world.revoke(1, 5_000) == 500)
        #expect(world.world.events.first?.topics.first == .symbol("revoked"))
        #expect(try world.balance() == -400)
        #expect(try world.tier() == .u32(0))
        #expect(
            try world.error("redeem", [world.alice.value, .int128(1)], by: world.alice) == "#605")
        try world.accrue(2, 300)
        #expect(try world.balance() == -100)
        try world.accrue(3, 300)
        #expect(try world.balance() == 200)
    }

    @Test func `shares are rounded up and never take back more than was given`() throws {
        let world = try World()
        try world.accrue(1, 10)
        #expect(try world.revoke(1, 3_333) == 4)
        #expect(try world.revoke(1, 3_333) == 3)
        for share in [UInt32(0), 3_335, .max] {
            #expect(
                try world.error("revoke", [.u64(1), .u32(share)], by: world.escrow) == "#603")
        }
        #expect(try world.revoke(1, 3_334) == 3)
        #expect(try world.balance() == 0)
        #expect(try world.error("revoke", [.u64(1), .u32(1)], by: world.escrow) == "#603")
    }

    @Test func `a pause stops filling the pool and no exit`() throws {
        let world = try World()
        try world.fund(1_000)
        try world.accrue(1, 100)
        try world.call("pause", [world.admin.value], by: world.admin)
        let fund: [SCVal] = [world.bob.value, .int128(5)]
        #expect(
            try world.world.error(
                world.loyalty, "fund", fund, signedBy: [world.bob], below: [world.payment(5)])
                == "#2")
        try world.accrue(2, 100)
        try world.call("redeem", [world.alice.value, .int128(10)], by: world.alice)
        try world.call("unpause", [], by: world.admin)
        #expect(try world.error("fund", fund, by: world.alice) == unauthorized)
        #expect(try world.error("fund", [world.bob.value, .int128(0)], by: world.bob) == "#607")
        // Signed, but not the payment.
        #expect(try world.error("fund", fund, by: world.bob) == unauthorized)
        try world.fund(5)
    }

    @Test func `only the admin sets rates and tiers, within their bounds`() throws {
        let world = try World()
        let token = SCVal.address(world.token)
        let calls: [(String, [SCVal])] = [
            ("set_rate", [token, .u64(5)]), ("set_tiers", [World.tiers([(0, 1)])]),
            ("set_redemption", [.int128(5)]),
        ]
        for (function, arguments) in calls {
            #expect(try world.error(function, arguments, by: world.alice) == unauthorized)
            try world.call(function, arguments, by: world.admin)
            #expect(world.world.events.count == 1)
        }
        #expect(try world.call("rate", [token]) == .u64(5))
        #expect(try world.call("redemption", []) == .int128(5))
        #expect(try world.call("tiers", []) == World.tiers([(0, 1)]))
        let wrong: [(String, [SCVal], String)] = [
            ("set_rate", [token, .u64(1_000_000_001)], "#609"),
            ("set_redemption", [.int128(0)], "#609"),
            ("set_redemption", [.int128(10_000_001)], "#609"),
            ("set_tiers", [World.tiers([])], "#608"),
            ("set_tiers", [World.tiers([(1, 1)])], "#608"),
            ("set_tiers", [World.tiers([(0, 0)])], "#608"),
            ("set_tiers", [World.tiers([(0, 100_001)])], "#608"),
            ("set_tiers", [World.tiers([(0, 1), (0, 2)])], "#608"),
            ("set_tiers", [World.tiers((0..<9).map { ($0, 1) })], "#608"),
        ]
        for (function, arguments, error) in wrong {
            #expect(try world.error(function, arguments, by: world.admin) == error)
        }
        try world.call("set_tiers", [World.tiers((0..<8).map { ($0, 1) })], by: world.admin)
        let many = SCVal.list(Array(repeating: world.alice.value, count: 51))
        #expect(try world.error("extend", [many]) == "#610")
        try world.call("extend", [.list([world.alice.value])])
    }

    /// The balance is what was given, less what was taken, spent and expired; below zero only
    /// after a revocation.
    @Test(arguments: 0..<6)
    func `whatever happens in whatever order, points add up`(seed: UInt64) throws {
        let world = try World()
        var random = Seed(seed)
        try world.fund(500_000)
        var paid: Int128 = 0
        var bookings: UInt64 = 0
        var wasRevoked = false
        for step in 0..<60 {
            let before = try world.balance() ?? 0
            var expected = before
            switch random.index(5) {
            case 0, 1:
                bookings += 1
                let points = try world.accrue(bookings, Int128(random.index(500) + 1))
                expected += points ?? 0
            case 2:
                let share = UInt32(random.index(6_000) + 1)
                let id = UInt64(random.index(Int(bookings) + 1))
                if let points = try? world.revoke(id, share) {
                    expected -= points
                    wasRevoked = true
                }
            case 3:
                let points = Int128(random.index(300))
                let call = try? world.call(
                    "redeem", [world.alice.value, .int128(points)], by: world.alice)
                if let amount = call?.int128 {
                    #expect(amount == 10 * points && points <= before)
                    expected -= points
                    paid += amount
                }
            default:
                world.pass(months: UInt64(random.index(3)))
                expected = try world.balance() ?? 0
                #expect(expected <= before)
            }
            #expect(try world.balance() == expected, "seed \(seed), step \(step)")
            #expect(wasRevoked || expected >= 0)
            #expect(try world.lots().count <= 13)
            #expect(try world.call("pool", []).int128 == 500_000 - paid)
        }
    }
}
