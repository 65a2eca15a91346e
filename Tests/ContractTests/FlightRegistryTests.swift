import SorobanHost
import Stellar
import StellarXDR
import Testing
import TraqoraContracts

private let unauthorized = "Error(Auth, InvalidAction)"
private typealias World = PlatformWorld

@Suite(.builds()) struct FlightRegistryTests {
    private func sold(_ world: World, _ cabin: Int = 0) throws -> SCVal? {
        let flight = try world.call(world.flights, "flight", [.u64(1)])
        guard case .vec(let fares?)? = flight["fares"] else { return nil }
        return fares[cabin]["sold"]
    }

    @Test func `a flight is published as its carrier says`() throws {
        let world = try World()
        #expect(try world.publish() == .u64(1))
        #expect(world.eventNames == ["published"])
        #expect(world.world.events.first?.data == world.flight())
        let flight = try world.call(world.flights, "flight", [.u64(1)])
        #expect(flight["open"] == .bool(true))
        #expect(try sold(world) == .u32(0))
        let key = [World.code, .u32(100), SCVal.u64(World.departs)]
        #expect(try world.call(world.flights, "find", key) == .u64(1))
        #expect(
            try world.call(world.flights, "find", [World.code, .u32(101), key[2]]) == .void)
        #expect(
            try world.call(world.flights, "availability", [.u64(1), .symbol("first")])
                == .u32(2))
        #expect(try world.publish(world.flight(number: 101)) == .u64(2))
    }

    @Test func `each bound of a flight is an error of its own`() throws {
        let world = try World()
        let now = World.now
        let year = now + 400 * World.day
        let many = (0..<9).map { world.fare(cabin: SCSymbol("c\($0)")) }
        let cases: [(SCVal, String)] = [
            (world.flight(carrier: .symbol("XX")), "#301"),
            (world.flight(number: 0), "#303"), (world.flight(number: 10_000), "#303"),
            (world.flight(origin: "ZR"), "#304"), (world.flight(destination: "ZRH"), "#304"),
            (world.flight(destination: "lis"), "#304"),
            (world.flight(departs: now), "#305"),
            (world.flight(departs: now + 9, arrives: now + 9), "#305"),
            (world.flight(departs: now + 9, arrives: year + 1), "#305"),
            (world.flight(departs: .max - 1, arrives: .max), "#305"),
            (world.flight(fares: []), "#306"), (world.flight(fares: many), "#306"),
            (world.flight(fares: [world.fare(), world.fare()]), "#306"),
            (world.flight(fares: [world.fare(price: 0)]), "#306"),
            (world.flight(fares: [world.fare(price: -1)]), "#306"),
            (world.flight(fares: [world.fare(price: 1_000_000_000_000_000_001)]), "#306"),
            (world.flight(fares: [world.fare(seats: 0)]), "#306"),
            (world.flight(fares: [world.fare(seats: 1_001)]), "#306"),
            (world.flight(fares: [world.fare(cabin: "ten_letter")]), "#306"),
            (world.flight(fares: [world.fare(token: world.flights)]), "#307"),
            (world.flight(fares: [world.fare(policy: 2)]), "#308"),
        ]
        for (flight, error) in cases {
            #expect(try world.publishError(flight) == error, "\(flight)")
        }
        #expect(try world.publishError(world.flight(), by: "owner") == "#302")
        try world.publish(
            world.flight(number: 9_999, departs: now + 1, arrives: year, fares: many.dropLast()))
        #expect(
            try world.publishError(
                world.flight(number: 9_999, departs: now + 1, arrives: year)) == "#309")
    }

    @Test func `only an operator who signed publishes`() throws {
        let world = try World()
        let arguments = [world["operator"], world.flight()]
        #expect(
            try world.error(world.flights, "publish", arguments, by: "alice") == unauthorized)
        try world.call(
            world.airline, "suspend", [World.code, .symbol("why")], by: "admin")
        #expect(try world.publishError(world.flight()) == "#301")
    }

    @Test func `a fare changes for who books from now on`() throws {
        let world = try World()
        try world.publish()
        func change(_ price: Int128, _ seats: UInt32, cabin: SCSymbol = "economy") -> [SCVal] {
            [world["operator"], .u64(1), .symbol(cabin), .int128(price), .u32(seats)]
        }
        try world.call(world.flights, "set_fare", change(5, 7), by: "operator")
        #expect(world.eventNames == ["fare"])
        let cases: [([SCVal], String)] = [
            (change(0, 7), "#306"), (change(5, 0), "#306"), (change(5, 1_001), "#306"),
            (change(5, 7, cabin: "none"), "#312"),
        ]
        for (arguments, error) in cases {
            #expect(
                try world.error(world.flights, "set_fare", arguments, by: "operator") == error)
        }
        #expect(
            try world.error(world.flights, "set_fare", change(5, 7), by: "alice") == unauthorized)
        var foreign = change(5, 7)
        foreign[0] = world["alice"]
        #expect(try world.error(world.flights, "set_fare", foreign, by: "alice") == "#302")
        world.world.advance(to: World.departs - 1)
        try world.call(world.flights, "set_fare", change(5, 8), by: "operator")
        world.world.advance(to: World.departs)
        #expect(
            try world.error(world.flights, "set_fare", change(5, 8), by: "operator") == "#311")
    }

    @Test func `a closed flight is closed for good`() throws {
        let world = try World()
        try world.publish()
        let arguments = [world["operator"], SCVal.u64(1)]
        #expect(try world.error(world.flights, "close", arguments, by: "bob") == unauthorized)
        #expect(
            try world.error(world.flights, "close", [world["bob"], .u64(1)], by: "bob") == "#302")
        try world.call(world.flights, "close", arguments, by: "operator")
        #expect(world.eventNames == ["closed"])
        #expect(try world.error(world.flights, "close", arguments, by: "operator") == "#310")
        #expect(
            try world.call(world.flights, "availability", [.u64(1), .symbol("economy")])
                == .u32(0))
        let fare = arguments + [.symbol("economy"), .int128(1), .u32(1)]
        #expect(try world.error(world.flights, "set_fare", fare, by: "operator") == "#310")
    }

    @Test func `nobody holds or releases seats but Booking`() throws {
        let world = try World()
        try world.publish()
        let arguments = [SCVal.u64(1), .symbol("economy"), .u32(1)]
        for function in ["hold", "release"] {
            for name in ["admin", "operator", "alice"] {
                #expect(
                    try world.error(world.flights, function, arguments, by: name)
                        == unauthorized)
            }
        }
    }

    @Test func `what there is not is not found`() throws {
        let world = try World()
        for function in ["flight", "status"] {
            #expect(try world.error(world.flights, function, [.u64(1)]) == "#300")
        }
        #expect(
            try world.error(world.flights, "availability", [.u64(1), .symbol("a")]) == "#300")
        #expect(
            try world.error(world.flights, "close", [world["operator"], .u64(1)], by: "operator")
                == "#300")
        #expect(try world.reportError(0, at: 0, by: "operator") == "#300")
        #expect(try world.error(world.flights, "extend", [.list([.u64(1)])]) == "#300")
        try world.publish()
        let many = SCVal.list(Array(repeating: .u64(1), count: 51))
        #expect(try world.error(world.flights, "extend", [many]) == "#320")
        try world.call(world.flights, "extend", [.list(Array(repeating: .u64(1), count: 50))])
    }

    @Test func `a pause publishes nothing and still hears what became of flights`() throws {
        let world = try World()
        try world.publish()
        try world.call(world.flights, "pause", [world["guardian"]], by: "guardian")
        #expect(try world.publishError(world.flight(number: 2)) == "#2")
        let fare = [
            world["operator"], SCVal.u64(1), .symbol("economy"), .int128(1), .u32(1),
        ]
        #expect(try world.error(world.flights, "set_fare", fare, by: "operator") == "#2")
        try world.report(1, at: World.arrives + 60, by: "operator")
        try world.call(world.flights, "close", [world["operator"], .u64(1)], by: "operator")
    }
}
