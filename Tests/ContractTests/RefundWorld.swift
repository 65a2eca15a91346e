import SorobanHost
import Stellar
import StellarXDR
import TraqoraContracts

/// Fare rules beside a real airline and a real flight, and bookings as a test writes them down.
struct RefundWorld {
    let world: ContractWorld
    let token: SCAddress
    let airline: SCAddress
    let flights: SCAddress
    let booking: SCAddress
    let refund: SCAddress
    let admin: Person
    let owner: Person
    let alice: Person
    let bob: Person
    let oracles: [Person]

    static let now = ContractWorld.start
    static let hour: UInt64 = 3_600
    static let day = 24 * hour
    static let departs = now + 30 * day
    static let arrives = departs + 2 * hour
    static let code = SCVal.symbol("TQ")

    /// What answers `booking(id)` with what is stored under the number, so that a test decides, and
    /// `accepts(token)` with yes.
    private static let notebook: [UInt8] = [
        0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00, 0x01, 0x0c, 0x02, 0x60, 0x02, 0x7e, 0x7e,
        0x01, 0x7e, 0x60, 0x01, 0x7e, 0x01, 0x7e, 0x02, 0x07, 0x01, 0x01, 0x6c, 0x01, 0x31, 0x00,
        0x00, 0x03, 0x03, 0x02, 0x01, 0x01, 0x07, 0x15, 0x02, 0x07, 0x62, 0x6f, 0x6f, 0x6b, 0x69,
        0x6e, 0x67, 0x00, 0x01, 0x07, 0x61, 0x63, 0x63, 0x65, 0x70, 0x74, 0x73, 0x00, 0x02, 0x0a,
        0x0f, 0x02, 0x08, 0x00, 0x20, 0x00, 0x42, 0x01, 0x10, 0x00, 0x0b, 0x04, 0x00, 0x42, 0x01,
        0x0b, 0x00, 0x1e, 0x11, 0x63, 0x6f, 0x6e, 0x74, 0x72, 0x61, 0x63, 0x74, 0x65, 0x6e, 0x76,
        0x6d, 0x65, 0x74, 0x61, 0x76, 0x30, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x16, 0x00,
        0x00, 0x00, 0x00,
    ]

    init() throws {
        let world = try ContractWorld()
        self.world = world
        let names = ["admin", "owner", "alice", "bob", "oracle1", "oracle2", "oracle3"]
        let people = try names.map { try Person($0) }
        for person in people { try world.add(person) }
        (admin, owner, alice, bob) = (people[0], people[1], people[2], people[3])
        oracles = Array(people[4...])
        token = try world.deploy(
            ContractCode.token.wasm, salt: 1,
            TokenWorld.constructor(
                admin, cap: 1_000_000, holders: [TokenWorld.holder(owner, 1_000_000)]))
        refund = try world.address(salt: 5)
        airline = try world.deploy(
            ContractCode.airline.wasm, salt: 2,
            [admin.value, .void, .address(refund), .u64(7 * Self.day)])
        booking = try world.deploy(Self.notebook, salt: 3, [])
        flights = try world.deploy(
            ContractCode.flightRegistry.wasm, salt: 4,
            [
                admin.value, .void, .address(airline), .address(booking), .address(refund),
                .list(oracles.map(\.value)), .u32(2),
            ])
        _ = try world.deploy(
            ContractCode.refund.wasm, salt: 5,
            [admin.value, .void, .address(airline), .address(flights), .address(booking)])
        try world.call(
            airline, "register",
            [owner.value, Self.code, .text("Air"), owner.value, .bytes(9)], signedBy: [owner])
        try world.call(airline, "approve", [Self.code], signedBy: [admin])
        try world.call(
            airline, "set_operator", [Self.code, owner.value, .bool(true)], signedBy: [owner])
    }

    @discardableResult
    func call(_ function: String, _ arguments: [SCVal], by people: Person...) throws -> SCVal {
        try world.call(refund, function, arguments, signedBy: people)
    }

    func error(_ function: String, _ arguments: [SCVal], by people: Person...) throws -> String {
        try world.error(refund, function, arguments, signedBy: people)
    }

    static func schedule(
        _ bands: [(UInt64, Int128)] = [(3 * hour, 250), (6 * hour, 600)], from: UInt64 = now,
        notice: UInt64 = 14 * day
    ) -> SCVal {
        .fields([
            "bands": .list(
                bands.map {
                    .fields(["amount": .int128($0.1), "min_delay_seconds": .u64($0.0)])
                }),
            "from": .u64(from), "notice_seconds": .u64(notice),
        ])
    }

    func setSchedule(_ schedule: SCVal) throws {
        try call("set_schedule", [admin.value, .address(token), schedule], by: admin)
    }

    /// Writes down a booking of Alice's with two seats.
    func keep(_ id: UInt64, flight: UInt64? = 1, state: UInt32 = 1, bookedAt: UInt64 = now) throws {
        let record = SCVal.fields([
            "arrives": .u64(Self.arrives), "booked_at": .u64(bookedAt), "carrier": Self.code,
            "departs": .u64(Self.departs), "flight": flight.map { .u64($0) } ?? .void,
            "passenger": alice.value, "seats": .u32(2), "state": .u32(state),
            "token": .address(token),
        ])
        let entry = ContractDataEntry(
            ext: .v0, contract: booking, key: .u64(id), durability: .persistent, val: record)
        let key = LedgerKey.contractData(
            LedgerKeyContractData(contract: booking, key: .u64(id), durability: .persistent))
        world.snapshot.entries[key] = try LedgerSnapshotEntry(
            entry: LedgerEntry(lastModifiedLedgerSeq: 1, data: .contractData(entry)),
            liveUntilLedger: 3_000_000)
    }

    /// Publishes a fare rule, a flight under it, and what a delay of it pays.
    func publish() throws {
        try publishPolicy(BookingWorld.policy())
        let fare = SCVal.fields([
            "cabin": .symbol("economy"), "policy": .u32(1), "price": .int128(100),
            "seats": .u32(10), "token": .address(token),
        ])
        let flight = SCVal.fields([
            "arrives": .u64(Self.arrives), "carrier": Self.code, "departs": .u64(Self.departs),
            "destination": .symbol("LIS"), "fares": .list([fare]), "number": .u32(100),
            "origin": .symbol("ZRH"),
        ])
        try world.call(flights, "publish", [owner.value, flight], signedBy: [owner])
        try setSchedule(Self.schedule(from: world.ledger.timestamp))
    }

    /// Two of the three oracles report, as many as must agree.
    func confirm(_ status: UInt32, at time: UInt64) throws {
        for oracle in oracles.prefix(2) { try report(status, at: time, by: oracle) }
    }

    func report(_ status: UInt32, at time: UInt64, by reporter: Person) throws {
        try world.call(
            flights, "report", [reporter.value, .u64(1), .u32(status), .u64(time)],
            signedBy: [reporter])
    }

    /// The airline fills its bond.
    func deposit(_ amount: Int128) throws {
        let payment = InvokeContractArgs(
            contractAddress: token, functionName: "transfer",
            args: [owner.value, .address(airline), .int128(amount)])
        try world.call(
            airline, "deposit_bond",
            [owner.value, Self.code, .address(token), .int128(amount)], signedBy: [owner],
            below: [payment])
    }

    func claim(_ id: UInt64 = 1) throws -> Int128? {
        try call("claim_delay", [alice.value, .u64(id)], by: alice).int128
    }

    func claimError(_ id: UInt64 = 1) throws -> String {
        try error("claim_delay", [alice.value, .u64(id)], by: alice)
    }

    func balance() throws -> Int128? {
        try world.call(token, "balance", [alice.value]).int128
    }

    @discardableResult
    func publishPolicy(_ policy: SCVal) throws -> SCVal {
        try call("publish_policy", [owner.value, Self.code, policy], by: owner)
    }
}
