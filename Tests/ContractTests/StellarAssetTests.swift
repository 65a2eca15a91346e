import SorobanHost
import Stellar
import StellarXDR
import Testing

private typealias World = BookingWorld

/// An escrow in what the network itself issues: lumens, or an issuer's dollars.
private struct AssetWorld {
    let world: World
    let asset: SCAddress
    let dollar: AlphaNum4
    let issuer: Person

    /// Alice, the seller and the treasury may hold dollars, and Alice has some.
    init(native: Bool) throws {
        world = try World()
        issuer = try Person("issuer")
        try world.world.add(issuer)
        dollar = AlphaNum4(
            assetCode: try AssetCode4(Array("USDC".utf8)), issuer: issuer.key.accountID)
        for person in [world.alice, world.seller, world.treasury] {
            let balance = person.address == world.alice.address ? 1_000_000 : 0
            try world.world.trust(dollar, by: person, balance: Int64(balance))
        }
        asset = try world.world.deploy(native ? .native : .creditAlphanum4(dollar))
        try world.call("set_token", [.address(asset), .bool(true)], by: world.admin)
    }

    func balance(_ holder: SCVal) throws -> Int128 {
        try world.world.call(asset, "balance", [holder]).int128 ?? -1
    }

    /// Two seats, with the payment signed below.
    @discardableResult
    func book(nonce: UInt64 = 1) throws -> SCVal {
        let quote = world.quote(nonce: nonce, token: asset)
        let payment = InvokeContractArgs(
            contractAddress: asset, functionName: "transfer",
            args: [world.alice.value, .address(world.booking), .int128(2 * World.price)])
        return try world.world.call(
            world.booking, "book_quoted",
            [world.alice.value, quote, world.signature(of: quote)], signedBy: [world.alice],
            below: [payment])
    }

    func cancel() throws {
        try world.call("cancel", [world.alice.value, .u64(1), .u32(2)], by: world.alice)
    }

    func credit(_ person: Person) throws -> Int128 {
        try world.call("credit", [person.value, .address(asset)]).int128 ?? -1
    }

    func withdraw(_ person: Person, to: Person) throws {
        try world.call("withdraw", [person.value, .address(asset), to.value], by: person)
    }

    /// What the contract holds is what it owes.
    func isSolvent() throws -> Bool {
        var owed = try world.call("escrowed", [.address(asset)]).int128 ?? -1
        for person in [world.alice, world.seller, world.treasury] { owed += try credit(person) }
        return try balance(.address(world.booking)) == owed
    }
}

@Suite(.builds()) struct StellarAssetTests {
    @Test(arguments: [true, false])
    func `lumens and issued dollars are booked with, and come back to the unit`(
        native: Bool
    ) throws {
        let assets = try AssetWorld(native: native)
        let world = assets.world
        let people = [world.alice, world.seller, world.treasury].map(\.value)
        let before = try people.map { try assets.balance($0) }
        try assets.book()
        #expect(world.eventNames == ["booked", "transfer"])
        #expect(try assets.balance(.address(world.booking)) == 2 * World.price)
        #expect(try assets.isSolvent())
        try assets.cancel()
        let after = try people.map { try assets.balance($0) }
        #expect(zip(after, before).map { $0 - $1 } == [16_001 - 2 * World.price, 3_900, 101])
        #expect(try assets.balance(.address(world.booking)) == 0)
    }

    @Test(arguments: [true, false])
    func `a ticketed booking is settled with the seller in either`(native: Bool) throws {
        let assets = try AssetWorld(native: native)
        let world = assets.world
        try assets.book()
        try world.call("ticket", [world.seller.value, .u64(1), .bytes(1)], by: world.seller)
        let seller = try assets.balance(world.seller.value)
        world.world.advance(to: World.departs + World.hour + 10 * World.day)
        try world.call("settle_stale", [.u64(1)])
        #expect(try assets.balance(world.seller.value) == seller + 2 * World.price - 501)
        #expect(try assets.isSolvent())
    }

    @Test func `who has no line of trust is credited, and takes it when he has one`() throws {
        let assets = try AssetWorld(native: false)
        let world = assets.world
        try assets.book()
        world.world.distrust(assets.dollar, by: world.seller)
        try assets.cancel()
        #expect(try assets.balance(world.alice.value) == 1_000_000 - 2 * World.price + 16_001)
        #expect(try assets.credit(world.seller) == 3_900)
        #expect(try assets.isSolvent())
        #expect(
            try world.error(
                "withdraw", [world.seller.value, .address(assets.asset), world.seller.value],
                by: world.seller) == "#13")
        #expect(try assets.credit(world.seller) == 3_900)
        try world.world.trust(assets.dollar, by: world.seller)
        try assets.withdraw(world.seller, to: world.seller)
        #expect(try assets.balance(world.seller.value) == 3_900)
        #expect(try assets.isSolvent())
    }

    @Test func `a passenger whom the issuer froze is credited, and blocks nobody`() throws {
        let assets = try AssetWorld(native: false)
        let world = assets.world
        try assets.book()
        try world.world.trust(assets.dollar, by: world.alice, flags: 0)
        try assets.cancel()
        #expect(try assets.credit(world.alice) == 16_001)
        #expect(try assets.balance(world.seller.value) == 3_900)
        #expect(try assets.balance(world.treasury.value) == 101)
        #expect(try assets.isSolvent())
        // He may let it go to somebody who can hold it.
        try assets.withdraw(world.alice, to: world.seller)
        #expect(try assets.balance(world.seller.value) == 3_900 + 16_001)
        #expect(try assets.isSolvent())
    }

    @Test func `who is frozen or has no line of trust books nothing`() throws {
        let assets = try AssetWorld(native: false)
        let world = assets.world
        try world.world.trust(assets.dollar, by: world.alice, balance: 1_000_000, flags: 0)
        #expect(throws: HostError.contract(11)) { try assets.book() }
        world.world.distrust(assets.dollar, by: world.alice)
        #expect(throws: HostError.contract(13)) { try assets.book() }
        #expect(try assets.isSolvent())
    }

    @Test func `an account that is gone stops nobody's refund in lumens`() throws {
        let assets = try AssetWorld(native: true)
        let world = assets.world
        try assets.book()
        let key = LedgerKey.account(LedgerKeyAccount(accountID: world.seller.key.accountID))
        world.world.snapshot.entries[key] = nil
        try assets.cancel()
        #expect(try assets.credit(world.seller) == 3_900)
        #expect(try assets.isSolvent())
        try world.world.add(world.seller)
        try assets.withdraw(world.seller, to: world.seller)
        #expect(try assets.isSolvent())
    }
}
