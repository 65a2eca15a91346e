import SorobanHost
import Stellar
import StellarXDR
import Testing
import TraqoraContracts

private typealias World = RefundWorld

@Suite(.builds()) struct DelayClaimTests {
    @Test(
        arguments: [
            (3 * World.hour - 1, nil), (3 * World.hour, 500), (6 * World.hour - 1, 500),
            (6 * World.hour, 1_200),
        ] as [(UInt64, Int128?)])
    func `a confirmed delay pays its band for each seat, once`(delay: UInt64, amount: Int128?)
        throws
    {
        let world = try World()
        try world.publish()
        try world.keep(1)
        try world.deposit(5_000)
        world.world.advance(to: World.arrives + World.day)
        try world.confirm(3, at: World.arrives + delay)
        guard let amount else {
            #expect(try world.claimError() == "#509")
            return
        }
        #expect(try world.claim() == amount)
        #expect(try world.balance() == amount)
        #expect(try world.claimError() == "#510")
        #expect(
            try world.call("claim", [.u64(1)])
                == .fields(["owed": .int128(amount), "paid": .int128(amount)]))
    }

    @Test func `what the bond lacks is paid when it is filled, even while paused`() throws {
        let world = try World()
        try world.publish()
        try world.keep(1)
        world.world.advance(to: World.arrives + World.day)
        try world.confirm(3, at: World.arrives + 6 * World.hour)
        #expect(try world.claim() == 0)
        try world.deposit(700)
        try world.call("pause", [world.admin.value], by: world.admin)
        #expect(try world.claim() == 700)
        #expect(try world.claim() == 0)
        try world.deposit(700)
        #expect(try world.claim() == 500)
        #expect(try world.claimError() == "#510")
        #expect(try world.balance() == 1_200)
    }

    @Test func `an arrival that only the carrier reports is not confirmed`() throws {
        let world = try World()
        try world.publish()
        try world.keep(1)
        try world.deposit(5_000)
        world.world.advance(to: World.arrives + World.day)
        #expect(try world.claimError() == "#509")
        try world.report(3, at: World.arrives + 6 * World.hour, by: world.owner)
        #expect(try world.claimError() == "#509")
        try world.confirm(3, at: World.arrives + 6 * World.hour)
        // Refunded by the carrier: he was not on it.
        try world.keep(2, state: 4)
        #expect(try world.claimError(2) == "#509")
        #expect(try world.claim() == 1_200)
    }

    @Test(arguments: [(0, nil), (1, 1_200)] as [(UInt64, Int128?)])
    func `a flight cancelled later than the notice pays the highest band`(
        offset: UInt64, amount: Int128?
    ) throws {
        let world = try World()
        try world.publish()
        for (id, state) in [(1, 1), (2, 4)] as [(UInt64, UInt32)] {
            try world.keep(id, state: state)
        }
        try world.deposit(5_000)
        let time = World.departs - 14 * World.day + offset
        world.world.advance(to: time)
        try world.report(4, at: time, by: world.owner)
        for id in [1, 2] as [UInt64] {
            if let amount {
                #expect(try world.claim(id) == amount)
            } else {
                #expect(try world.claimError(id) == "#509")
            }
        }
    }
}
