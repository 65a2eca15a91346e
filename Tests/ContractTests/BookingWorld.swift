import SorobanHost
import Stellar
import StellarXDR
import TraqoraContracts

/// An escrow with one token, one seller whose quotes are good, and a passenger with money. The fare
/// rules are those of an airline that serves for nothing else here.
struct BookingWorld {
    let world: ContractWorld
    let token: SCAddress
    let booking: SCAddress
    let admin: Person
    let guardian: Person
    let treasury: Person
    let seller: Person
    let alice: Person
    let bob: Person
    let quoteKey: KeyPair
    /// The contracts that the escrow calls.
    let others: SCVal

    static let hour: UInt64 = 3_600
    static let day = 24 * hour
    static let now = ContractWorld.start
    /// When the usual flight departs.
    static let departs = now + 30 * day
    static let window = 2 * hour
    static let price: Int128 = 10_001
    static let balance: Int128 = 1_000_000

    init(_ costBook: CostBook? = nil) throws {
        world = try ContractWorld(costBook)
        admin = try Person("admin")
        guardian = try Person("guardian")
        treasury = try Person("treasury")
        seller = try Person("seller")
        alice = try Person("alice")
        bob = try Person("bob")
        quoteKey = try Person("quote key").key
        for person in [admin, guardian, treasury, seller, alice, bob] { try world.add(person) }
        token = try world.deploy(
            ContractCode.token.wasm, salt: 1,
            TokenWorld.constructor(
                admin, cap: 1_000_000_000,
                holders: [
                    TokenWorld.holder(alice, Self.balance), TokenWorld.holder(bob, Self.balance),
                ]))
        let (airline, refund) = (try world.address(salt: 3), try world.address(salt: 4))
        let others = SCVal.fields([
            "airline": .address(airline), "flights": .address(token),
            "loyalty": .address(token), "refund": .address(refund),
        ])
        self.others = others
        booking = try world.deploy(
            ContractCode.booking.wasm, salt: 2,
            Self.constructor(self.admin, guardian, treasury, token, others))
        try publishRules(airline, refund)
        try call(
            "set_quote_key", [seller.value, .bytes(SCBytes(quoteKey.publicKey.bytes))], by: admin)
    }

    static func settings(
        _ treasury: Person, fee: UInt32 = 250, window: UInt64 = window
    ) -> SCVal {
        PlatformWorld.settings(treasury.value, fee: fee, ticket: window)
    }

    /// Rule 1 has no grace period, rule 2 has one of a day.
    private func publishRules(_ airline: SCAddress, _ refund: SCAddress) throws {
        _ = try world.deploy(
            ContractCode.airline.wasm, salt: 3,
            [admin.value, .void, .address(refund), .u64(Self.day)])
        _ = try world.deploy(
            ContractCode.refund.wasm, salt: 4,
            [
                admin.value, .void, .address(airline), .address(token), .address(booking),
            ])
        let code = SCVal.symbol("TQ")
        try world.call(
            airline, "register",
            [seller.value, code, .text("n"), seller.value, .bytes(1)], signedBy: [seller])
        try world.call(airline, "approve", [code], signedBy: [admin])
        try world.call(
            airline, "set_operator", [code, seller.value, .bool(true)], signedBy: [seller])
        for rule in [Self.policy(), Self.policy(grace: Self.day)] {
            try world.call(
                refund, "publish_policy", [seller.value, code, rule], signedBy: [seller])
        }
    }

    /// 80 % until a week before departure, half until a day before; all within a day of purchase
    /// if departure is a week away.
    static func policy(
        _ tiers: [(UInt64, UInt32)] = [(7 * day, 8_000), (day, 5_000)], grace: UInt64 = 0
    ) -> SCVal {
        .fields([
            "grace_min_lead_seconds": .u64(7 * day), "grace_seconds": .u64(grace),
            "tiers": .list(
                tiers.map { .fields(["refund_bps": .u32($0.1), "seconds_before": .u64($0.0)]) }),
        ])
    }

    static func constructor(
        _ admin: Person, _ guardian: Person, _ treasury: Person, _ token: SCAddress,
        _ others: SCVal, settings: SCVal? = nil, tokens: Int = 1
    ) -> [SCVal] {
        [
            admin.value, guardian.value, settings ?? Self.settings(treasury),
            .list(Array(repeating: .address(token), count: tokens)),
            others,
        ]
    }

    @discardableResult
    func call(_ function: String, _ arguments: [SCVal], by people: Person...) throws -> SCVal {
        try world.call(booking, function, arguments, signedBy: people)
    }

    func error(_ function: String, _ arguments: [SCVal], by people: Person...) throws -> String {
        try world.error(booking, function, arguments, signedBy: people)
    }

    /// A quote with the fields that matter to a test.
    func quote(
        seats: UInt32 = 2, price: Int128 = price, departs: UInt64 = departs,
        arrives: UInt64? = nil, expires: UInt64? = nil, nonce: UInt64 = 1, policy: UInt32 = 1,
        seller: Person? = nil, token: SCAddress? = nil, carrier: SCSymbol = "TQ"
    ) -> SCVal {
        .fields([
            "arrives": .u64(arrives ?? departs + Self.hour), "carrier": .symbol(carrier),
            "departs": .u64(departs), "expires": .u64(expires ?? world.ledger.timestamp + 600),
            "flight_ref": .bytes(3), "nonce": .u64(nonce), "policy": .u32(policy),
            "price": .int128(price), "seats": .u32(seats),
            "seller": (seller ?? self.seller).value, "token": .address(token ?? self.token),
        ])
    }

    /// What the seller's key signs: the quote for this contract on this network.
    func signature(
        of quote: SCVal, by key: KeyPair? = nil, contract: SCAddress? = nil
    ) throws -> SCVal {
        let signed = SCVal.list([
            .symbol("quote_v1"), .bytes(SCBytes(ContractWorld.network.id.bytes)),
            .address(contract ?? booking), quote,
        ])
        return .bytes(SCBytes((key ?? quoteKey).sign(try signed.xdr())))
    }

    /// Books, with the payment signed below the booking.
    @discardableResult
    func book(
        _ quote: SCVal? = nil, by passenger: Person? = nil, signature: SCVal? = nil,
        signedBy signer: Person? = nil
    ) throws -> SCVal {
        let (quote, passenger) = (quote ?? self.quote(), passenger ?? alice)
        guard let price = quote["price"]?.int128, case .u32(let seats)? = quote["seats"] else {
            throw WorldError.unexpected(quote)
        }
        let payment = InvokeContractArgs(
            contractAddress: token, functionName: "transfer",
            args: [
                passenger.value, .address(booking), .int128(price &* Int128(seats)),
            ])
        return try world.call(
            booking, "book_quoted",
            [passenger.value, quote, signature ?? self.signature(of: quote)],
            signedBy: [signer ?? passenger], below: [payment])
    }

    /// The error of booking.
    func bookingError(
        _ quote: SCVal? = nil, by passenger: Person? = nil, signature: SCVal? = nil,
        signedBy signer: Person? = nil
    ) throws -> String {
        do {
            let id = try book(quote, by: passenger, signature: signature, signedBy: signer)
            throw WorldError.unexpected(id)
        } catch let error as HostError {
            return error.kind == .contract ? "#\(error.number)" : error.description
        }
    }

    func balance(_ address: SCVal) throws -> Int128? {
        try world.call(token, "balance", [address]).int128
    }

    func escrowed() throws -> Int128? { try call("escrowed", [.address(token)]).int128 }

    func credit(_ person: Person) throws -> Int128? {
        try call("credit", [person.value, .address(token)]).int128
    }

    /// Events of the escrow and of the token in the last call, by their names.
    var eventNames: [String] {
        world.events.compactMap { event in
            guard case .symbol(let name) = event.topics.first else { return nil }
            return name.description
        }
    }

    /// The contract never holds less than it owes.
    func isSolvent() throws -> Bool {
        var owed = try escrowed() ?? 0
        for person in [alice, bob, seller, treasury] { owed += try credit(person) ?? 0 }
        return (try balance(.address(booking)) ?? 0) >= owed
    }
}
