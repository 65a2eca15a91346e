import Cryptography
import Database
import HTTP
import Stellar
import StellarXDR
import Testing
import TraqoraAPI
import Travel

@testable import TraqoraServer

/// What accounts do beside bookings, while the platform pays the network.
@Suite(.serialized) struct SponsoredTransactionTests {
    private static let token = SCAddress.contract(Hash(fitting: [9])).description

    /// A traveller, or a contract account, for whom something waits.
    private func world(_ engine: Engine, for address: String? = nil) async throws -> (
        TestWorld, TraqoraServer
    ) {
        let world = try await TestWorld(engine)
        try await world.database.execute(
            """
            INSERT INTO escrow_credits (address, token, amount)
            VALUES (\(address ?? world.traveller.address), \(Self.token), 70)
            """)
        return (world, world.administeredServer())
    }

    private func offer(
        _ world: TestWorld, _ server: TraqoraServer, for address: String, sponsored: Bool? = true
    ) async throws -> HTTPResponse {
        try await world.ask(
            .withdrawCredit, server, ["address": address],
            body: WithdrawalRequest(token: Self.token, sponsored: sponsored))
    }

    @Test(arguments: Engine.all)
    func `what waits is paid out for a signature, once`(engine: Engine) async throws {
        let (world, server) = try await world(engine)
        let key = world.traveller
        let before = try #require(await world.ledger.accounts[key.accountID])
        let offered = try await offer(world, server, for: key.address)
            .json(as: UnsignedAuthorizationResponse.self)
        #expect(offered.purpose == .payout)
        let signature = Base64.encode(
            key.sign(SHA256.hash(try #require(Base64.decode(offered.preimage)))))
        let requests = [
            SignedTransactionRequest(hash: offered.hash, signature: signature),
            SignedTransactionRequest(authorization: try offered.signed(by: key)),
        ]
        for request in requests {
            let sent = try await world.ask(.submitTransaction, server, body: request)
            #expect(sent.status == .accepted)
        }
        try await world.work(server)
        let done = try await world.ask(.readTransaction, server, ["hash": offered.hash])
            .json(as: TransactionResponse.self)
        #expect(done.status == .applied && done.purpose == .payout)
        #expect(await world.ledger.applied.count == 1)
        // It is found by the name that the ledger knows it by, too.
        let named = try await world.ask(.readTransaction, server, ["hash": done.hash])
        #expect(try named.json(as: TransactionResponse.self) == done)
        let after = try #require(await world.ledger.accounts[key.accountID])
        #expect(after.sequence == before.sequence && after.stroops == before.stroops)
        await world.close()
    }

    @Test(arguments: Engine.all)
    func `nothing is taken but what was offered, signed by whose it is`(engine: Engine)
        async throws
    {
        let (world, server) = try await world(engine)
        let key = world.traveller
        let offered = try await offer(world, server, for: key.address)
            .json(as: UnsignedAuthorizationResponse.self)
        let good = try offered.signed(by: key)
        var other = try SorobanAuthorizationEntry(base64: good)
        if case .address(var credentials) = other.credentials {
            credentials.nonce &+= 1
            other.credentials = .address(credentials)
        }
        let booking = try await world.book()
        let payment = try await world.post(
            .payBooking, booking.booking.id, SigningRequest(sponsored: true),
            headers: ["Authorization": "Bearer \(booking.token)"]
        ).json(as: UnsignedAuthorizationResponse.self)
        let signature = Base64.encode([UInt8](repeating: 7, count: 64))
        let refusals: [(String, SignedTransactionRequest)] = try [
            ("payments.other_authorization", .init(authorization: other.base64())),
            ("payments.other_authorization", .init(hash: "00", signature: signature)),
            // One of a booking goes to the booking.
            ("payments.other_authorization", .init(authorization: payment.signed(by: key))),
            ("payments.wrong_signature", .init(hash: offered.hash, signature: signature)),
            ("payments.wrong_signature", .init(authorization: offered.signed(by: .random()))),
            (
                "payments.wrong_network",
                .init(authorization: offered.signed(by: key, on: .testnet))
            ),
            ("payments.not_signed", .init(authorization: offered.authorization)),
            ("payments.malformed_authorization", .init(authorization: "no base 64")),
        ]
        for (code, request) in refusals {
            let refused = try await world.ask(.submitTransaction, server, body: request)
            #expect(refused.problemCode == code)
        }
        let empty = await server.answer(
            to: HTTPRequest(.post, Route.submitTransaction.pattern, body: Array("{}".utf8)))
        #expect(empty.problemCode == "payments.malformed_transaction")
        try await world.work(server)
        #expect(await world.ledger.applied.isEmpty)
        await world.close()
    }

    @Test(arguments: Engine.all)
    func `what waits for a contract account is paid out for what its code takes`(engine: Engine)
        async throws
    {
        let address = SCAddress.contract(Hash(fitting: [0xCC])).description
        let (world, server) = try await world(engine, for: address)
        #expect(
            try await offer(world, server, for: address, sponsored: nil).problemCode
                == "payments.contract_account")
        let offered = try await offer(world, server, for: address)
            .json(as: UnsignedAuthorizationResponse.self)
        let agreed = SignedTransactionRequest(
            authorization: try offered.signed(with: ScriptedLedger.contractSignature))
        #expect(
            try await world.ask(.submitTransaction, server, body: agreed).status == .accepted)
        try await world.work(server)
        #expect(await world.ledger.applied.count == 1)
        await world.close()
    }
}
