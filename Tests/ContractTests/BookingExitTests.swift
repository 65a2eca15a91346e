import SorobanHost
import Stellar
import StellarXDR
import Testing
import TraqoraContracts

private let unauthorized = "Error(Auth, InvalidAction)"
private typealias World = BookingWorld

@Suite(.builds()) struct TicketTests {
    @Test func `the seller's ticket is kept by its hash`() throws {
        let world = try World()
        try world.book()
        try world.call("ticket", [world.seller.value, .u64(1), .bytes(5)], by: world.seller)
        #expect(world.eventNames == ["ticketed"])
        #expect(
            world.world.events.first?.topics
                == [.symbol("ticketed"), .u64(1), world.alice.value])
        let booking = try world.call("booking", [.u64(1)])
        #expect(booking["state"] == .u32(1))
        #expect(booking["ticket_hash"] == .bytes(5))
        #expect(
            try world.error("ticket", [world.seller.value, .u64(1), .bytes(5)], by: world.seller)
                == "#403")
    }

    @Test func `nobody else tickets`() throws {
        let world = try World()
        try world.book()
        #expect(
            try world.error("ticket", [world.seller.value, .u64(1), .bytes(5)], by: world.bob)
                == unauthorized)
        #expect(
            try world.error("ticket", [world.bob.value, .u64(1), .bytes(5)], by: world.bob)
                == "#402")
        #expect(
            try world.error("ticket", [world.seller.value, .u64(2), .bytes(5)], by: world.seller)
                == "#400")
        #expect(
            try world.error(
                "ticket", [world.seller.value, .u64(1), .bytes(5, count: 31)], by: world.seller)
                == "Error(WasmVm, InvalidAction)")
    }

    @Test(
        arguments: [(-1, nil, "#406"), (0, "#405", nil), (1, "#405", nil)]
            as [(Int64, String?, String?)])
    func `at the deadline the seller's time ends and the passenger's begins, to the second`(
        offset: Int64, ticket: String?, expire: String?
    ) throws {
        let deadline = World.now + World.window
        for (function, expected) in [("ticket", ticket), ("expire", expire)] {
            let world = try World()
            try world.book()
            world.world.advance(to: deadline - 1)
            world.world.advance(to: UInt64(Int64(deadline) + offset))
            let arguments: [SCVal] =
                function == "ticket" ? [world.seller.value, .u64(1), .bytes(5)] : [.u64(1)]
            if let expected {
                #expect(try world.error(function, arguments, by: world.seller) == expected)
            } else {
                try world.call(function, arguments, by: world.seller)
            }
        }
    }

    @Test func `without a ticket anyone may send the money back, once`() throws {
        let world = try World()
        try world.book()
        world.world.advance(to: World.now + World.window)
        try world.call("expire", [.u64(1)])
        #expect(world.eventNames == ["expired", "transfer"])
        #expect(try world.balance(world.alice.value) == World.balance)
        #expect(try world.escrowed() == 0)
        #expect(try world.call("booking", [.u64(1)])["state"] == .u32(2))
        #expect(try world.error("expire", [.u64(1)]) == "#403")
        #expect(
            try world.error("cancel", [world.alice.value, .u64(1), .u32(1)], by: world.alice)
                == "#403")
        #expect(try world.error("expire", [.u64(7)]) == "#400")
    }

    @Test func `a ticketed booking does not expire`() throws {
        let world = try World()
        try world.book()
        try world.call("ticket", [world.seller.value, .u64(1), .bytes(5)], by: world.seller)
        world.world.advance(to: World.now + World.window)
        #expect(try world.error("expire", [.u64(1)]) == "#403")
    }
}

@Suite(.builds()) struct CancelTests {
    private func cancel(_ world: World, _ seats: UInt32) throws {
        try world.call("cancel", [world.alice.value, .u64(1), .u32(seats)], by: world.alice)
    }

    @Test func `a cancellation splits the price to the unit`() throws {
        let world = try World()
        try world.book()
        let preview = try world.call("refund_preview", [.u64(1)])
        // 20,002: 80 % is 16,001.6, and 2.5 % of the other 4,001 is 100.025.
        #expect(preview == .fields(["penalty": .int128(4_001), "refund": .int128(16_001)]))
        try cancel(world, 2)
        #expect(world.eventNames == ["cancelled", "transfer", "transfer", "transfer"])
        #expect(
            world.world.events.first?.data
                == .fields([
                    "fee": .int128(101), "penalty": .int128(4_001), "refund": .int128(16_001),
                    "seats": .u32(2), "seats_left": .u32(0),
                ]))
        #expect(try world.balance(world.alice.value) == World.balance - 4_001)
        #expect(try world.balance(world.seller.value) == 3_900)
        #expect(try world.balance(world.treasury.value) == 101)
        #expect(try world.balance(.address(world.booking)) == 0)
        #expect(try world.call("booking", [.u64(1)])["state"] == .u32(3))
        #expect(
            try world.error("cancel", [world.alice.value, .u64(1), .u32(1)], by: world.alice)
                == "#403")
    }

    @Test func `a seat at a time leaves the others booked`() throws {
        let world = try World()
        try world.book()
        try world.call("ticket", [world.seller.value, .u64(1), .bytes(5)], by: world.seller)
        try cancel(world, 1)
        let booking = try world.call("booking", [.u64(1)])
        #expect(booking["state"] == .u32(1))
        #expect(booking["seats"] == .u32(1))
        #expect(try world.escrowed() == World.price)
        #expect(
            try world.error("cancel", [world.alice.value, .u64(1), .u32(2)], by: world.alice)
                == "#410")
        #expect(
            try world.error("cancel", [world.alice.value, .u64(1), .u32(0)], by: world.alice)
                == "#410")
        try cancel(world, 1)
        #expect(try world.call("booking", [.u64(1)])["state"] == .u32(3))
        #expect(try world.escrowed() == 0)
        #expect(try world.balance(.address(world.booking)) == 0)
    }

    @Test func `only the passenger cancels`() throws {
        let world = try World()
        try world.book()
        #expect(
            try world.error("cancel", [world.alice.value, .u64(1), .u32(1)], by: world.bob)
                == unauthorized)
        #expect(
            try world.error("cancel", [world.bob.value, .u64(1), .u32(1)], by: world.bob)
                == "#401")
        #expect(
            try world.error("cancel", [world.alice.value, .u64(2), .u32(1)], by: world.alice)
                == "#400")
    }

    @Test(arguments: [(-1, nil), (0, "#404"), (1, "#404")] as [(Int64, String?)])
    func `cancelling ends at departure, to the second`(offset: Int64, error: String?) throws {
        let world = try World()
        try world.book()
        world.world.advance(to: UInt64(Int64(World.departs) + offset))
        let arguments: [SCVal] = [world.alice.value, .u64(1), .u32(2)]
        if let error {
            #expect(try world.error("cancel", arguments, by: world.alice) == error)
            #expect(try world.escrowed() == 2 * World.price)
        } else {
            try world.call("cancel", arguments, by: world.alice)
            #expect(try world.balance(world.alice.value) == World.balance - 2 * World.price)
        }
    }

    @Test(
        arguments: [
            (7 * BookingWorld.day, 16_001), (7 * BookingWorld.day - 1, 10_001),
            (BookingWorld.day, 10_001), (BookingWorld.day - 1, 0),
        ] as [(UInt64, Int64)])
    func `the refund follows the fare rule, to the second`(left: UInt64, refund: Int64) throws {
        let world = try World()
        try world.book()
        world.world.advance(to: World.departs - left)
        #expect(
            try world.call("refund_preview", [.u64(1)])["refund"] == .int128(Int128(refund)))
        try cancel(world, 2)
        let spent = 2 * World.price - Int128(refund)
        #expect(try world.balance(world.alice.value) == World.balance - spent)
    }

    @Test(arguments: [(0, 20_002), (1, 16_001)] as [(UInt64, Int64)])
    func `within the grace period all returns`(late: UInt64, refund: Int64) throws {
        let world = try World()
        try world.book(world.quote(policy: 2))
        world.world.advance(to: World.now + World.day + late)
        #expect(
            try world.call("refund_preview", [.u64(1)])["refund"] == .int128(Int128(refund)))
    }

    @Test func `every exit works while paused`() throws {
        let world = try World()
        try world.book()
        try world.book(world.quote(nonce: 2))
        try world.call("pause", [world.guardian.value], by: world.guardian)
        try cancel(world, 2)
        world.world.advance(to: World.now + World.window)
        try world.call("expire", [.u64(2)])
        #expect(try world.escrowed() == 0)
    }

    @Test func `new settings leave old bookings as they were`() throws {
        let world = try World()
        try world.book()
        let settings = World.settings(world.treasury, fee: 1_000, window: 600)
        try world.call("set_settings", [settings], by: world.admin)
        #expect(world.eventNames == ["settings"])
        #expect(try world.call("settings", []) == settings)
        let booking = try world.call("booking", [.u64(1)])
        #expect(booking["fee_bps"] == .u32(250))
        #expect(booking["ticket_deadline"] == .u64(World.now + World.window))
        try world.book(world.quote(nonce: 2))
        #expect(try world.call("booking", [.u64(2)])["fee_bps"] == .u32(1_000))
    }
}
