import SorobanHost
import Stellar
import StellarXDR
import TraqoraContracts

/// What the contracts keep, read from the ledger's entries themselves: no contract is asked, and so
/// none can say other than what it keeps.
struct PlatformLedger {
    let platform: WholePlatform
    let snapshot: MemorySnapshot

    init(_ platform: WholePlatform) {
        self.platform = platform
        snapshot = platform.world.snapshot
    }

    /// What a contract keeps under a name and what follows it.
    func kept(_ contract: SCAddress, _ name: SCSymbol, _ rest: SCVal...) -> SCVal? {
        entry(contract, .vec([.symbol(name)] + rest))
    }

    private func entry(_ contract: SCAddress, _ key: SCVal) -> SCVal? {
        let key = LedgerKey.contractData(
            LedgerKeyContractData(contract: contract, key: key, durability: .persistent))
        guard case .contractData(let data)? = snapshot.entries[key]?.entry.data else { return nil }
        return data.val
    }

    /// What somebody has of what bookings are paid in.
    func money(of index: Int) -> Int128 {
        guard let dollar = platform.dollar,
            let person = platform.base.people[WholePlatform.people[index]]
        else { return holding(platform.base.token, platform.person(index)).amount }
        let key = platform.world.lineKey(dollar, person)
        guard case .trustline(let line)? = snapshot.entries[key]?.entry.data else { return 0 }
        return Int128(line.balance)
    }

    /// What a contract has of it.
    func money(of contract: SCAddress) -> Int128 {
        guard platform.dollar != nil else {
            return holding(platform.base.token, .address(contract)).amount
        }
        return kept(platform.base.token, "Balance", .address(contract))?["amount"]?.int128 ?? 0
    }

    /// What somebody holds of a token, and who votes with it.
    func holding(_ token: SCAddress, _ holder: SCVal) -> (amount: Int128, delegate: SCVal?) {
        Self.holding(kept(token, "balances", holder))
    }

    static func holding(_ value: SCVal?) -> (amount: Int128, delegate: SCVal?) {
        guard case .vec(let parts?)? = value, parts.count == 2 else {
            return (value?.int128 ?? 0, nil)
        }
        return (parts[0].int128 ?? 0, parts[1])
    }

    /// Compares all that is kept with the model.
    func compare(_ model: PlatformModel) throws {
        try compareMoney(model)
        try compareBookings(model)
        try compareTokens(model.token)
        try compareProposals(model.governance)
        for (index, points) in model.points.enumerated() { try compare(points, of: index) }
    }

    private func compareMoney(_ model: PlatformModel) throws {
        let base = platform.base
        for (index, name) in WholePlatform.people.enumerated() {
            try Mismatch.expect("\(name)'s money", money(of: index), model.purses[index])
            let credit = kept(
                base.booking, "credits", platform.person(index), .address(base.token))
            try Mismatch.expect("\(name)'s credit", credit?.int128 ?? 0, model.credits[index])
        }
        let escrowed = kept(base.booking, "escrowed", .address(base.token))?.int128 ?? 0
        try Mismatch.expect("what is escrowed", escrowed, model.escrowed)
        try Mismatch.expect(
            "what Booking holds", money(of: base.booking),
            model.escrowed + model.credits.reduce(0, +))
        try Mismatch.expect("what Airline holds", money(of: base.airline), model.bond.amount)
        let airline = kept(base.airline, "airlines", PlatformWorld.code)
        try Mismatch.expect("the owner", airline?["owner"], platform.person(model.keeper))
        try Mismatch.expect("the payout", airline?["payout"], platform.person(model.payout))
        try Mismatch.expect(
            "the offer", airline?["proposed_owner"], model.heir.map { platform.person($0) } ?? .void
        )
        let bond = kept(base.airline, "bonds", PlatformWorld.code, .address(base.token))
        try Mismatch.expect("the bond", bond?["amount"]?.int128 ?? 0, model.bond.amount)
        try Mismatch.expect(
            "what is announced", bond?["requested"]?.int128 ?? 0, model.bond.requested)
        for index in model.bookings.indices {
            let number = SCVal.u64(platform.world.bookings.number(UInt64(index + 1)))
            let claim = kept(base.refund, "claims", number)
            let expected = model.bond.claims[index]
            try Mismatch.expect("what is owed", claim?["owed"]?.int128, expected?.owed)
            try Mismatch.expect("what is paid", claim?["paid"]?.int128, expected?.paid)
        }
    }

    private func compareBookings(_ model: PlatformModel) throws {
        let base = platform.base
        for (index, booking) in model.bookings.enumerated() {
            let number = SCVal.u64(platform.world.bookings.number(UInt64(index + 1)))
            guard let found = kept(base.booking, "bookings", number) else {
                throw Mismatch(description: "booking \(index + 1) is lost")
            }
            let fields: KeyValuePairs<String, SCVal> = [
                "state": .u32(booking.state.rawValue), "seats": .u32(UInt32(booking.seats)),
                "fee_bps": .u32(UInt32(booking.feeBps)), "price": .int128(booking.price),
                "departs": .u64(booking.departs), "arrives": .u64(booking.arrives),
                "ticket_deadline": .u64(booking.deadline), "stale_at": .u64(booking.staleAt),
                "resolve_by": .u64(booking.resolveBy), "responded": .bool(booking.answered),
                "passenger": platform.person(booking.passenger), "policy": .u32(1),
                "flight": booking.flight.map { .u64(UInt64($0 + 1)) } ?? .void,
            ]
            for (name, expected) in fields {
                try Mismatch.expect("\(name) of booking \(index + 1)", found[name], expected)
            }
        }
        for (index, flight) in model.flights.enumerated() {
            let found = kept(base.flights, "flights", .u64(UInt64(index + 1)))
            guard case .vec(let fares?)? = found?["fares"] else {
                throw Mismatch(description: "flight \(index + 1) is lost")
            }
            let fields: KeyValuePairs<String, SCVal> = [
                "sold": .u32(UInt32(flight.sold)), "seats": .u32(UInt32(flight.seats)),
                "price": .int128(flight.price),
            ]
            for (name, expected) in fields {
                try Mismatch.expect("\(name) of flight \(index + 1)", fares[0][name], expected)
            }
            try Mismatch.expect("whether it is sold", found?["open"], .bool(flight.isOpen))
        }
    }

    private func compareTokens(_ model: TokenModel) throws {
        let holders = (0..<3).map { platform.person($0) } + [.address(platform.base.loyalty)]
        for (index, holder) in holders.enumerated() {
            let found = holding(platform.token, holder)
            try Mismatch.expect("tokens of \(index)", found.amount, model.balances[index])
            try Mismatch.expect(
                "the delegate of \(index)", found.delegate,
                model.delegates[index].map { holders[$0] })
        }
        for index in 0..<3 {
            try Mismatch.expect(
                "votes of \(index)", power(of: holders[index]), model.votes(of: index))
        }
        try Mismatch.expect("the supply", power(of: .void), model.supply)
    }

    private func power(of name: SCVal) -> Int128 {
        guard case .vec(let parts?)? = kept(platform.token, "power", name) else { return 0 }
        return parts.first?.int128 ?? 0
    }

    private func compareProposals(_ model: GovernanceModel) throws {
        for (index, proposal) in model.proposals.enumerated() {
            let found = kept(platform.governance, "proposals", .u32(UInt32(index + 1)))
            let fields: KeyValuePairs<String, SCVal> = [
                "against": .int128(proposal.tallies[0]), "support": .int128(proposal.tallies[1]),
                "abstain": .int128(proposal.tallies[2]), "start": .u64(proposal.start),
                "end": .u64(proposal.end), "executable_at": .u64(proposal.executableAt ?? 0),
                "is_executed": .bool(proposal.isExecuted),
                "is_cancelled": .bool(proposal.isCancelled),
                "proposer": platform.person(proposal.proposer),
            ]
            for (name, expected) in fields {
                try Mismatch.expect("\(name) of proposal \(index + 1)", found?[name], expected)
            }
        }
    }

    private func compare(_ model: PointsModel, of index: Int) throws {
        let account = kept(platform.base.loyalty, "accounts", platform.person(index))
        try Mismatch.expect(
            "lots of \(index)", account?["lots"], model.lots.isEmpty ? nil : model.value)
        try Mismatch.expect("debt of \(index)", account?["debt"]?.int128 ?? 0, 0)
    }
}

extension PointsModel {
    /// The lots as the contract keeps them.
    var value: SCVal { Self.value(lots) }

    static func value(_ lots: [Lot]) -> SCVal {
        .list(
            lots.map { lot in
                .fields([
                    "earned": .int128(lot.earned), "left": .int128(lot.left),
                    "month": .u32(UInt32(lot.month)),
                ])
            })
    }
}
