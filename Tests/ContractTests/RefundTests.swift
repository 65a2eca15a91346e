import SorobanHost
import Stellar
import StellarXDR
import Testing
import TraqoraContracts

private let unauthorized = "Error(Auth, InvalidAction)"
private typealias World = RefundWorld

@Suite(.builds()) struct RefundTests {
    @Test func `a carrier's operator publishes fare rules, which then stay`() throws {
        let world = try World()
        let policy = BookingWorld.policy(grace: World.day)
        #expect(try world.publishPolicy(policy) == .u32(1))
        #expect(
            world.world.events.first?.topics == [.symbol("policy"), .u32(1), World.code])
        #expect(try world.publishPolicy(BookingWorld.policy()) == .u32(2))
        #expect(
            try world.call("policy", [.u32(1)])
                == .fields(["carrier": World.code, "policy": policy]))
        #expect(try world.error("policy", [.u32(3)]) == "#502")
        let arguments = [world.owner.value, World.code, policy]
        #expect(try world.error("publish_policy", arguments, by: world.bob) == unauthorized)
        #expect(
            try world.error(
                "publish_policy", [world.bob.value, World.code, policy], by: world.bob) == "#500")
        try world.call("pause", [world.admin.value], by: world.admin)
        #expect(try world.error("publish_policy", arguments, by: world.owner) == "#2")
        _ = try world.call("policy", [.u32(1)])
        try world.call("extend", [.list([.u32(1), .u32(2)])])
        #expect(try world.error("extend", [.list([.u32(3)])]) == "#502")
        let many = SCVal.list(Array(repeating: .u32(1), count: 51))
        #expect(try world.error("extend", [many]) == "#511")
    }

    @Test func `a fare rule that does not descend is none`() throws {
        let world = try World()
        let year = 400 * World.day
        let wrong = [
            BookingWorld.policy([]), BookingWorld.policy([(10, 5_000), (10, 4_000)]),
            BookingWorld.policy([(10, 5_000), (5, 6_000)]), BookingWorld.policy([(0, 10_001)]),
            BookingWorld.policy((0..<9).map { (UInt64(9 - $0), 100) }),
            BookingWorld.policy([(year + 1, 1)]), BookingWorld.policy(grace: year + 1),
        ]
        for policy in wrong {
            let arguments = [world.owner.value, World.code, policy]
            #expect(try world.error("publish_policy", arguments, by: world.owner) == "#501")
        }
        try world.publishPolicy(BookingWorld.policy([(year, 10_000)], grace: year))
    }

    @Test func `a quote is all in the grace period, else by tier, to the second`() throws {
        let world = try World()
        try world.publishPolicy(BookingWorld.policy(grace: World.day))
        let (now, departs) = (World.now, World.departs)
        let cases: [(UInt64, Int128)] = [
            (now, 10_001), (now + World.day, 10_001), (now + World.day + 1, 8_000),
            (departs - 7 * World.day, 8_000), (departs - 7 * World.day + 1, 5_000),
            (departs - World.day, 5_000), (departs - World.day + 1, 0), (departs - 1, 0),
            (departs, 0), (departs + 1, 0),
        ]
        func quote(_ price: Int128, at time: UInt64, policy: UInt32 = 1) -> [SCVal] {
            [.u32(policy), .int128(price), .u64(now), .u64(departs), .u64(time)]
        }
        for (time, refund) in cases {
            #expect(
                try world.call("quote", quote(10_001, at: time))
                    == .fields([
                        "penalty": .int128(10_001 - refund), "refund": .int128(refund),
                    ]))
        }
        #expect(try world.error("quote", quote(1, at: now, policy: 2)) == "#502")
        let most: Int128 = 1_000_000_000_000_000_000_000_000_000_000
        for price in [Int128(0), -1, most + 1] {
            #expect(try world.error("quote", quote(price, at: now)) == "#503")
        }
        #expect(try world.call("quote", quote(most, at: now))["refund"] == .int128(most))
    }

    @Test func `a schedule holds from its date on, and never backwards`() throws {
        let world = try World()
        let token = SCVal.address(world.token)
        func error(_ schedule: SCVal, _ admin: Person? = nil, by person: Person) throws -> String {
            let admin = admin ?? world.admin
            return try world.error(
                "set_schedule", [admin.value, token, schedule], by: person)
        }
        #expect(try error(World.schedule(), by: world.bob) == unauthorized)
        #expect(try error(World.schedule(), world.bob, by: world.admin) == "#3")
        let wrong = [
            World.schedule([]), World.schedule([(0, 1)]), World.schedule([(1, 0)]),
            World.schedule([(2, 1), (2, 2)]), World.schedule([(1, 2), (2, 2)]),
            World.schedule((1...9).map { (UInt64($0), Int128($0)) }),
            World.schedule([(1, 1_000_000_000_000_000_001)]),
            World.schedule(from: World.now - 1), World.schedule(notice: 400 * World.day + 1),
        ]
        for schedule in wrong { #expect(try error(schedule, by: world.admin) == "#504") }
        for offset in 0..<5 as Range<UInt64> {
            try world.setSchedule(
                World.schedule([(1, Int128(offset + 1))], from: World.now + offset * 10))
        }
        #expect(
            try error(World.schedule(from: World.now + 40), by: world.admin) == "#504")
        #expect(try world.call("schedule", [token, .u64(World.now - 1)]) == .void)
        for offset in 0..<60 as Range<UInt64> {
            let found = try world.call("schedule", [token, .u64(World.now + offset)])
            let from = World.now + min(offset / 10, 4) * 10
            #expect(found["from"] == .u64(from))
        }
    }

    @Test func `a claim that the rules refuse says why`() throws {
        let world = try World()
        func error(_ id: UInt64, by person: Person? = nil) throws -> String {
            let person = person ?? world.alice
            return try world.error("claim_delay", [person.value, .u64(id)], by: person)
        }
        for (id, state) in [(1, 0), (2, 2), (3, 3)] as [(UInt64, UInt32)] {
            try world.keep(id, state: state)
            #expect(try error(id) == "#506")
        }
        try world.keep(4, flight: nil)
        #expect(try error(4) == "#507")
        try world.keep(5)
        #expect(try error(5) == "#508")
        #expect(try error(5, by: world.bob) == "#505")
        #expect(
            try world.error("claim_delay", [world.alice.value, .u64(5)], by: world.bob)
                == unauthorized)
        #expect(try world.call("claim", [.u64(5)]) == .void)
    }
}
