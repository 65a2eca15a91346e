import Foundation
import HTTP
import Stellar
import StellarXDR
import Testing
import TraqoraAPI
import Travel

@testable import TraqoraServer

@Suite struct SignedTransactionTests {
    /// What may come back in place of what was offered.
    enum Forgery: String, CaseIterable, CustomTestStringConvertible {
        case notBase64, notXDR, cut, longer, otherEnvelopeKind, unsigned, otherKey, twoSignatures
        case otherNetwork, privateNetwork, higherFee, otherSequence, otherBooking, otherArgument
        case feeBump

        var testDescription: String { rawValue }

        var code: String {
            switch self {
            case .notBase64, .notXDR, .cut, .longer: "payments.malformed_transaction"
            case .otherEnvelopeKind, .higherFee, .otherSequence, .otherBooking, .otherArgument,
                .feeBump:
                "payments.other_transaction"
            case .unsigned: "payments.not_signed"
            case .otherKey, .twoSignatures, .privateNetwork: "payments.wrong_signature"
            case .otherNetwork: "payments.wrong_network"
            }
        }
    }

    @Test(arguments: Engine.all, Forgery.allCases)
    func `only the transaction that was offered is taken, signed by the payer for this network`(
        engine: Engine, forgery: Forgery
    ) async throws {
        let world = try await TestWorld(engine)
        let made = try await world.book()
        let text = try await forged(forgery, made, in: world)
        let response = try await world.pay(made, text)
        #expect(response.problemCode == forgery.code)
        #expect((400...422).contains(response.status.code))
        try await world.work()
        #expect(await world.ledger.applied.isEmpty)
        // The booking is not harmed: the right one is still taken.
        #expect(try await world.pay(made).status == .accepted)
        await world.close()
    }

    private func forged(_ forgery: Forgery, _ made: CreateBookingResponse, in world: TestWorld)
        async throws -> String
    {
        let good = try world.sign(made.transaction)
        let envelope = try TransactionEnvelope(base64: good)
        var transaction = envelope.transaction
        let sign = { (transaction: StellarXDR.Transaction) in
            try transaction.signed(by: [world.traveller], on: ScriptedLedger.network).base64()
        }
        switch forgery {
        case .notBase64: return "not base 64!"
        case .notXDR: return Data("certainly no XDR".utf8).base64EncodedString()
        case .cut: return Data(try envelope.xdr().dropLast(4)).base64EncodedString()
        case .longer: return Data(try envelope.xdr() + [0, 0, 0, 0]).base64EncodedString()
        case .unsigned: return try #require(made.transaction).transaction
        case .otherKey: return try world.sign(made.transaction, by: .random())
        case .otherNetwork: return try world.sign(made.transaction, on: .testnet)
        case .privateNetwork:
            return try world.sign(made.transaction, on: Network(passphrase: "Mine alone"))
        case .twoSignatures:
            var twice = envelope
            try twice.sign(with: .random(), on: ScriptedLedger.network)
            return try twice.base64()
        case .otherBooking:
            return try world.sign(await world.book("FRA", "MAD").transaction)
        case .higherFee: transaction.fee += 1
        case .otherSequence: transaction.seqNum += 1
        case .otherArgument:
            guard case .invokeHostFunction(var call) = transaction.operations[0].body,
                case .invokeContract(var arguments) = call.hostFunction
            else { return good }
            arguments.functionName = "book"
            call.hostFunction = .invokeContract(arguments)
            transaction.operations[0].body = .invokeHostFunction(call)
        case .feeBump:
            return try envelope.feeBump(
                paidBy: MuxedAccount(world.traveller.accountID), feeStroops: 1_000_000
            ).base64()
        case .otherEnvelopeKind:
            return try TransactionEnvelope.txV0(
                TransactionV0Envelope(
                    tx: TransactionV0(
                        sourceAccountEd25519: world.traveller.publicKey, fee: transaction.fee,
                        seqNum: transaction.seqNum, memo: transaction.memo,
                        operations: transaction.operations),
                    signatures: envelope.signatures)
            ).base64()
        }
        return try sign(transaction)
    }

    @Test(arguments: Engine.all)
    func `a transaction of one purpose does not serve another`(engine: Engine) async throws {
        let world = try await TestWorld(engine)
        let made = try await world.book()
        let bearer: HTTPHeaders = ["Authorization": "Bearer \(made.token)"]
        let response = try await world.post(
            .cancelBooking, made.booking.id,
            SignedTransactionRequest(transaction: world.sign(made.transaction)), headers: bearer)
        #expect(response.problemCode == "payments.other_transaction")
        await world.close()
    }
}
