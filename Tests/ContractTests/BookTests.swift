import SorobanHost
import Stellar
import StellarXDR
import Testing
import TraqoraContracts

private let unauthorized = "Error(Auth, InvalidAction)"
private typealias World = PlatformWorld

@Suite(.builds()) struct BookTests {
    private func left(_ world: World) throws -> SCVal {
        try world.call(world.flights, "availability", [.u64(1), .symbol("economy")])
    }

    @Test func `a booking holds seats and takes their price`() throws {
        let world = try World()
        try world.publish()
        #expect(try world.book() == .u64(1))
        #expect(world.eventNames == ["held", "booked", "transfer"])
        #expect(try left(world) == .u32(8))
        #expect(try world.isBalanced(escrow: 2 * World.price))
        let booking = try world.call(world.booking, "booking", [.u64(1)])
        #expect(booking["flight"] == .u64(1))
        #expect(booking["cabin"] == .symbol("economy"))
        #expect(booking["carrier"] == World.code)
        #expect(booking["seller"] == world["owner"])
        #expect(booking["policy"] == .u32(1))
        #expect(booking["flight_ref"] == .bytes(7))
        #expect(booking["stale_at"] == .u64(World.arrives + 10 * World.day))
        #expect(booking["dispute_window"] == .u64(2 * World.day))
    }

    @Test func `each bound of a booking is an error of its own, and holds no seat`() throws {
        let world = try World()
        try world.publish()
        #expect(try world.bookError(0) == "#410")
        #expect(try world.bookError(10) == "#410")
        #expect(try world.bookError(cabin: "none") == "#312")
        #expect(try world.bookError(3, cabin: "first", maxPrice: 50_000) == "#313")
        #expect(try world.bookError(maxPrice: World.price - 1) == "#420")
        // Signed, but not the payment.
        #expect(try world.bookError() == unauthorized)
        #expect(throws: HostError.self) { try world.book(pay: 1) }
        try world.call(
            world.booking, "set_token", [.address(world.token), .bool(false)], by: "admin")
        #expect(try world.bookError() == "#408")
        try world.call(
            world.booking, "set_token", [.address(world.token), .bool(true)], by: "admin")
        try world.call(world.airline, "suspend", [World.code, .symbol("why")], by: "admin")
        #expect(try world.bookError() == "#419")
        try world.call(world.airline, "reinstate", [World.code], by: "admin")
        try world.call(world.booking, "pause", [world["guardian"]], by: "guardian")
        #expect(try world.bookError() == "#2")
        #expect(try left(world) == .u32(10))
        #expect(try world.isBalanced(escrow: 0))
    }

    @Test func `only the passenger's signature books`() throws {
        let world = try World()
        try world.publish()
        let arguments = [
            world["alice"], SCVal.u64(1), .symbol("economy"), .u32(1), .int128(World.price),
            .bytes(7),
        ]
        #expect(try world.error(world.booking, "book", arguments, by: "bob") == unauthorized)
        #expect(try world.error(world.booking, "book", arguments) == unauthorized)
    }

    @Test(arguments: [(-1, nil), (0, "#311"), (1, "#311")] as [(Int, String?)])
    func `a flight is sold until it departs, to the second`(offset: Int, error: String?) throws {
        let world = try World()
        try world.publish()
        world.world.advance(to: UInt64(Int(World.departs) + offset))
        if let error {
            #expect(try world.bookError() == error)
        } else {
            try world.book()
        }
    }

    @Test func `closed and cancelled flights are not sold`() throws {
        let world = try World()
        try world.publish()
        try world.report(4, at: World.now, by: "operator")
        #expect(try world.bookError() == "#314")
        try world.publish(world.flight(number: 2))
        try world.call(world.flights, "close", [world["operator"], .u64(2)], by: "operator")
        let arguments = [
            world["alice"], SCVal.u64(2), .symbol("economy"), .u32(1), .int128(World.price),
            .bytes(7),
        ]
        #expect(try world.error(world.booking, "book", arguments, by: "alice") == "#310")
    }

    @Test func `the last seat is sold once`() throws {
        let world = try World()
        try world.publish(world.flight(fares: [world.fare(seats: 2)]))
        try world.book(2)
        #expect(try world.bookError(1, by: "bob") == "#313")
        try world.call(
            world.booking, "cancel", [world["alice"], .u64(1), .u32(1)], by: "alice")
        #expect(try left(world) == .u32(1))
        try world.book(1, by: "bob")
        #expect(try left(world) == .u32(0))
    }

    @Test func `a fare changed later changes no booking`() throws {
        let world = try World()
        try world.publish()
        try world.book()
        let fare = [
            world["operator"], SCVal.u64(1), .symbol("economy"), .int128(1), .u32(5),
        ]
        try world.call(world.flights, "set_fare", fare, by: "operator")
        let settings = World.settings(world["bob"], fee: 1_000, dispute: World.hour)
        try world.call(world.booking, "set_settings", [settings], by: "admin")
        let booking = try world.call(world.booking, "booking", [.u64(1)])
        #expect(booking["price"] == .int128(World.price))
        #expect(booking["fee_bps"] == .u32(250))
        #expect(booking["dispute_window"] == .u64(2 * World.day))
        #expect(try world.bookError(9) == "#313")
    }

    @Test func `what is cancelled is split as the carrier's rule says`() throws {
        let world = try World()
        try world.publish()
        try world.book()
        let preview = try world.call(world.booking, "refund_preview", [.u64(1)])
        #expect(preview["refund"] == .int128(16_001))
        #expect(preview["penalty"] == .int128(4_001))
        let owner = try world.balance(world["owner"])
        try world.call(
            world.booking, "cancel", [world["alice"], .u64(1), .u32(2)], by: "alice")
        // 2.5 % of 4,001, rounded up, is 101.
        #expect(try world.balance(world["alice"]) == World.balance - 4_001)
        #expect(try world.balance(world["owner"]) == owner + 3_900)
        #expect(try world.balance(world["treasury"]) == 101)
        #expect(try world.isBalanced(escrow: 0))
        #expect(try left(world) == .u32(10))
        #expect(try world.state == .u32(3))
    }

    @Test func `without a ticket all returns, and the seats with it`() throws {
        let world = try World()
        try world.publish()
        try world.book()
        let ticket = [world["bob"], SCVal.u64(1), .bytes(5)]
        #expect(try world.error(world.booking, "ticket", ticket, by: "bob") == "#402")
        world.world.advance(to: World.now + 2 * World.hour)
        try world.call(world.booking, "expire", [.u64(1)])
        #expect(try world.balance(world["alice"]) == World.balance)
        #expect(try left(world) == .u32(10))
    }
}
