import SorobanHost
import Stellar
import StellarXDR
import TraqoraContracts

/// What the contracts say when they are asked.
struct PlatformViews {
    private let platform: WholePlatform
    private var base: PlatformWorld { platform.base }

    init(_ platform: WholePlatform) { self.platform = platform }

    func compare(_ model: PlatformModel) throws {
        try compareMoney(model)
        for (index, booking) in model.bookings.enumerated() {
            let found = try base.call(base.booking, "booking", [.u64(UInt64(index + 1))])
            try Mismatch.expect(
                "the state of \(index + 1)", found["state"], .u32(booking.state.rawValue))
        }
        for (index, flight) in model.flights.enumerated() {
            let id = SCVal.u64(UInt64(index + 1))
            let isSold = flight.isOpen && model.now < flight.departs
            try expect(
                .u32(UInt32(isSold ? flight.seats - flight.sold : 0)), base.flights,
                "availability", id, .symbol("economy"))
        }
        for (index, points) in model.points.enumerated() {
            let person = platform.person(index)
            try expect(.int128(points.balance(at: model.now)), base.loyalty, "balance", person)
            try expect(.u32(UInt32(points.tier(at: model.now))), base.loyalty, "tier", person)
            let lots = PointsModel.value(points.current(at: model.now))
            try expect(lots, base.loyalty, "lots", person)
        }
        try compareVotes(model)
    }

    private func compareMoney(_ model: PlatformModel) throws {
        let token = SCVal.address(base.token)
        for index in WholePlatform.people.indices {
            let person = platform.person(index)
            try expect(.int128(model.purses[index]), base.token, "balance", person)
            try expect(.int128(model.credits[index]), base.booking, "credit", person, token)
        }
        try expect(.int128(model.escrowed), base.booking, "escrowed", token)
        try expect(.bool(model.isPaused), base.booking, "paused")
        try expect(.bool(model.isActive), base.airline, "is_active", PlatformWorld.code)
        let settings = try base.call(base.booking, "settings", [])
        try Mismatch.expect("the fee", settings["fee_bps"], .u32(UInt32(model.feeBps)))
        let bond = try base.call(base.airline, "bond", [PlatformWorld.code, token])
        try Mismatch.expect("the bond", bond["amount"], .int128(model.bond.amount))
        try expect(
            .int128(model.token.balances[TokenModel.pool]), base.loyalty, "pool")
    }

    /// Now, a second ago, and at the end of each vote's delay.
    private func compareVotes(_ model: PlatformModel) throws {
        let (token, governance) = (platform.token, platform.governance)
        let starts = model.governance.proposals.map(\.start).filter { $0 < model.now }
        let times = Set([PlatformWorld.now, model.now - 1] + starts).filter { $0 < model.now }
        for index in 0..<3 {
            let person = platform.person(index)
            try expect(.int128(model.token.votes(of: index)), token, "votes", person)
            for time in times {
                try expect(
                    .int128(model.token.votes(of: index, at: time)), token, "past_votes", person,
                    .u64(time))
            }
        }
        for index in 0..<3 {
            let left = model.token.allowances[index].remaining(
                in: platform.world.ledger.sequence)
            try expect(
                .int128(left), token, "allowance", platform.person(index),
                platform.person(TokenModel.spender(of: index)))
        }
        try expect(.int128(model.token.supply), token, "total_supply")
        for time in times {
            try expect(
                .int128(model.token.supply(at: time)), token, "past_total_supply", .u64(time))
        }
        for index in model.governance.proposals.indices {
            let state = model.governance.state(index, at: model.now, model.token)
            try expect(.u32(state.rawValue), governance, "state", .u32(UInt32(index + 1)))
        }
    }

    private func expect(
        _ expected: SCVal, _ contract: SCAddress, _ function: String, _ arguments: SCVal...
    ) throws {
        try Mismatch.expect(
            "\(function)(\(arguments))", try base.call(contract, function, arguments), expected)
    }
}
