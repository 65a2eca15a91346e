import Cryptography
import Foundation
import HTTP
import Stellar
import StellarXDR
import Testing
import TraqoraAPI
import Travel

@testable import TraqoraServer

/// Payments for which the platform pays the network.
@Suite(.serialized) struct SponsoringTests {
    private func pay(
        _ world: TestWorld, _ made: CreateBookingResponse, _ request: SigningRequest
    ) async throws -> HTTPResponse {
        try await world.post(
            .payBooking, made.booking.id, request,
            headers: ["Authorization": "Bearer \(made.token)"])
    }

    func offer(_ world: TestWorld, _ made: CreateBookingResponse) async throws
        -> UnsignedAuthorizationResponse
    {
        let response = try await pay(world, made, SigningRequest(sponsored: true))
        #expect(response.status == .ok)
        return try response.json()
    }

    /// The signature as a wallet makes it: of the preimage that it is given.
    private func signature(
        _ offered: UnsignedAuthorizationResponse, by key: KeyPair
    ) throws -> [UInt8] {
        key.sign(SHA256.hash(try #require(Base64.decode(offered.preimage))))
    }

    func sign(
        _ offered: UnsignedAuthorizationResponse, by key: KeyPair,
        on network: Network = ScriptedLedger.network
    ) throws -> String {
        let entry = try SorobanAuthorizationEntry(base64: offered.authorization)
        return try entry.signed(by: key, until: offered.expirationLedger, on: network).base64()
    }

    @Test(arguments: Engine.all, [true, false])
    func `the payer signs one entry, the platform pays the network, once`(
        engine: Engine, isWhole: Bool
    ) async throws {
        let world = try await TestWorld(engine)
        let made = try await world.book()
        let offered = try await offer(world, made)
        #expect(offered.signer == world.traveller.address)
        #expect(offered.summary.contains("Traqora pays the network's fee."))
        let preimage = try #require(Base64.decode(offered.preimage))
        #expect(Hex.encode(SHA256.hash(preimage)) == offered.hash)
        let before = try #require(await world.ledger.accounts[world.traveller.accountID])

        let request =
            isWhole
            ? SigningRequest(authorization: try sign(offered, by: world.traveller))
            : SigningRequest(
                signature: Base64.encode(try signature(offered, by: world.traveller)))
        for _ in 0..<2 {
            #expect(try await pay(world, made, request).status == .accepted)
        }
        // Sent again by one who did not hear: still once.
        try await world.work()
        try await world.work(world.anotherServer())
        #expect(try await pay(world, made, request).status == .accepted)
        try await world.work()
        let booking = try await world.read(made)
        #expect(booking.status == .confirmed)
        #expect(booking.chain.transactions.map(\.status) == [.applied])
        let after = try #require(await world.ledger.accounts[world.traveller.accountID])
        #expect(after.sequence == before.sequence && after.stroops == before.stroops)
        #expect(after.tokens < before.tokens)
        let sent = await world.ledger.applied.filter { $0.value.envelope.isPayment }
        #expect(sent.count == 1)
        // It is told under the name that the ledger knows it by.
        #expect(booking.chain.transactions[0].hash == sent.first?.key.description)
        let day = try await SponsoringRepository(database: world.database).day(world.clock.now)
        #expect(day.count == 1 && day.feeStroops == ScriptedLedger.feeCharged)
        await world.close()
    }

    /// What may come back in place of what was offered.
    enum Forgery: String, CaseIterable {
        case notBase64, notXDR, unsigned, otherKey, otherNetwork, longerLife, otherArgument
        case otherNonce, otherBooking, sourceAccount, twoSignatures, moreCalls, both

        var code: String {
            switch self {
            case .notBase64, .notXDR, .both: "payments.malformed_authorization"
            case .unsigned: "payments.not_signed"
            case .otherNetwork: "payments.wrong_network"
            case .otherKey, .twoSignatures: "payments.wrong_signature"
            case .longerLife, .otherArgument, .otherNonce, .otherBooking, .sourceAccount,
                .moreCalls:
                "payments.other_authorization"
            }
        }
    }

    @Test(arguments: Engine.all, Forgery.allCases)
    func `only the entry that was offered is taken, with nothing but the signature filled in`(
        engine: Engine, forgery: Forgery
    ) async throws {
        let world = try await TestWorld(engine)
        let made = try await world.book()
        let offered = try await offer(world, made)
        let request = try await forged(forgery, offered, world)
        let response = try await pay(world, made, request)
        #expect(response.problemCode == forgery.code)
        try await world.work()
        #expect(await world.ledger.applied.isEmpty)
        let day = try await SponsoringRepository(database: world.database).day(world.clock.now)
        #expect(day.count == 0)
        await world.close()
    }

    @Test(arguments: Engine.all)
    func `an account has so much paid for it in a day, and pays itself then`(engine: Engine)
        async throws
    {
        var limits = Sponsoring()
        limits.countPerDayMax = 1
        let world = try await TestWorld(engine, sponsoring: limits)
        let (first, second) = (try await world.book(), try await world.book("FRA", "MAD"))
        let offers = (try await offer(world, first), try await offer(world, second))
        let signed = try sign(offers.0, by: world.traveller)
        #expect(
            try await pay(world, first, SigningRequest(authorization: signed)).status == .accepted)
        let late = SigningRequest(authorization: try sign(offers.1, by: world.traveller))
        #expect(try await pay(world, second, late).problemCode == "sponsoring.limit_reached")
        #expect(
            try await pay(world, second, SigningRequest(sponsored: true)).problemCode
                == "sponsoring.limit_reached")
        #expect(try await world.pay(second).status == .accepted)
        try await world.work()
        #expect(try await world.read(first).status == .confirmed)
        #expect(try await world.read(second).status == .confirmed)
        world.clock.advance(by: 86_400)
        let next = try await world.book("LHR", "FRA")
        #expect(try await pay(world, next, SigningRequest(sponsored: true)).status == .ok)
        await world.close()
    }

    @Test(arguments: Engine.all)
    func `what a day may cost is not exceeded, however many come at once`(engine: Engine)
        async throws
    {
        var limits = Sponsoring()
        // Promised are 76,500 each: 51,000 and a half more.
        limits.dayStroopsMax = 200_000
        let world = try await TestWorld(engine, sponsoring: limits)
        var signed: [(CreateBookingResponse, SigningRequest)] = []
        for _ in 0..<5 {
            let made = try await world.book()
            signed.append(
                (
                    made,
                    SigningRequest(
                        authorization: try await sign(offer(world, made), by: world.traveller))
                ))
        }
        let statuses = try await withThrowingTaskGroup { group in
            for (made, request) in signed {
                group.addTask { try await pay(world, made, request).status }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(statuses.filter { $0 == .accepted }.count == 2)
        #expect(statuses.filter { $0 == .conflict }.count == 3)
        try await world.work()
        // What was promised and not needed is free again.
        let day = try await SponsoringRepository(database: world.database).day(world.clock.now)
        #expect(day.count == 2 && day.feeStroops == 2 * ScriptedLedger.feeCharged)
        await world.close()
    }

    @Test func `it is off where nobody switched it on, and dear calls are not paid for`()
        async throws
    {
        let off = try await TestWorld(sponsoring: nil)
        let made = try await off.book()
        #expect(
            try await pay(off, made, SigningRequest(sponsored: true)).problemCode
                == "sponsoring.off")
        await off.close()
        let world = try await TestWorld()
        let other = try await world.book()
        await world.ledger.set(resourceFee: 50_000_000)
        #expect(
            try await pay(world, other, SigningRequest(sponsored: true)).problemCode
                == "sponsoring.limit_reached")
        await world.ledger.set(resourceFee: 50_000)
        let offered = try await offer(world, other)
        let request = SigningRequest(authorization: try sign(offered, by: world.traveller))
        await world.ledger.set(resourceFee: 500_000)
        #expect(try await pay(world, other, request).problemCode == "sponsoring.limit_reached")
        await world.close()
    }

    @Test(arguments: Engine.all)
    func `a payer whose money is gone costs the platform nothing, and may try again`(
        engine: Engine
    ) async throws {
        let world = try await TestWorld(engine)
        let made = try await world.book()
        let request = SigningRequest(
            authorization: try await sign(offer(world, made), by: world.traveller))
        #expect(try await pay(world, made, request).status == .accepted)
        await world.ledger.setTokens(0, of: world.traveller.accountID)
        try await world.work()
        let failed = try #require(try await world.read(made).chain.transactions.first)
        #expect(failed.status == .failed && failed.failure?.isEmpty == false)
        #expect(await world.ledger.applied.isEmpty)
        let day = try await SponsoringRepository(database: world.database).day(world.clock.now)
        #expect(day.feeStroops == 0)
        await world.ledger.setTokens(1_000_000_000_000, of: world.traveller.accountID)
        let again = SigningRequest(
            authorization: try await sign(offer(world, made), by: world.traveller))
        #expect(try await pay(world, made, again).status == .accepted)
        try await world.work()
        #expect(try await world.read(made).status == .confirmed)
        await world.close()
    }

    @Test(arguments: Engine.all)
    func `an answer that was lost on the way makes no second transaction`(engine: Engine)
        async throws
    {
        let world = try await TestWorld(engine)
        let made = try await world.book()
        let request = SigningRequest(
            authorization: try await sign(offer(world, made), by: world.traveller))
        #expect(try await pay(world, made, request).status == .accepted)
        await world.ledger.set(losingAnswers: ["sendTransaction"])
        _ = try? await world.server.parts.sponsorWorker.run()
        await world.ledger.set(losingAnswers: [])
        world.clock.advance(by: 200)
        try await world.work(world.anotherServer())
        #expect(try await world.read(made).status == .confirmed)
        #expect(await world.ledger.applied.filter { $0.value.envelope.isPayment }.count == 1)
        await world.close()
    }

    @Test func `an open offer is given again, and does not hold longer than it can be used`()
        async throws
    {
        let world = try await TestWorld()
        let made = try await world.book()
        let first = try await offer(world, made)
        #expect(try await offer(world, made) == first)
        let latest = await world.ledger.sequence
        let seconds = world.clock.now.seconds(until: made.booking.holdExpiresAt)
        #expect(Int64(first.expirationLedger - latest) <= seconds / 4 + 12)
        // Who comes again with the key of the booking gets the transaction, not the authorization.
        let rows = try await world.server.parts.transactions.all(of: made.booking.id)
        #expect(Set(rows.map(\.form)) == [.authorization, .transaction])
        await world.close()
    }

    @Test(arguments: Engine.all)
    func `a number that is used up makes no second transaction before time has spoken`(
        engine: Engine
    ) async throws {
        let world = try await TestWorld(engine)
        let made = try await world.book()
        let request = SigningRequest(
            authorization: try await sign(offer(world, made), by: world.traveller))
        #expect(try await pay(world, made, request).status == .accepted)
        // Made and kept, but the process dies before it sends; meanwhile the number is used.
        let seller = world.configuration.seller.accountID
        await world.ledger.set(losingAnswers: ["sendTransaction", "getTransaction"])
        _ = try? await world.server.parts.sponsorWorker.run()
        await world.ledger.set(losingAnswers: [])
        let kept = try await world.server.parts.transactions.all(of: made.booking.id)
            .first { $0.form == .authorization }
        let sent = try #require(kept?.sentHash)
        await world.ledger.useNumber(of: seller)
        world.clock.advance(by: 200)
        try await world.work(roundsMax: 3)
        let after = try await world.server.parts.transactions.all(of: made.booking.id)
            .first { $0.form == .authorization }
        #expect(after?.sentHash == sent)
        #expect(await world.ledger.applied.filter { $0.value.envelope.isPayment }.count <= 1)
        await world.close()
    }
}

extension TransactionEnvelope {
    var isPayment: Bool {
        guard case .invokeHostFunction(let body)? = transaction.operations.first?.body,
            case .invokeContract(let call) = body.hostFunction
        else { return false }
        return call.functionName == "book_quoted"
    }
}
