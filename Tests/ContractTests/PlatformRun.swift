import SorobanHost
import Stellar
import StellarXDR
import TraqoraContracts

/// Runs a script on the contracts and on the model side by side.
struct PlatformRun {
    private let world: PlatformWorld
    private let beginning: ContractWorld.State
    private let flights: [PlatformModel.Flight]

    /// Where the contracts and the model differ.
    struct Difference: Error, CustomStringConvertible {
        var step: Int
        var text: String

        var description: String { "after step \(step): \(text)" }
    }

    /// What the model believes Alice to have too much.
    private let error: Int128

    /// Two flights of the same airline, three days apart, and an arbiter.
    init(startingWith error: Int128 = 0) throws {
        self.error = error
        world = try PlatformWorld()
        var flights: [PlatformModel.Flight] = []
        for number in UInt32(0)..<2 {
            let departs = PlatformWorld.now + UInt64(9 + 3 * number) * PlatformWorld.day
            try world.publish(world.flight(number: 100 + number, departs: departs))
            let arrives = departs + 2 * PlatformWorld.hour
            flights.append(PlatformModel.Flight(departs: departs, arrives: arrives))
        }
        try world.call(
            world.booking, "set_arbiter", [world["arbiter"], .bool(true)], by: "admin")
        self.flights = flights
        beginning = world.world.state
    }

    /// Runs a script from the beginning.
    /// - Throws: `Difference`.
    func run(_ script: [PlatformStep]) throws {
        world.world.state = beginning
        var model = PlatformModel(now: world.world.ledger.timestamp, flights: flights)
        model.passengers[0] += error
        for (index, step) in script.enumerated() {
            var next = model
            let expected = next.take(step)
            let isTaken = try perform(step, index)
            if step.action == .report {
                if isTaken { try observeStatus(&next.flights[Int(step.subject) - 1], step.subject) }
            } else if isTaken != expected {
                throw Difference(
                    step: index,
                    text: "\(step): \(isTaken ? "taken" : "refused"), but the model says otherwise")
            }
            if isTaken { model = next }
            try compare(model, index, all: index == script.count - 1)
        }
    }

    /// A script as short as can be that still fails, with what differs.
    func shrink(_ script: [PlatformStep], _ difference: Difference) -> ([PlatformStep], Difference)
    {
        var (best, found) = (Array(script.prefix(difference.step + 1)), difference)
        var index = best.count - 1
        while index >= 0 {
            var shorter = best
            shorter.remove(at: index)
            do { try run(shorter) } catch let error as Difference {
                best = Array(shorter.prefix(error.step + 1))
                found = error
            } catch {}
            index = min(index, best.count) - 1
        }
        return (best, found)
    }

    /// Whether the contracts took it. That a contract refuses is an answer; anything else is not.
    private func perform(_ step: PlatformStep, _ index: Int) throws -> Bool {
        if step.action == .wait {
            world.world.advance(to: world.world.ledger.timestamp + UInt64(step.amount))
            return true
        }
        do {
            try call(step, index)
            return true
        } catch let error as HostError {
            guard error.kind == .contract else {
                throw Difference(step: index, text: "\(step): \(error)")
            }
            return false
        }
    }

    private func call(_ step: PlatformStep, _ index: Int) throws {
        let passenger = ["alice", "bob"][step.person]
        let id = SCVal.u64(step.subject)
        let hash = SCVal.bytes(UInt8(truncatingIfNeeded: index))
        let seats = SCVal.u32(step.amount)
        func booking(_ function: String, _ arguments: [SCVal], by name: String) throws {
            try world.call(world.booking, function, arguments, by: name)
        }
        switch step.action {
        case .book:
            let amount = PlatformWorld.price * Int128(step.amount)
            try world.call(
                world.booking, "book",
                [world[passenger], id, .symbol("economy"), seats, .int128(.max), hash],
                by: passenger,
                below: [world.payment(amount, from: passenger, to: world.booking)])
        case .ticket: try booking("ticket", [world["operator"], id, hash], by: "operator")
        case .expire: try world.call(world.booking, "expire", [id])
        case .cancel: try booking("cancel", [world[passenger], id, seats], by: passenger)
        case .carrierCancel: try booking("carrier_cancel", [world["operator"], id], by: "operator")
        case .refundCancelled: try world.call(world.booking, "refund_cancelled", [id])
        case .settle: try world.call(world.booking, "settle", [id])
        case .settleStale: try world.call(world.booking, "settle_stale", [id])
        case .dispute: try booking("dispute", [world[passenger], id, hash], by: passenger)
        case .respond: try booking("respond", [world["operator"], id, hash], by: "operator")
        case .resolve: try booking("resolve", [world["arbiter"], id, seats], by: "arbiter")
        case .resolveExpired: try world.call(world.booking, "resolve_expired", [id])
        case .report: try report(step)
        case .suspend:
            let arguments = [PlatformWorld.code, SCVal.symbol("late")]
            try world.call(world.airline, "suspend", arguments, by: "admin")
        case .reinstate:
            try world.call(world.airline, "reinstate", [PlatformWorld.code], by: "admin")
        case .pause: try booking("pause", [world["guardian"]], by: "guardian")
        case .unpause: try booking("unpause", [], by: "admin")
        case .fee:
            let settings = PlatformWorld.settings(world["treasury"], fee: step.amount)
            try booking("set_settings", [settings], by: "admin")
        case .wait: break
        }
    }

    private func report(_ step: PlatformStep) throws {
        let now = world.world.ledger.timestamp
        let time = step.amount == 1 ? now + PlatformWorld.day : now
        let reporters = step.person == 0 ? ["operator"] : ["oracle1", "oracle2"]
        for name in reporters {
            try world.call(
                world.flights, "report",
                [world[name], .u64(step.subject), .u32(step.amount), .u64(time)], by: name)
        }
    }

    private func observeStatus(_ flight: inout PlatformModel.Flight, _ id: UInt64) throws {
        let status = try world.call(world.flights, "status", [.u64(id)])
        guard case .u32(let number)? = status["status"], case .u64(let time)? = status["time"]
        else { throw WorldError.unexpected(status) }
        (flight.status, flight.time) = (number, time)
    }

    /// Compares the escrow and one purse after each step, and everything after the last.
    private func compare(_ model: PlatformModel, _ index: Int, all: Bool) throws {
        func expect(_ name: String, _ found: some Equatable, _ expected: some Equatable) throws {
            guard "\(found)" != "\(expected)" else { return }
            throw Difference(step: index, text: "\(name) is \(found), not \(expected)")
        }
        let escrowed = try world.call(world.booking, "escrowed", [.address(world.token)]).int128
        try expect("escrowed", escrowed ?? -1, model.escrowed)
        let purses = [
            ("Alice's money", world["alice"], model.passengers[0]),
            ("Bob's money", world["bob"], model.passengers[1]),
            ("the carrier's money", world["owner"], model.carrier),
            ("the treasury", world["treasury"], model.treasury),
            ("the contract's money", SCVal.address(world.booking), model.escrowed),
        ]
        for (number, purse) in purses.enumerated() where all || number == index % purses.count {
            try expect(purse.0, try world.balance(purse.1), purse.2)
        }
        guard all else { return }
        for (number, booking) in model.bookings.enumerated() {
            let found = try world.call(world.booking, "booking", [.u64(UInt64(number + 1))])
            try expect(
                "a booking's state", found["state"] ?? .void, SCVal.u32(booking.state.rawValue))
        }
        for (number, flight) in model.flights.enumerated() {
            let found = try world.call(world.flights, "flight", [.u64(UInt64(number + 1))])
            guard case .vec(let fares?)? = found["fares"] else {
                throw WorldError.unexpected(found)
            }
            let sold = SCVal.u32(UInt32(flight.sold))
            try expect("the seats sold", fares.first?["sold"] ?? .void, sold)
        }
    }
}
