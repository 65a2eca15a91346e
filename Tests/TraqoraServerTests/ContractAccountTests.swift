import HTTP
import Stellar
import StellarXDR
import Testing
import TraqoraAPI
import Travel

@testable import TraqoraServer

/// Payers that are contracts: they authorize, and the platform sends. A genuine one is met in the
/// end-to-end tests.
@Suite(.serialized) struct ContractAccountTests {
    private static let payer = SCAddress.contract(Hash(fitting: [0xCC])).description

    private func ask(
        _ world: TestWorld, _ made: CreateBookingResponse, _ route: Route, _ body: any Encodable
    ) async throws -> HTTPResponse {
        try await world.post(
            route, made.booking.id, body, headers: ["Authorization": "Bearer \(made.token)"])
    }

    @Test(arguments: Engine.all)
    func `a contract account pays and cancels with what its code takes for a signature`(
        engine: Engine
    ) async throws {
        let world = try await TestWorld(engine)
        let made = try await world.create(world.request(world.offer(), payer: Self.payer))
            .json(as: CreateBookingResponse.self)
        let offered = try #require(made.authorization)
        #expect(made.transaction == nil && offered.signer == Self.payer)
        let forged = SigningRequest(authorization: try offered.signed(by: world.traveller))
        #expect(
            try await ask(world, made, .payBooking, forged).problemCode
                == "payments.wrong_signature")
        let alone = SigningRequest(signature: Base64.encode([UInt8](repeating: 1, count: 64)))
        #expect(
            try await ask(world, made, .payBooking, alone).problemCode
                == "payments.wrong_signature")
        let signed = SigningRequest(
            authorization: try offered.signed(with: ScriptedLedger.contractSignature))
        #expect(try await ask(world, made, .payBooking, signed).status == .accepted)
        try await world.work()
        #expect(try await world.read(made).status == .confirmed)

        let cancellation = try await ask(
            world, made, .cancelBooking, SigningRequest(sponsored: true)
        ).json(as: SponsoredCancellationResponse.self).authorization
        let agreed = SigningRequest(
            authorization: try cancellation.signed(with: ScriptedLedger.contractSignature))
        #expect(try await ask(world, made, .cancelBooking, agreed).status == .accepted)
        try await world.work()
        #expect(try await world.read(made).status == .cancelled)
        await world.close()
    }

    @Test func `it sends nothing itself, and nobody signs in for it`() async throws {
        let world = try await TestWorld()
        var request = try await world.request(world.offer(), payer: Self.payer)
        request.sponsored = false
        #expect(try await world.create(request).problemCode == "payments.contract_account")
        request.sponsored = nil
        let made = try await world.create(request).json(as: CreateBookingResponse.self)
        for body in [SigningRequest(), SigningRequest(transaction: "AAAA")] {
            #expect(
                try await ask(world, made, .payBooking, body).problemCode
                    == "payments.contract_account")
        }
        let challenge = try await world.post(
            .signInChallenge, nil, SignInChallengeRequest(account: Self.payer))
        #expect(challenge.problemCode == "auth.contract_account")
        await world.close()
        let off = try await TestWorld(sponsoring: nil)
        let refused = try await off.create(off.request(off.offer(), payer: Self.payer))
        #expect(refused.problemCode == "payments.contract_account")
        await off.close()
    }
}
