import Cryptography
import SorobanHost
import Stellar
import StellarXDR
import Testing
import TraqoraContracts

private typealias World = BookingWorld

/// What was used, or put away, does not come back to life as something new.
@Suite(.builds()) struct ReplayTests {
    @Test func `replayed quote`() throws {
        let world = try World()
        let quote = world.quote(expires: World.now + 20 * World.day)
        let signature = try world.signature(of: quote)
        try world.book(quote, signature: signature)
        for passenger in [world.alice, world.bob] {
            #expect(try world.bookingError(quote, by: passenger, signature: signature) == "#414")
        }
        // Given back, it is used all the same.
        try world.call("cancel", [world.alice.value, .u64(1), .u32(2)], by: world.alice)
        #expect(try world.bookingError(quote, signature: signature) == "#414")
        // Another number makes it another quote, which nobody signed.
        let other = world.quote(expires: World.now + 20 * World.day, nonce: 2)
        #expect(
            try world.bookingError(other, signature: signature) == "Error(Crypto, InvalidInput)")
        // It is good for this contract on this network alone.
        world.world.ledger.networkID = Network.testnet.id.bytes
        let (call, consent) = try bookingCall(world, other, world.signature(of: other))
        var signed = try world.world.signed(consent, by: world.alice)
        signed = try signed.signed(
            by: world.alice.key, until: world.world.ledger.sequence + 50, on: .testnet)
        #expect(throws: HostError.self) { try world.world.call(call, [signed]) }
        world.world.ledger.networkID = Network.standalone.id.bytes
        try world.book(other)
    }

    private func bookingCall(_ world: World, _ quote: SCVal, _ signature: SCVal) throws
        -> (InvokeContractArgs, SorobanAuthorizedInvocation)
    {
        let call = InvokeContractArgs(
            contractAddress: world.booking, functionName: "book_quoted",
            args: [world.alice.value, quote, signature])
        let payment = InvokeContractArgs(
            contractAddress: world.token, functionName: "transfer",
            args: [world.alice.value, .address(world.booking), .int128(2 * World.price)])
        return (
            call,
            SorobanAuthorizedInvocation(
                function: .contractFn(call),
                subInvocations: [
                    SorobanAuthorizedInvocation(
                        function: .contractFn(payment), subInvocations: [])
                ])
        )
    }

    @Test func `replayed signature`() throws {
        let world = try World()
        let transfer = InvokeContractArgs(
            contractAddress: world.token, functionName: "transfer",
            args: [world.alice.value, world.bob.value, .int128(10)])
        let consent = SorobanAuthorizedInvocation(
            function: .contractFn(transfer), subInvocations: [])
        let signed = try world.world.signed(consent, by: world.alice)
        try world.world.call(transfer, [signed])
        #expect(throws: HostError.self) { try world.world.call(transfer, [signed]) }
        #expect(try world.balance(world.alice.value) == World.balance - 10)
        // Kept for later it is worth nothing, and neither is it with another number or amount.
        let kept = try world.world.signed(consent, by: world.alice)
        var changed = kept
        if case .address(var credentials) = changed.credentials {
            credentials.nonce += 1
            changed.credentials = .address(credentials)
        }
        #expect(throws: HostError.self) { try world.world.call(transfer, [changed]) }
        var more = transfer
        more.args[2] = .int128(11)
        #expect(throws: HostError.self) { try world.world.call(more, [kept]) }
        world.world.ledger.sequence += 101
        #expect(throws: HostError.self) { try world.world.call(transfer, [kept]) }
        #expect(try world.balance(world.alice.value) == World.balance - 10)
    }

    @Test func `stuck funds because a receiver cannot receive`() throws {
        // The whole way is in `StellarAssetTests` and `CreditTests`; here, each exit.
        let platform = try PlatformWorld.ticketed()
        let issuer = try Person("issuer")
        try platform.world.add(issuer)
        let dollar = AlphaNum4(
            assetCode: try AssetCode4(Array("USDC".utf8)), issuer: issuer.key.accountID)
        let people = platform.people
        guard let alice = people["alice"] else { throw WorldError.unexpected(.void) }
        try platform.world.trust(dollar, by: alice, balance: 1_000_000)
        let asset = try platform.world.deploy(.creditAlphanum4(dollar))
        try platform.call(
            platform.booking, "set_token", [.address(asset), .bool(true)], by: "admin")
        try platform.publish(platform.flight(number: 2, fares: [platform.fare(token: asset)]))
        for _ in 0..<4 { try book(platform, asset) }
        // Nobody but Alice can hold the dollar, and she no longer either.
        platform.world.distrust(dollar, by: alice)
        let amount = PlatformWorld.price
        try platform.call(
            platform.booking, "cancel", [platform["alice"], .u64(2), .u32(1)], by: "alice")
        try platform.call(
            platform.booking, "carrier_cancel", [platform["operator"], .u64(3)], by: "operator")
        try platform.call(
            platform.booking, "ticket", [platform["operator"], .u64(4), .bytes(1)],
            by: "operator")
        platform.world.advance(to: PlatformWorld.now + PlatformWorld.day)
        try platform.call(platform.booking, "expire", [.u64(5)])
        platform.world.advance(to: PlatformWorld.arrives + 10 * PlatformWorld.day)
        try platform.call(platform.booking, "settle_stale", [.u64(4)])
        func credit(_ name: String) throws -> Int128 {
            try platform.call(platform.booking, "credit", [platform[name], .address(asset)])
                .int128 ?? -1
        }
        // 80 % of one, all of two; 20 % of one and all of one less 2.5 % for the platform.
        #expect(try credit("alice") == 8_000 + 2 * amount)
        #expect(try credit("treasury") == 51 + 251)
        #expect(try credit("owner") == 2_001 - 51 + amount - 251)
        #expect(
            try platform.call(platform.booking, "escrowed", [.address(asset)]).int128 == 0)
        try platform.world.trust(dollar, by: alice)
        for name in ["alice", "owner", "treasury"] {
            try platform.call(
                platform.booking, "withdraw",
                [platform[name], .address(asset), platform["alice"]], by: name)
            #expect(try credit(name) == 0)
        }
        #expect(
            try platform.world.call(asset, "balance", [platform["alice"]]).int128 == 4 * amount)
        #expect(
            try platform.world.call(asset, "balance", [.address(platform.booking)]).int128 == 0)
    }

    private func book(_ platform: PlatformWorld, _ asset: SCAddress) throws {
        let payment = InvokeContractArgs(
            contractAddress: asset, functionName: "transfer",
            args: [
                platform["alice"], .address(platform.booking), .int128(PlatformWorld.price),
            ])
        try platform.call(
            platform.booking, "book",
            [
                platform["alice"], .u64(2), .symbol("economy"), .u32(1),
                .int128(PlatformWorld.price),
                .bytes(UInt8(truncatingIfNeeded: 7 + platform.world.bookings.count)),
            ], by: "alice", below: [payment])
    }

    @Test func `archived entries`() throws {
        let world = try World()
        let quote = world.quote(
            departs: World.now + 390 * World.day, expires: World.now + 380 * World.day)
        let signature = try world.signature(of: quote)
        try world.book(quote, signature: signature)
        world.world.advance(to: World.now + 200 * World.day)
        let used = SCVal.list([.symbol("quotes"), world.seller.value, .u64(1)])
        #expect(try #require(world.world.life(of: used, of: world.booking)) <= 0)
        // What was put away is not as if it had never been: it must be brought back, and then the
        // quote is used, the code taken, the money there.
        world.world.restoresArchived = false
        #expect(throws: WorldError.self) { try world.escrowed() }
        world.world.restoresArchived = true
        #expect(try world.bookingError(quote, by: world.bob, signature: signature) == "#414")
        #expect(try world.escrowed() == 2 * World.price)
        try world.call("expire", [.u64(1)])
        #expect(try world.balance(world.alice.value) == World.balance)
    }
}
