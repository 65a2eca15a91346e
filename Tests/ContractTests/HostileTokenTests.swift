import SorobanHost
import Stellar
import StellarXDR
import Testing
import TraqoraContracts

/// A token that calls back whoever asks it to pay, before the payment is over. Nothing may come of
/// it, and nothing may be paid twice.
@Suite(.builds()) struct HostileTokenTests {
    private let base: PlatformWorld
    private let token: SCAddress

    /// Bookings may be paid in the token, and the airline has a bond in it.
    init() throws {
        base = try PlatformWorld.ticketed()
        token = try base.world.deploy(SpecimenWorld.wasm(TowerWasm.base64), salt: 50, [])
        try base.call(base.booking, "set_token", [.address(token), .bool(true)], by: "admin")
        let fare = base.fare(token: token)
        try base.publish(base.flight(number: 200, fares: [fare]))
    }

    private func aim(_ contract: SCAddress, _ function: SCSymbol, _ arguments: [SCVal]) throws {
        try base.call(
            token, "aim", [.address(contract), .symbol(function), .list(arguments)])
    }

    private func hits() throws -> SCVal { try base.call(token, "hits", []) }

    /// Alice books a seat in it.
    private func book() throws {
        try base.call(
            base.booking, "book",
            [
                base["alice"], .u64(2), .symbol("economy"), .u32(1), .int128(PlatformWorld.price),
                .bytes(77),
            ], by: "alice")
    }

    private var number: SCVal { .u64(base.world.bookings.number(2)) }

    private func owed() throws -> [SCVal] {
        [
            try base.call(base.booking, "escrowed", [.address(token)]),
            try base.call(base.booking, "credit", [base["alice"], .address(token)]),
        ]
    }

    @Test func `a token really calls back where nobody is in the way`() throws {
        try aim(base.booking, "version", [])
        let payment = [base["alice"], base["bob"], SCVal.int128(1)]
        try base.call(token, "transfer", payment)
        #expect(try hits() == .u32(1))
    }

    @Test func `a booking ends once, whatever its token calls meanwhile`() throws {
        try book()
        for function in ["expire", "refund_cancelled", "settle_stale", "resolve_expired"] {
            try aim(base.booking, SCSymbol(function), [number])
            let before = base.world.state
            base.world.advance(to: PlatformWorld.now + 3 * PlatformWorld.hour)
            try base.call(base.booking, "expire", [.u64(2)])
            #expect(try hits() == .u32(0), "\(function)")
            #expect(try owed() == [.int128(0), .int128(0)])
            #expect(try base.error(base.booking, "expire", [.u64(2)]) == "#403")
            base.world.state = before
        }
        #expect(try owed() == [.int128(PlatformWorld.price), .int128(0)])
    }

    @Test func `nor can it be ended before it is made`() throws {
        try book()
        let number = number
        try aim(base.booking, "withdraw", [base["alice"], .address(token), base["alice"]])
        let cancel = [base["alice"], SCVal.u64(2), .u32(1)]
        try base.call(base.booking, "cancel", cancel, by: "alice")
        try aim(base.booking, "expire", [number])
        #expect(try base.error(base.booking, "cancel", cancel, by: "alice") == "#403")
        #expect(try hits() == .u32(0))
        #expect(try owed() == [.int128(0), .int128(0)])
    }

    @Test func `a bond is withdrawn and slashed once`() throws {
        let bond = [PlatformWorld.code, SCVal.address(token)]
        try base.call(
            base.airline, "deposit_bond",
            [base["owner"], PlatformWorld.code, .address(token), .int128(100)], by: "owner")
        try base.call(
            base.airline, "request_bond_withdrawal", bond + [.int128(60)], by: "owner")
        base.world.advance(to: base.world.ledger.timestamp + 7 * PlatformWorld.day)
        try aim(base.airline, "withdraw_bond", bond)
        // The owner agrees to the second withdrawal too, and within the first.
        let inner = InvokeContractArgs(
            contractAddress: base.airline, functionName: "withdraw_bond", args: bond)
        try base.call(base.airline, "withdraw_bond", bond, by: "owner", below: [inner])
        #expect(try hits() == .u32(0))
        #expect(try base.call(base.airline, "bond", bond)["amount"] == .int128(40))
    }
}
