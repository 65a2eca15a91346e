import SorobanHost
import Stellar
import StellarXDR
import Testing
import TraqoraContracts

private typealias World = PlatformWorld

/// A struct comes as a map, which the contract looks through once: after that it finds fields by
/// their places.
@Suite(.builds()) struct StructArgumentTests {
    private static let trap = "Error(WasmVm, InvalidAction)"

    private func changed(_ value: SCVal, _ change: ([SCMapEntry]) -> [SCMapEntry]) -> SCVal {
        guard case .map(let fields?) = value else { return value }
        return .map(change(Array(fields)).sorted { "\($0.key)" < "\($1.key)" })
    }

    private func publish(_ flight: SCVal, in world: World) throws -> String {
        try world.error(
            world.flights, "publish", [world["operator"], flight], by: "operator")
    }

    @Test func `a struct with a field too many, too few, or under another name is refused`() throws
    {
        let world = try World()
        let extra = SCMapEntry(key: .symbol("zebra"), val: .u32(1))
        let misfits = [
            changed(world.flight()) { $0 + [extra] }, changed(world.flight()) { $0.dropLast() },
            changed(world.flight()) { $0.dropLast() + [extra] }, .map([]), .list([]), .void,
        ]
        for flight in misfits {
            #expect(try publish(flight, in: world).hasPrefix("Error("), "\(flight)")
        }
        #expect(try world.publish() == .u64(1))
    }

    @Test func `a field of another kind is refused, whichever it is`() throws {
        let world = try World()
        let kinds: [SCVal] = [
            .bool(true), .u32(7), .u64(7), .i64(7), .u64(.max), .int128(7), .int128(.max),
            .symbol("ZRH"), .symbol("longer_than_a_word"), .text("ZRH"), .bytes(1), .list([]),
            .map([]), world["alice"], .void,
        ]
        guard case .map(let fields?) = world.flight() else { return }
        for index in fields.indices {
            for kind in kinds where kind.sort != fields[index].val.sort {
                var misfit = Array(fields)
                misfit[index].val = kind
                let error = try publish(.map(misfit), in: world)
                #expect(error == Self.trap, "\(fields[index].key): \(kind)")
            }
        }
    }

    @Test func `a struct in a list is looked through like any other`() throws {
        let world = try World()
        let fare = world.fare()
        guard case .map(let fields?) = fare else { return }
        for index in fields.indices {
            var misfit = Array(fields)
            misfit[index].val = .text("x")
            let flight = world.flight(fares: [fare, .map(misfit)])
            #expect(try publish(flight, in: world) == Self.trap, "\(fields[index].key)")
        }
    }
}

extension SCVal {
    /// Which kind of value it is.
    fileprivate var sort: Substring { "\(self)".prefix { $0 != "(" } }
}
