import SorobanHost
import Stellar
import StellarXDR
import TraqoraContracts

/// A token, its admin, and two who hold it.
struct TokenWorld {
    let world: ContractWorld
    let token: SCAddress
    let admin: Person
    let alice: Person
    let bob: Person

    static let cap: Int128 = 1_000_000

    /// Alice holds 1,000 units of 1,000,000.
    init() throws {
        world = try ContractWorld()
        admin = try Person("admin")
        alice = try Person("alice")
        bob = try Person("bob")
        for person in [admin, alice, bob] { try world.add(person) }
        token = try world.deploy(
            ContractCode.token.wasm, salt: 1,
            Self.constructor(admin, holders: [Self.holder(alice, 1_000)]))
    }

    static func holder(_ person: Person, _ amount: Int128) -> SCVal {
        .fields(["account": person.value, "amount": .int128(amount)])
    }

    static func constructor(
        _ admin: Person, decimals: UInt32 = 7, cap: Int128 = cap, holders: [SCVal]
    ) -> [SCVal] {
        [
            admin.value, .text("Test dollar"), .text("USDT"), .u32(decimals), .int128(cap),
            .list(holders),
        ]
    }

    @discardableResult
    func call(_ function: String, _ arguments: [SCVal], by people: Person...) throws -> SCVal {
        try world.call(token, function, arguments, signedBy: people)
    }

    func error(_ function: String, _ arguments: [SCVal], by people: Person...) throws -> String {
        try world.error(token, function, arguments, signedBy: people)
    }

    func balance(_ person: Person) throws -> Int128? {
        try call("balance", [person.value]).int128
    }

    /// Topics and data of the last call's only event.
    func event() throws -> [SCVal] {
        guard world.events.count == 1, let event = world.events.first else { return [] }
        return event.topics + [event.data]
    }

    /// Topics and data of the last call's events.
    var events: [[SCVal]] { world.events.map { $0.topics + [$0.data] } }

    func approve(_ amount: Int128, until ledger: UInt32) -> [SCVal] {
        [alice.value, bob.value, .int128(amount), .u32(ledger)]
    }
}
