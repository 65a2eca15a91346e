import SorobanHost
import Stellar
import StellarXDR
import Testing
import TraqoraContracts

private let unauthorized = "Error(Auth, InvalidAction)"
private typealias World = PlatformWorld

@Suite(.builds()) struct FlightStatusTests {
    private static let (scheduled, delayed, departed) = (UInt32(0), UInt32(1), UInt32(2))
    private static let (arrived, cancelled, diverted) = (UInt32(3), UInt32(4), UInt32(5))

    /// After the planned arrival of the flight.
    private func flown() throws -> World {
        let world = try World()
        try world.publish()
        world.world.advance(to: World.arrives + World.hour)
        return world
    }

    private func status(_ world: World) throws -> (SCVal?, SCVal?, SCVal?) {
        let status = try world.call(world.flights, "status", [.u64(1)])
        return (status["status"], status["time"], status["confirmed"])
    }

    @Test func `a flight is as planned until somebody says otherwise`() throws {
        let world = try World()
        try world.publish()
        #expect(try status(world) == (.u32(0), .u64(World.arrives), .bool(false)))
    }

    @Test func `an operator moves a flight on and never back`() throws {
        let world = try World()
        try world.publish()
        try world.report(Self.delayed, at: World.arrives + 900, by: "operator")
        #expect(world.eventNames == ["status"])
        try world.report(Self.scheduled, at: World.arrives, by: "operator")
        world.world.advance(to: World.arrives + World.hour)
        try world.report(Self.departed, at: World.departs + 60, by: "operator")
        #expect(
            try world.reportError(Self.delayed, at: World.arrives + 60, by: "operator") == "#315")
        try world.report(Self.arrived, at: World.arrives + 60, by: "operator")
        #expect(try status(world) == (.u32(3), .u64(World.arrives + 60), .bool(false)))
        for status in [Self.arrived, Self.cancelled, Self.diverted] {
            #expect(
                try world.reportError(status, at: World.arrives + World.hour, by: "operator")
                    == "#315")
        }
    }

    @Test func `oracles count once each, and overrule the operator together`() throws {
        let world = try flown()
        try world.report(Self.arrived, at: World.arrives, by: "operator")
        let late = World.arrives + World.hour
        try world.report(Self.arrived, at: late, by: "oracle1")
        #expect(world.eventNames == ["reported"])
        #expect(try world.reportError(Self.arrived, at: late, by: "oracle1") == "#318")
        // Another word in place of the first: still one oracle.
        try world.report(Self.arrived, at: late - 1, by: "oracle1")
        try world.report(Self.arrived, at: late, by: "oracle1")
        #expect(try status(world) == (.u32(3), .u64(World.arrives), .bool(false)))
        try world.report(Self.arrived, at: late - 60, by: "oracle2")
        #expect(try status(world).2 == .bool(false))
        try world.report(Self.arrived, at: late, by: "oracle3")
        #expect(world.eventNames == ["reported", "status"])
        #expect(try status(world) == (.u32(3), .u64(late), .bool(true)))
        for name in ["operator", "oracle1", "oracle2"] {
            #expect(try world.reportError(Self.cancelled, at: late, by: name) == "#315")
        }
    }

    @Test func `what oracles confirmed on the way, a carrier does not undo`() throws {
        let world = try flown()
        for name in ["oracle1", "oracle2"] {
            try world.report(Self.departed, at: World.departs, by: name)
        }
        #expect(try status(world) == (.u32(2), .u64(World.departs), .bool(true)))
        #expect(
            try world.reportError(Self.scheduled, at: World.arrives, by: "operator") == "#315")
        try world.report(Self.arrived, at: World.arrives, by: "operator")
        #expect(try status(world) == (.u32(3), .u64(World.arrives), .bool(false)))
    }

    @Test func `times are plausible, to the second`() throws {
        let world = try World()
        try world.publish()
        let (departs, arrives) = (World.departs, World.arrives)
        let cases: [(UInt64, UInt32, UInt64, Bool)] = [
            (World.now, Self.scheduled, arrives - 1, false),
            (World.now, Self.delayed, arrives, false),
            (World.now, Self.delayed, arrives + 1, true),
            (World.now, Self.delayed, arrives + 7 * World.day, true),
            (World.now, Self.delayed, arrives + 7 * World.day + 1, false),
            (departs, Self.departed, departs + 1, false),
            (departs, Self.departed, departs - 3_601, false),
            (departs, Self.departed, departs - 3_600, true),
            (departs + World.hour, Self.arrived, departs + World.hour - 1, false),
            (departs + World.hour, Self.arrived, departs + World.hour + 1, false),
            (departs + World.hour, Self.cancelled, departs - 1, false),
            (departs + World.hour, Self.arrived, departs + World.hour, true),
        ]
        for (now, status, time, isGood) in cases {
            if now > world.world.ledger.timestamp { world.world.advance(to: now) }
            if isGood {
                try world.report(status, at: time, by: "operator")
            } else {
                #expect(
                    try world.reportError(status, at: time, by: "operator") == "#316",
                    "\(status) at \(time)")
            }
        }
    }

    @Test func `a carrier does not backdate a cancellation`() throws {
        let world = try World()
        try world.publish()
        let now = World.now
        for time in [now + 1, now - 3_601] {
            #expect(try world.reportError(Self.cancelled, at: time, by: "operator") == "#316")
        }
        try world.report(Self.cancelled, at: now - 3_600, by: "operator")
        #expect(try status(world) == (.u32(4), .u64(now - 3_600), .bool(false)))
    }

    @Test func `nobody else reports`() throws {
        let world = try flown()
        #expect(try world.reportError(Self.arrived, at: World.arrives, by: "alice") == "#317")
        #expect(try world.reportError(Self.arrived, at: World.arrives, by: "admin") == "#317")
        let arguments = [
            world["oracle1"], SCVal.u64(1), .u32(Self.arrived), .u64(World.arrives),
        ]
        #expect(try world.error(world.flights, "report", arguments, by: "alice") == unauthorized)
    }

    @Test func `the words of former oracles do not count`() throws {
        let world = try flown()
        let late = World.arrives + World.hour
        try world.report(Self.arrived, at: late, by: "oracle1")
        let panel = [SCVal.list([world["oracle2"], world["oracle3"]]), .u32(2)]
        #expect(
            try world.error(world.flights, "set_oracles", panel, by: "guardian") == unauthorized)
        try world.call(world.flights, "set_oracles", panel, by: "admin")
        #expect(world.eventNames == ["oracles"])
        try world.report(Self.arrived, at: late, by: "oracle2")
        #expect(try status(world).2 == .bool(false))
        #expect(try world.reportError(Self.arrived, at: late, by: "oracle1") == "#317")
        try world.report(Self.arrived, at: late, by: "oracle3")
        #expect(try status(world).2 == .bool(true))
    }

    @Test func `more than half of at most nine distinct oracles decide`() throws {
        let world = try World()
        let names = [
            "admin", "guardian", "owner", "operator", "alice", "bob", "arbiter", "oracle1",
            "oracle2", "oracle3",
        ].map { world[$0] }
        let cases: [([SCVal], UInt32, Bool)] = [
            ([], 0, true), ([], 1, false), (Array(names.prefix(1)), 0, false),
            (Array(names.prefix(2)), 1, false), (Array(names.prefix(2)), 2, true),
            (Array(names.prefix(2)), 3, false), (Array(names.prefix(9)), 4, false),
            (Array(names.prefix(9)), 5, true), (names, 6, false),
            ([names[0], names[0]], 2, false),
        ]
        for (oracles, quorum, isGood) in cases {
            let arguments = [SCVal.list(oracles), .u32(quorum)]
            if isGood {
                try world.call(world.flights, "set_oracles", arguments, by: "admin")
            } else {
                #expect(
                    try world.error(world.flights, "set_oracles", arguments, by: "admin")
                        == "#319")
            }
        }
    }
}
