import SorobanHost
import Stellar
import StellarXDR
import TraqoraContracts

/// A loyalty programme whose bookings are told by a person, so that one sees who must sign.
struct LoyaltyWorld {
    let world: ContractWorld
    let token: SCAddress
    let loyalty: SCAddress
    let admin: Person
    let escrow: Person
    let alice: Person
    let bob: Person

    /// The twelfth part of a mean year.
    static let month: UInt64 = 2_629_746

    /// A point for each 10⁷ units spent; 1,000 points make the second tier, which counts 1.5.
    init(_ costBook: CostBook? = nil) throws {
        world = try ContractWorld(costBook)
        admin = try Person("admin")
        escrow = try Person("escrow")
        alice = try Person("alice")
        bob = try Person("bob")
        for person in [admin, escrow, alice, bob] { try world.add(person) }
        token = try world.deploy(
            ContractCode.token.wasm, salt: 1,
            TokenWorld.constructor(
                admin, cap: 1_000_000_000, holders: [TokenWorld.holder(bob, 1_000_000)]))
        loyalty = try world.deploy(
            ContractCode.loyalty.wasm, salt: 2,
            Self.constructor(admin.value, booking: escrow, token: token))
        try call("set_rate", [.address(token), .u64(10_000_000)], by: admin)
        // The first second of a month, so that tests may count in months.
        world.advance(to: (ContractWorld.start / Self.month + 1) * Self.month)
    }

    static func tiers(_ tiers: [(Int128, UInt32)] = [(0, 10_000), (1_000, 15_000)]) -> SCVal {
        .list(
            tiers.map { .fields(["min_points": .int128($0.0), "multiplier_bps": .u32($0.1)]) })
    }

    static func constructor(
        _ admin: SCVal, booking: Person, token: SCAddress, tiers: SCVal = tiers(),
        redemption: Int128 = 10
    ) -> [SCVal] {
        [admin, .void, booking.value, .address(token), tiers, .int128(redemption)]
    }

    @discardableResult
    func call(_ function: String, _ arguments: [SCVal], by people: Person...) throws -> SCVal {
        try world.call(loyalty, function, arguments, signedBy: people)
    }

    func error(_ function: String, _ arguments: [SCVal], by people: Person...) throws -> String {
        try world.error(loyalty, function, arguments, signedBy: people)
    }

    func accrual(_ id: UInt64, _ spend: Int128, _ passenger: Person? = nil) -> [SCVal] {
        [
            .u64(id), (passenger ?? alice).value, .symbol("TQ"), .int128(spend),
            .address(token),
        ]
    }

    /// The points that a booking gives.
    @discardableResult
    func accrue(_ id: UInt64, _ spend: Int128, _ passenger: Person? = nil) throws -> Int128? {
        try call("accrue", accrual(id, spend, passenger), by: escrow).int128
    }

    @discardableResult
    func revoke(_ id: UInt64, _ share: UInt32) throws -> Int128? {
        try call("revoke", [.u64(id), .u32(share)], by: escrow).int128
    }

    /// Bob fills the pool.
    func fund(_ amount: Int128) throws {
        try world.call(
            loyalty, "fund", [bob.value, .int128(amount)], signedBy: [bob], below: [payment(amount)]
        )
    }

    func payment(_ amount: Int128) -> InvokeContractArgs {
        InvokeContractArgs(
            contractAddress: token, functionName: "transfer",
            args: [bob.value, .address(loyalty), .int128(amount)])
    }

    func balance(_ person: Person? = nil) throws -> Int128? {
        try call("balance", [(person ?? alice).value]).int128
    }

    func tier() throws -> SCVal { try call("tier", [alice.value]) }

    func lots() throws -> [SCVal] {
        guard case .vec(let lots?) = try call("lots", [alice.value]) else { return [] }
        return Array(lots)
    }

    func pass(months: UInt64) {
        world.advance(to: world.ledger.timestamp + months * Self.month)
    }
}
