import SorobanHost
import Stellar
import StellarXDR
import Testing

private typealias World = BookingWorld

/// What the escrow should hold, in a few lines.
private struct Model {
    struct Booking {
        var seats: UInt32
        var price: Int128
        var isOpen = true
    }

    var bookings: [UInt64: Booking] = [:]

    var escrowed: Int128 {
        bookings.values.filter(\.isOpen).reduce(0) { $0 + $1.price * Int128($1.seats) }
    }
}

@Suite(.builds()) struct EscrowPropertyTests {
    /// Bookings, tickets, expiries and cancellations of any order, allowed or not, with time
    /// moving: the escrow holds what is open, and money neither appears nor vanishes.
    @Test(arguments: 0..<8)
    func `whatever is called in whatever order, the money adds up`(seed: UInt64) throws {
        let world = try World()
        var random = Seed(seed)
        var model = Model()
        for step in 0..<60 {
            try perform(step, in: world, &model, &random)
            #expect(try world.escrowed() == model.escrowed, "seed \(seed), step \(step)")
            #expect(try world.isSolvent(), "seed \(seed), step \(step)")
            #expect(try total(world) == 2 * World.balance, "seed \(seed), step \(step)")
        }
    }

    private func perform(
        _ step: Int, in world: World, _ model: inout Model, _ random: inout Seed
    ) throws {
        let id = UInt64.random(in: 1...max(1, UInt64(model.bookings.count)), using: &random)
        let passenger = Bool.random(using: &random) ? world.alice : world.bob
        switch Int.random(in: 0..<6, using: &random) {
        case 0, 1:
            let seats = UInt32.random(in: 1...9, using: &random)
            let price = Int128(Int64.random(in: 1...9_999, using: &random))
            let now = world.world.ledger.timestamp
            let departs = now + UInt64.random(in: 1...20 * World.day, using: &random)
            let quote = world.quote(
                seats: seats, price: price, departs: departs, nonce: UInt64(step),
                policy: UInt32.random(in: 0...1, using: &random))
            if case .u64(let id)? = try attempt({ try world.book(quote, by: passenger) }) {
                model.bookings[id] = Model.Booking(seats: seats, price: price)
            }
        case 2:
            _ = try attempt {
                try world.call(
                    "ticket", [world.seller.value, .u64(id), .bytes(1)], by: world.seller)
            }
        case 3:
            if try attempt({ try world.call("expire", [.u64(id)]) }) != nil {
                model.bookings[id]?.isOpen = false
            }
        case 4:
            let seats = UInt32.random(in: 0...4, using: &random)
            let arguments = [passenger.value, .u64(id), .u32(seats)]
            if try attempt({ try world.call("cancel", arguments, by: passenger) }) != nil {
                model.bookings[id]?.seats -= seats
            }
        default:
            let pause = UInt64.random(in: 0...5 * World.hour, using: &random)
            world.world.advance(to: world.world.ledger.timestamp + pause)
        }
    }

    /// `nil` if the contract refused.
    private func attempt(_ call: () throws -> SCVal) throws -> SCVal? {
        do { return try call() } catch let error as HostError where error.kind == .contract {
            return nil
        }
    }

    private func total(_ world: World) throws -> Int128 {
        let holders = [world.alice, world.bob, world.seller, world.treasury].map(\.value)
        return try (holders + [.address(world.booking)])
            .reduce(0) { $0 + (try world.balance($1) ?? 0) }
    }
}
