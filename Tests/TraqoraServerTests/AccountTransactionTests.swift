import Foundation
import HTTP
import Stellar
import StellarXDR
import Testing
import TraqoraAPI
import TraqoraContracts
import Travel

@testable import TraqoraServer

/// Transactions that are about no booking: offered, signed, taken back, sent.
@Suite(.serialized) struct AccountTransactionTests {
    private static let contract = Hash(fitting: [3])

    private func offer(_ world: TestWorld, about subject: String = "test.1") async throws
        -> UnsignedTransactionResponse
    {
        let account = world.traveller.accountID
        return try await world.server.parts.accountTransactions.offer(
            RefundContract(Self.contract).claimDelay(passenger: .account(account), booking: 1)
                .operation,
            for: .claim, about: subject, by: account, summary: ["Claim what is due."])
    }

    private func send(_ world: TestWorld, _ signed: String) async throws -> HTTPResponse {
        try await world.post(
            .submitTransaction, nil, SignedTransactionRequest(transaction: signed))
    }

    private func read(_ world: TestWorld, _ hash: String) async throws -> HTTPResponse {
        await world.server.answer(
            to: HTTPRequest(.get, "/api/v1/transactions/\(hash)"))
    }

    @Test(arguments: Engine.all)
    func `what was offered comes back signed, is sent once, and its fate is told`(
        engine: Engine
    ) async throws {
        let world = try await TestWorld(engine)
        let offered = try await offer(world)
        #expect(offered.summary.first == "Claim what is due." && offered.summary.count == 3)
        #expect(
            try await read(world, offered.hash).json(as: TransactionResponse.self).status
                == .offered)
        let signed = try world.sign(offered)
        for _ in 0..<2 {
            let sent = try await send(world, signed)
            #expect(sent.status == .accepted)
            #expect(try sent.json(as: TransactionResponse.self).status == .queued)
        }
        try await world.work()
        let done = try await read(world, offered.hash).json(as: TransactionResponse.self)
        #expect(done.status == .applied && done.ledger != nil && done.purpose == .claim)
        #expect(await world.ledger.applied.count == 1)
        #expect(try await send(world, signed).status == .accepted)
        try await world.work()
        #expect(await world.ledger.applied.count == 1)
        await world.close()
    }

    @Test(arguments: Engine.all)
    func `nothing else is taken`(engine: Engine) async throws {
        let world = try await TestWorld(engine)
        let offered = try await offer(world)
        let envelope = try TransactionEnvelope(base64: offered.transaction)
        var dearer = envelope.transaction
        dearer.fee += 1
        let booking = try await world.book()
        let refusals: [(String, String)] = try [
            ("payments.not_signed", offered.transaction),
            ("payments.wrong_signature", world.sign(offered, by: .random())),
            ("payments.wrong_network", world.sign(offered, on: .testnet)),
            (
                "payments.other_transaction",
                dearer.signed(by: [world.traveller], on: ScriptedLedger.network).base64()
            ),
            ("payments.other_transaction", world.sign(booking.transaction)),
            (
                "payments.other_transaction",
                envelope.feeBump(
                    paidBy: MuxedAccount(world.traveller.accountID), feeStroops: 1_000_000
                ).base64()
            ),
            ("payments.malformed_transaction", "no base 64"),
        ]
        for (code, text) in refusals {
            #expect(try await send(world, text).problemCode == code)
        }
        #expect(try await read(world, "00").problemCode == "transactions.unknown")
        #expect(
            try await read(world, try #require(booking.transaction).hash).problemCode
                == "transactions.unknown")
        try await world.work()
        #expect(await world.ledger.applied.isEmpty)
        await world.close()
    }

    @Test(arguments: Engine.all)
    func `what nobody signed in time cannot be sent, and makes room`(engine: Engine) async throws {
        let world = try await TestWorld(engine)
        let first = try await offer(world)
        let signed = try world.sign(first)
        world.clock.advance(by: AccountTransactions.secondsToSign)
        #expect(try await send(world, signed).problemCode == "payments.transaction_expired")
        _ = try await offer(world, about: "test.2")
        #expect(try await read(world, first.hash).problemCode == "transactions.unknown")
        await world.close()
    }
}
