import SorobanHost
import Stellar
import StellarXDR
import TraqoraContracts

/// The contracts that sell flights, with one airline, its operator, three oracles and money.
struct PlatformWorld {
    let world: ContractWorld
    let token: SCAddress
    let airline: SCAddress
    let flights: SCAddress
    let booking: SCAddress
    let refund: SCAddress
    let loyalty: SCAddress
    let people: [String: Person]

    static let hour: UInt64 = 3_600
    static let day = 24 * hour
    static let now = ContractWorld.start
    static let departs = now + 30 * day
    static let arrives = departs + 2 * hour
    static let price: Int128 = 10_001
    static let balance: Int128 = 1_000_000
    static let code = SCVal.symbol("TQ")
    private static let names = [
        "admin", "guardian", "treasury", "owner", "operator", "alice", "bob", "arbiter",
        "oracle1", "oracle2", "oracle3", "seller",
    ]

    /// - Parameter dollar: what bookings are paid in instead of the Test dollar; Alice, Bob and the
    ///   airline's owner have some, and treasury and seller may hold it.
    init(_ costBook: CostBook? = nil, paidIn dollar: AlphaNum4? = nil) throws {
        let world = try ContractWorld(costBook)
        self.world = world
        var people: [String: Person] = [:]
        for name in Self.names {
            let person = try Person(name)
            people[name] = person
            try world.add(person)
        }
        self.people = people
        var addresses = try (1...6).map { try world.address(salt: $0) }
        if let dollar {
            addresses[0] = try Self.issue(dollar, in: world, to: people)
        }
        (token, airline, flights) = (addresses[0], addresses[1], addresses[2])
        (booking, refund, loyalty) = (addresses[3], addresses[4], addresses[5])
        let admin = Self.value("admin", in: people)
        let guardian = Self.value("guardian", in: people)
        let holders = ["alice", "bob", "owner"].map { name in
            SCVal.fields([
                "account": Self.value(name, in: people), "amount": .int128(Self.balance),
            ])
        }
        if dollar == nil {
            try deploy(
                .token, 1,
                [
                    admin, .text("Test dollar"), .text("TUSD"), .u32(7), .int128(1_000_000_000),
                    .list(holders),
                ])
        }
        try deploy(.airline, 2, [admin, guardian, .address(refund), .u64(7 * Self.day)])
        let oracles = ["oracle1", "oracle2", "oracle3"].map { Self.value($0, in: people) }
        try deploy(
            .flightRegistry, 3,
            [
                admin, guardian, .address(airline), .address(booking), .address(refund),
                .list(oracles), .u32(2),
            ])
        try deployBooking(admin, guardian)
        try deploy(
            .refund, 5,
            [admin, guardian, .address(airline), .address(flights), .address(booking)])
        try foundAirline()
    }

    private static func value(_ name: String, in people: [String: Person]) -> SCVal {
        people[name]?.value ?? .void
    }

    private static func issue(
        _ dollar: AlphaNum4, in world: ContractWorld, to people: [String: Person]
    ) throws -> SCAddress {
        for name in ["alice", "bob", "owner", "treasury", "seller"] {
            guard let person = people[name] else { continue }
            let isRich = ["alice", "bob", "owner"].contains(name)
            try world.trust(dollar, by: person, balance: isRich ? Int64(balance) : 0)
        }
        return try world.deploy(.creditAlphanum4(dollar))
    }

    private func deployBooking(_ admin: SCVal, _ guardian: SCVal) throws {
        try deploy(
            .booking, 4,
            [
                admin, guardian, Self.settings(self["treasury"]), .list([.address(token)]),
                .fields([
                    "airline": .address(airline), "flights": .address(flights),
                    "loyalty": .address(loyalty), "refund": .address(refund),
                ]),
            ])
    }

    static func settings(
        _ treasury: SCVal, fee: UInt32 = 250, ticket: UInt64 = 2 * hour,
        dispute: UInt64 = 2 * day, stale: UInt64 = 10 * day, resolve: UInt64 = 14 * day
    ) -> SCVal {
        .fields([
            "dispute_window": .u64(dispute), "fee_bps": .u32(fee),
            "resolve_window": .u64(resolve), "stale_window": .u64(stale),
            "ticket_window": .u64(ticket), "treasury": treasury,
        ])
    }

    private func deploy(_ code: ContractCode, _ salt: UInt8, _ arguments: [SCVal]) throws {
        _ = try world.deploy(code.wasm, salt: salt, arguments)
    }

    /// One airline that may sell, and its fare rule: 80 % until a week before, half until a day.
    private func foundAirline() throws {
        try call(
            airline, "register",
            [self["owner"], Self.code, .text("Traqora Air"), self["owner"], .bytes(9)],
            by: "owner")
        try call(airline, "approve", [Self.code], by: "admin")
        try call(airline, "set_operator", [Self.code, self["operator"], .bool(true)], by: "owner")
        let tiers = [(7 * Self.day, UInt32(8_000)), (Self.day, 5_000)].map { tier in
            SCVal.fields(["refund_bps": .u32(tier.1), "seconds_before": .u64(tier.0)])
        }
        let policy = SCVal.fields([
            "grace_min_lead_seconds": .u64(0), "grace_seconds": .u64(0), "tiers": .list(tiers),
        ])
        try call(refund, "publish_policy", [self["operator"], Self.code, policy], by: "operator")
    }

    /// Somebody's address.
    subscript(name: String) -> SCVal { people[name]?.value ?? .void }

    private func signers(_ names: [String]) throws -> [Person] {
        try names.map { name in
            guard let person = people[name] else { throw WorldError.unexpected(.symbol("person")) }
            return person
        }
    }

    @discardableResult
    func call(
        _ contract: SCAddress, _ function: String, _ arguments: [SCVal], by names: String...,
        below: [InvokeContractArgs] = []
    ) throws -> SCVal {
        try world.call(
            contract, function, arguments, signedBy: signers(names), below: below)
    }

    func error(
        _ contract: SCAddress, _ function: String, _ arguments: [SCVal], by names: String...,
        below: [InvokeContractArgs] = []
    ) throws -> String {
        try world.error(
            contract, function, arguments, signedBy: signers(names), below: below)
    }

    /// The token transfer that somebody signs below a call.
    func payment(_ amount: Int128, from name: String, to contract: SCAddress)
        -> InvokeContractArgs
    {
        InvokeContractArgs(
            contractAddress: token, functionName: "transfer",
            args: [self[name], .address(contract), .int128(amount)])
    }

    func balance(_ holder: SCVal) throws -> Int128 {
        try world.call(token, "balance", [holder]).int128 ?? -1
    }

    /// A flight with the fields that matter to a test.
    func flight(
        number: UInt32 = 100, carrier: SCVal = code, departs: UInt64 = departs,
        arrives: UInt64? = nil, origin: SCSymbol = "ZRH", destination: SCSymbol = "LIS",
        fares: [SCVal]? = nil
    ) -> SCVal {
        .fields([
            "arrives": .u64(arrives ?? departs + 2 * Self.hour), "carrier": carrier,
            "departs": .u64(departs), "destination": .symbol(destination),
            "fares": .list(fares ?? [fare(), fare(cabin: "first", price: 50_000, seats: 2)]),
            "number": .u32(number), "origin": .symbol(origin),
        ])
    }

    func fare(
        cabin: SCSymbol = "economy", price: Int128 = price, seats: UInt32 = 10,
        policy: UInt32 = 1, token: SCAddress? = nil
    ) -> SCVal {
        .fields([
            "cabin": .symbol(cabin), "policy": .u32(policy), "price": .int128(price),
            "seats": .u32(seats), "token": .address(token ?? self.token),
        ])
    }

    @discardableResult
    func publish(_ flight: SCVal? = nil) throws -> SCVal {
        try call(flights, "publish", [self["operator"], flight ?? self.flight()], by: "operator")
    }

    func publishError(_ flight: SCVal, by name: String = "operator") throws -> String {
        try error(flights, "publish", [self[name], flight], by: name)
    }

    @discardableResult
    func report(_ status: UInt32, at time: UInt64, by name: String) throws -> SCVal {
        try call(flights, "report", [self[name], .u64(1), .u32(status), .u64(time)], by: name)
    }

    func reportError(_ status: UInt32, at time: UInt64, by name: String) throws -> String {
        try error(flights, "report", [self[name], .u64(1), .u32(status), .u64(time)], by: name)
    }

    /// Books as somebody, who signs the payment below.
    @discardableResult
    func book(
        _ seats: UInt32 = 2, cabin: SCSymbol = "economy", maxPrice: Int128 = price,
        by name: String = "alice", pay: Int128? = nil
    ) throws -> SCVal {
        try call(
            booking, "book",
            [
                self[name], .u64(1), .symbol(cabin), .u32(seats), .int128(maxPrice),
                .bytes(UInt8(truncatingIfNeeded: 7 + world.bookings.count)),
            ],
            by: name,
            below: [payment(pay ?? Self.price * Int128(seats), from: name, to: booking)])
    }

    func bookError(
        _ seats: UInt32 = 2, cabin: SCSymbol = "economy", maxPrice: Int128 = price,
        by name: String = "alice"
    ) throws -> String {
        try error(
            booking, "book",
            [
                self[name], .u64(1), .symbol(cabin), .u32(seats), .int128(maxPrice), .bytes(7),
            ], by: name)
    }

    /// A published flight with a ticketed booking of two seats by Alice, and an arbiter.
    static func ticketed() throws -> PlatformWorld {
        let world = try PlatformWorld()
        try world.publish()
        try world.book()
        try world.call(
            world.booking, "ticket", [world["operator"], .u64(1), .bytes(5)], by: "operator")
        try world.call(
            world.booking, "set_arbiter", [world["arbiter"], .bool(true)], by: "admin")
        return world
    }

    var state: SCVal? {
        get throws { try world.call(booking, "booking", [.u64(1)])["state"] }
    }

    /// What is owed is there, and what is owed to nobody is not.
    func isBalanced(escrow: Int128) throws -> Bool {
        let owed = try world.call(booking, "escrowed", [.address(token)]).int128
        return try owed == escrow && balance(.address(booking)) == escrow
    }

    /// Events of the last call, by their names.
    var eventNames: [String] {
        world.events.compactMap { event in
            guard case .symbol(let name) = event.topics.first else { return nil }
            return name.description
        }
    }
}
