import Cryptography
import Database
import HTTP
import Stellar
import StellarXDR
import Testing
import TraqoraAPI
import Travel

@testable import TraqoraServer

/// What else travellers do while the platform pays the network: cancel, dispute, claim.
@Suite(.serialized) struct SponsoredCallTests {
    /// What is done with a booking that was paid.
    enum Call: String, CaseIterable {
        case cancel, dispute, claim

        var route: Route {
            switch self {
            case .cancel: .cancelBooking
            case .dispute: .disputeBooking
            case .claim: .claimDelay
            }
        }

        var purpose: TransactionPurpose {
            switch self {
            case .cancel: .cancellation
            case .dispute: .dispute
            case .claim: .claim
            }
        }

        /// What asks for something to sign.
        var asking: any Encodable {
            self == .dispute
                ? DisputeRequest(statement: "Eleven hours late.", sponsored: true)
                : SigningRequest(sponsored: true)
        }

        /// What sends what was signed.
        func sending(authorization: String? = nil, signature: String? = nil) -> any Encodable {
            self == .dispute
                ? DisputeRequest(authorization: authorization, signature: signature)
                : SigningRequest(authorization: authorization, signature: signature)
        }
    }

    struct Paid {
        let world: TestWorld
        let server: TraqoraServer
        let made: CreateBookingResponse

        init(_ engine: Engine, sponsoring: Sponsoring? = Sponsoring()) async throws {
            world = try await TestWorld(engine, sponsoring: sponsoring)
            server = world.administeredServer()
            made = try await world.book()
            _ = try await world.pay(made)
            try await world.work()
            // As if an airline had published the flight.
            try await world.database.execute("UPDATE escrows SET flight_id = 1")
        }

        func ask(_ call: Call, _ body: any Encodable) async throws -> HTTPResponse {
            try await world.post(
                call.route, made.booking.id, body,
                headers: ["Authorization": "Bearer \(made.token)"], to: server)
        }

        func offer(_ call: Call) async throws -> UnsignedAuthorizationResponse {
            let response = try await ask(call, call.asking)
            #expect(response.status == .ok)
            return switch call {
            case .cancel:
                try response.json(as: SponsoredCancellationResponse.self).authorization
            case .dispute: try response.json()
            case .claim: try response.json(as: SponsoredClaimResponse.self).authorization
            }
        }

        func day() async throws -> (count: Int, feeStroops: Int64) {
            try await SponsoringRepository(database: world.database).day(world.clock.now)
        }
    }

    @Test(arguments: Engine.all, Call.allCases)
    func `the payer signs one entry and spends no stroop, and it happens once`(
        engine: Engine, call: Call
    ) async throws {
        let paid = try await Paid(engine)
        let world = paid.world
        let before = try #require(await world.ledger.accounts[world.traveller.accountID])
        let offered = try await paid.offer(call)
        #expect(offered.purpose == call.purpose && offered.signer == world.traveller.address)
        #expect(offered.summary.contains("Traqora pays the network's fee."))
        let signature = Base64.encode(
            world.traveller.sign(SHA256.hash(try #require(Base64.decode(offered.preimage)))))
        let requests = [
            call.sending(authorization: try offered.signed(by: world.traveller)),
            call.sending(signature: signature),
        ]
        for request in requests { #expect(try await paid.ask(call, request).status == .accepted) }
        try await world.work()
        #expect(try await paid.ask(call, requests[0]).status == .accepted)
        try await world.work(world.anotherServer())
        let booking = try await world.read(paid.made)
        #expect(booking.chain.transactions.map(\.status) == [.applied, .applied])
        #expect(booking.chain.transactions.map(\.purpose) == [.payment, call.purpose])
        switch call {
        case .cancel: #expect(booking.status == .cancelled)
        case .dispute: #expect(booking.status == .disputed)
        case .claim: #expect(booking.status == .confirmed)
        }
        let after = try #require(await world.ledger.accounts[world.traveller.accountID])
        #expect(after.sequence == before.sequence && after.stroops == before.stroops)
        let day = try await paid.day()
        #expect(day.count == 1 && day.feeStroops == ScriptedLedger.feeCharged)
        await world.close()
    }

    @Test(arguments: Engine.all)
    func `what was signed for one thing does no other, and nothing else is signed`(
        engine: Engine
    ) async throws {
        let paid = try await Paid(engine)
        let key = paid.world.traveller
        let cancellation = try await paid.offer(.cancel).signed(by: key)
        let stranger = try await paid.offer(.cancel).signed(by: .random())
        let refusals: [(Call, any Encodable, String)] = [
            (
                .claim, Call.claim.sending(authorization: cancellation),
                "payments.other_authorization"
            ),
            (
                .dispute, Call.dispute.sending(authorization: cancellation),
                "payments.other_authorization"
            ),
            (
                .cancel, Call.cancel.sending(authorization: stranger),
                "payments.wrong_signature"
            ),
            (
                .cancel, SigningRequest(transaction: "AAAA", signature: "AAAA"),
                "payments.malformed_authorization"
            ),
            (
                .dispute, DisputeRequest(transaction: "no XDR"),
                "payments.malformed_transaction"
            ),
        ]
        for (call, request, code) in refusals {
            #expect(try await paid.ask(call, request).problemCode == code, "\(call)")
        }
        // What one said may be said otherwise; what was signed before commits to the other words.
        let first = try await paid.offer(.dispute).signed(by: key)
        _ = try await paid.ask(.dispute, DisputeRequest(statement: "Twelve.", sponsored: true))
        #expect(
            try await paid.ask(.dispute, Call.dispute.sending(authorization: first)).problemCode
                == "payments.other_authorization")
        let before = await paid.world.ledger.applied.count
        try await paid.world.work()
        #expect(await paid.world.ledger.applied.count == before)
        await paid.world.close()
    }

    @Test(arguments: Engine.all)
    func `all that an account does counts against one limit`(engine: Engine) async throws {
        var limits = Sponsoring()
        limits.countPerDayMax = 1
        let paid = try await Paid(engine, sponsoring: limits)
        let (claim, cancel) = (try await paid.offer(.claim), try await paid.offer(.cancel))
        let key = paid.world.traveller
        let first = Call.claim.sending(authorization: try claim.signed(by: key))
        #expect(try await paid.ask(.claim, first).status == .accepted)
        let second = Call.cancel.sending(authorization: try cancel.signed(by: key))
        #expect(try await paid.ask(.cancel, second).problemCode == "sponsoring.limit_reached")
        #expect(
            try await paid.ask(.dispute, Call.dispute.asking).problemCode
                == "sponsoring.limit_reached")
        // What one pays for oneself is not limited.
        #expect(try await paid.ask(.cancel, SigningRequest()).status == .created)
        await paid.world.close()
    }

    @Test(arguments: Engine.all)
    func `a cancellation that came to nothing costs nothing and may be tried again`(
        engine: Engine
    ) async throws {
        let paid = try await Paid(engine)
        let world = paid.world
        let signed = try await paid.offer(.cancel).signed(by: world.traveller)
        let request = SigningRequest(authorization: signed)
        #expect(try await paid.ask(.cancel, request).status == .accepted)
        // The server says for a while that the contract would refuse it.
        await world.ledger.set(simulationError: "HostError: Error(Contract, #403)")
        _ = try await world.server.parts.sponsorWorker.run()
        await world.ledger.set(simulationError: nil)
        let told = try await world.read(paid.made)
        #expect(told.status == .confirmed)
        #expect(told.chain.transactions.last?.status == .failed)
        #expect(try await paid.day().feeStroops == 0)
        let again = SigningRequest(
            authorization: try await paid.offer(.cancel).signed(by: world.traveller))
        #expect(try await paid.ask(.cancel, again).status == .accepted)
        try await world.work()
        #expect(try await world.read(paid.made).status == .cancelled)
        await world.close()
    }

    @Test(arguments: Engine.all)
    func `a server that forgets a transaction makes no second one`(engine: Engine) async throws {
        let paid = try await Paid(engine)
        let world = paid.world
        let signed = try await paid.offer(.cancel).signed(by: world.traveller)
        let before = await world.ledger.applied.count
        _ = try await paid.ask(.cancel, SigningRequest(authorization: signed))
        await world.ledger.set(lie: .forgets)
        for _ in 0..<2 {
            _ = try? await world.server.parts.sponsorWorker.run()
            world.clock.advance(by: 130)
        }
        await world.ledger.set(lie: nil)
        world.clock.advance(by: 200)
        try await world.work()
        #expect(await world.ledger.applied.count == before + 1)
        #expect(try await world.read(paid.made).status == .cancelled)
        await world.close()
    }

    @Test func `a booking is sponsored from its first moment, for whom has no lumens`()
        async throws
    {
        let world = try await TestWorld()
        await world.ledger.fund(world.traveller.accountID, .init(stroops: 0))
        var request = try await world.request(world.offer())
        #expect(try await world.create(request).problemCode == "payments.too_little_money")
        request.sponsored = true
        let key = "a-key-that-is-used-again"
        let made = try await world.create(request, key: key).json(as: CreateBookingResponse.self)
        let offered = try #require(made.authorization)
        #expect(made.transaction == nil)
        let again = try await world.create(request, key: key).json(as: CreateBookingResponse.self)
        #expect(again.authorization == offered && again.token == made.token)
        let paid = try await world.post(
            .payBooking, made.booking.id,
            SigningRequest(authorization: offered.signed(by: world.traveller)),
            headers: ["Authorization": "Bearer \(made.token)"])
        #expect(paid.status == .accepted)
        try await world.work()
        #expect(try await world.read(made).status == .confirmed)
        await world.close()
    }
}

extension UnsignedAuthorizationResponse {
    /// The entry as a wallet gives it back that signs with a key, be it whose it may.
    func signed(by key: KeyPair, on network: Network = ScriptedLedger.network) throws -> String {
        let entry = try SorobanAuthorizationEntry(base64: authorization)
        let payload = try entry.payload(until: expirationLedger, on: network)
        return try signed(
            with: .accountSignatures([
                AccountSignature(key: key.publicKey, signature: key.sign(payload.bytes))
            ]))
    }

    /// The entry as a contract account's wallet gives it back.
    func signed(with signature: SCVal) throws -> String {
        try SorobanAuthorizationEntry(base64: authorization)
            .with(signature, until: expirationLedger).base64()
    }
}
