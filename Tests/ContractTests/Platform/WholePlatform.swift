import SorobanHost
import Stellar
import StellarXDR
import TraqoraContracts

/// All seven contracts: those that sell flights, the token that governs, points that become tokens,
/// and Governance, which administers Booking.
struct WholePlatform {
    let base: PlatformWorld
    /// Governs, and is what points become.
    let token: SCAddress
    let governance: SCAddress
    /// When the token was deployed.
    let deployedAt: UInt64
    /// What bookings are paid in, if it is an issuer's.
    let dollar: AlphaNum4?
    private let quoteKey: KeyPair

    /// Those whose money the model follows, in its order.
    static let people = ["alice", "bob", "owner", "treasury", "seller"]
    private static let tokenSalt: UInt8 = 7
    private static let governanceSalt: UInt8 = 8

    var world: ContractWorld { base.world }

    /// - Parameter isIssued: whether bookings are paid in an issuer's dollars, whose holders can be
    ///   frozen, instead of in the Test dollar.
    init(isIssued: Bool = false) throws {
        let issuer = try Person("issuer")
        dollar =
            isIssued
            ? AlphaNum4(
                assetCode: try AssetCode4(Array("USDC".utf8)), issuer: issuer.key.accountID) : nil
        quoteKey = try Person("quote key").key
        base = try PlatformWorld(paidIn: dollar)
        let world = base.world
        try world.add(issuer)
        token = try world.address(salt: Self.tokenSalt)
        governance = try world.address(salt: Self.governanceSalt)
        deployedAt = world.ledger.timestamp
        try deployToken()
        try deployLoyalty()
        try deployGovernance()
        try insure()
    }

    private func deployToken() throws {
        let holders = zip(Self.people, TokenModel(now: 0).balances.prefix(3)).map { holder in
            SCVal.fields(["account": base[holder.0], "amount": .int128(holder.1)])
        }
        _ = try world.deploy(
            ContractCode.token.wasm, salt: Self.tokenSalt,
            [
                base["admin"], .text("Traqora"), .text("TRQ"), .u32(7), .int128(TokenModel.cap),
                .list(holders),
            ])
        for name in Self.people.prefix(2) {
            try base.call(token, "delegate", [base[name], base[name]], by: name)
        }
    }

    private func deployLoyalty() throws {
        let tiers = PointsModel.tiers.map { tier in
            SCVal.fields(["min_points": .int128(tier.0), "multiplier_bps": .u32(tier.1)])
        }
        _ = try world.deploy(
            ContractCode.loyalty.wasm, salt: 6,
            [
                base["admin"], .void, .address(base.booking), .address(token), .list(tiers),
                .int128(PointsModel.redemption),
            ])
        try base.call(
            base.loyalty, "set_rate", [.address(base.token), .u64(10_000_000)], by: "admin")
    }

    /// Governance administers Booking, whose guardian may pause it.
    private func deployGovernance() throws {
        let settings = GovernanceWorld.settings(
            delay: GovernanceModel.delay, grace: GovernanceModel.grace,
            pause: GovernanceModel.pause, period: GovernanceModel.period,
            quorum: UInt32(GovernanceModel.quorumBps), threshold: GovernanceModel.threshold,
            timelock: GovernanceModel.timelock)
        _ = try world.deploy(
            ContractCode.governance.wasm, salt: Self.governanceSalt,
            [.address(token), base["guardian"], settings])
        let key = SCVal.bytes(SCBytes(quoteKey.publicKey.bytes))
        for (function, arguments) in [
            ("set_arbiter", [base["arbiter"], .bool(true)]),
            ("set_quote_key", [base["seller"], key]), ("propose_admin", [.address(governance)]),
        ] { try base.call(base.booking, function, arguments, by: "admin") }
        try base.call(governance, "accept_admin_of", [.address(base.booking)])
    }

    /// What delays pay, from the beginning on.
    private func insure() throws {
        let bands = BondModel.bands.map { band in
            SCVal.fields(["amount": .int128(band.1), "min_delay_seconds": .u64(band.0)])
        }
        let table = SCVal.fields([
            "bands": .list(bands), "from": .u64(world.ledger.timestamp),
            "notice_seconds": .u64(BondModel.notice),
        ])
        try base.call(
            base.refund, "set_schedule", [base["admin"], .address(base.token), table],
            by: "admin")
    }

    /// Two flights of the same airline, three days apart.
    func publish() throws -> [PlatformModel.Flight] {
        try (0..<2 as Range<UInt32>).map { number in
            let departs = PlatformWorld.now + UInt64(9 + 3 * number) * PlatformWorld.day
            try base.publish(base.flight(number: 100 + number, departs: departs))
            return PlatformModel.Flight(
                departs: departs, arrives: departs + 2 * PlatformWorld.hour)
        }
    }

    /// Somebody's address by place.
    func person(_ index: Int) -> SCVal { base[Self.people[index]] }

    /// Lets somebody receive dollars, or keeps him from it: the issuer's business.
    func freeze(_ index: Int) throws {
        guard let dollar, let person = base.people[Self.people[index]] else { return }
        let key = world.lineKey(dollar, person)
        guard var entry = world.snapshot.entries[key], case .trustline(var line) = entry.entry.data
        else { throw WorldError.unexpected(person.value) }
        line.flags ^= 1
        entry.entry.data = .trustline(line)
        world.snapshot.entries[key] = entry
    }

    /// A quote, by its number, and what the seller's key signed.
    func quote(_ number: UInt64, seats: UInt32) throws -> (quote: SCVal, signature: SCVal) {
        let now = world.ledger.timestamp
        let departs = PlatformModel.departure(ofQuote: number, after: now)
        let quote = SCVal.fields([
            "arrives": .u64(departs + PlatformWorld.hour), "carrier": PlatformWorld.code,
            "departs": .u64(departs), "expires": .u64(now + 600), "flight_ref": .bytes(3),
            "nonce": .u64(number), "policy": .u32(1), "price": .int128(PlatformWorld.price),
            "seats": .u32(seats), "seller": base["seller"], "token": .address(base.token),
        ])
        let content = SCVal.list([
            .symbol("quote_v1"), .bytes(SCBytes(ContractWorld.network.id.bytes)),
            .address(base.booking), quote,
        ])
        return (quote, .bytes(SCBytes(quoteKey.sign(try content.xdr()))))
    }
}
