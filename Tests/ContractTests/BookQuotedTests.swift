import SorobanHost
import Stellar
import StellarXDR
import Testing
import TraqoraContracts

private let unauthorized = "Error(Auth, InvalidAction)"
private typealias World = BookingWorld

@Suite(.builds()) struct BookQuotedTests {
    @Test func `a booking takes the price into escrow under the terms of its day`() throws {
        let world = try World()
        #expect(try world.book() == .u64(1))
        #expect(world.eventNames == ["booked", "transfer"])
        let amount = 2 * World.price
        #expect(try world.escrowed() == amount)
        #expect(try world.balance(.address(world.booking)) == amount)
        #expect(try world.balance(world.alice.value) == World.balance - amount)

        let booking = try world.call("booking", [.u64(1)])
        #expect(booking["state"] == .u32(0))
        #expect(booking["passenger"] == world.alice.value)
        #expect(booking["seller"] == world.seller.value)
        #expect(booking["price"] == .int128(World.price))
        #expect(booking["seats"] == .u32(2))
        #expect(booking["fee_bps"] == .u32(250))
        #expect(booking["booked_at"] == .u64(World.now))
        #expect(booking["ticket_deadline"] == .u64(World.now + World.window))
        #expect(booking["ticket_hash"] == .void)
        #expect(try world.book(world.quote(nonce: 2)) == .u64(2))
    }

    @Test func `the event tells all that the booking is`() throws {
        let world = try World()
        try world.book()
        let event = try #require(world.world.events.first)
        #expect(
            event.topics == [.symbol("booked"), .u64(1), world.alice.value, world.seller.value])
        #expect(try world.call("booking", [.u64(1)]) == event.data)
    }

    @Test func `the ticket deadline is never after departure`() throws {
        let world = try World()
        let departs = World.now + World.hour
        try world.book(world.quote(departs: departs))
        #expect(try world.call("booking", [.u64(1)])["ticket_deadline"] == .u64(departs))
    }

    @Test func `only the passenger's signature books`() throws {
        let world = try World()
        #expect(try world.bookingError(signedBy: world.bob) == unauthorized)
        let arguments = [world.alice.value, world.quote(), try world.signature(of: world.quote())]
        #expect(try world.error("book_quoted", arguments) == unauthorized)
        // Signed, but not the payment.
        #expect(try world.error("book_quoted", arguments, by: world.alice) == unauthorized)
        #expect(try world.escrowed() == 0)
    }

    @Test func `a quote is good once`() throws {
        let world = try World()
        try world.book()
        #expect(try world.bookingError(by: world.bob) == "#414")
        world.world.advance(to: World.now + World.day)
        #expect(try world.bookingError(by: world.bob) == "#414")
    }

    @Test func `should the hashes of two quotes ever begin alike, only the first is booked`() throws
    {
        let world = try World()
        let before = world.world.state
        try world.book()
        // As if somebody's booking had this number already.
        let number = SCVal.u64(world.world.bookings.number(1))
        let key = LedgerKey.contractData(
            LedgerKeyContractData(
                contract: world.booking, key: .list([.symbol("bookings"), number]),
                durability: .persistent))
        let entry = try #require(world.world.snapshot.entries[key])
        world.world.state = before
        world.world.snapshot.entries[key] = entry
        #expect(try world.bookingError() == "#428")
        #expect(try world.escrowed() == 0)
    }

    @Test func `a quote that the seller did not sign is no quote`() throws {
        let world = try World()
        let quote = world.quote()
        let cheaper = world.quote(price: 1)
        let forged = [
            try world.signature(of: quote, by: Person("mallory").key),
            try world.signature(of: quote, contract: world.token),
            try world.signature(of: cheaper),
        ]
        for signature in forged {
            #expect(
                try world.bookingError(quote, signature: signature) == "Error(Crypto, InvalidInput)"
            )
        }
        #expect(try world.escrowed() == 0)
    }

    @Test func `a seller whose key is gone sells nothing`() throws {
        let world = try World()
        #expect(try world.bookingError(world.quote(seller: world.bob)) == "#407")
        try world.call("set_quote_key", [world.seller.value, .void], by: world.admin)
        #expect(try world.bookingError() == "#407")
    }

    @Test func `only flights of an active carrier are sold`() throws {
        let world = try World()
        guard case .address(let airline)? = world.others["airline"] else {
            throw WorldError.unexpected(world.others)
        }
        #expect(try world.bookingError(world.quote(carrier: "ZZ")) == "#419")
        let code = SCVal.symbol("TQ")
        try world.world.call(airline, "suspend", [code, .symbol("late")], signedBy: [world.admin])
        #expect(try world.bookingError() == "#419")
        #expect(try world.escrowed() == 0)
        try world.world.call(airline, "reinstate", [code], signedBy: [world.admin])
        try world.book()
    }

    @Test func `each bound of a quote is an error of its own`() throws {
        let world = try World()
        let now = World.now
        let year = now + 400 * World.day
        let cases: [(SCVal, String)] = [
            (world.quote(token: world.booking), "#408"),
            (world.quote(policy: 3), "#409"),
            (world.quote(seats: 0), "#410"),
            (world.quote(seats: 10), "#410"),
            (world.quote(price: 0), "#411"),
            (world.quote(price: -1), "#411"),
            (world.quote(price: 1_000_000_000_000_000_001), "#411"),
            (world.quote(departs: now - 1), "#412"),
            (world.quote(departs: now), "#412"),
            (world.quote(departs: now + 2, arrives: now + 1), "#412"),
            (world.quote(departs: now + 1, arrives: year + 1), "#412"),
            (world.quote(departs: .max, arrives: .max), "#412"),
            (world.quote(expires: now - 1), "#413"),
            (world.quote(expires: now), "#413"),
        ]
        for (quote, error) in cases {
            #expect(try world.bookingError(quote) == error)
        }
        #expect(try world.escrowed() == 0)
        try world.book(world.quote(departs: now + 1, arrives: year, expires: now + 1))
    }

    @Test func `a pause stops bookings, and an unpause takes them again`() throws {
        let world = try World()
        #expect(try world.error("pause", [world.bob.value], by: world.bob) == "#3")
        try world.call("pause", [world.guardian.value], by: world.guardian)
        #expect(world.eventNames == ["paused"])
        #expect(try world.call("paused", []) == .bool(true))
        #expect(try world.bookingError() == "#2")
        #expect(try world.error("unpause", [], by: world.guardian) == unauthorized)
        try world.call("unpause", [], by: world.admin)
        try world.book()
        try world.call("pause", [world.admin.value], by: world.admin)
    }

    @Test func `who cannot pay books nothing`() throws {
        let world = try World()
        #expect(try world.bookingError(world.quote(price: World.balance)) == "#103")
        #expect(try world.escrowed() == 0)
        #expect(try world.error("booking", [.u64(1)]) == "#400")
        try world.book()
    }
}
