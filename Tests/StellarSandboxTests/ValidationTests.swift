import Cryptography
import StellarSandbox
import StellarXDR
import Testing

@Suite struct ValidationTests {
    typealias Change = @Sendable (inout Transaction) -> Void

    static func v2(_ change: (inout PreconditionsV2) -> Void) -> Preconditions {
        var value = PreconditionsV2(
            timeBounds: nil, ledgerBounds: nil, minSeqNum: nil, minSeqAge: 0, minSeqLedgerGap: 0,
            extraSigners: [])
        change(&value)
        return .v2(value)
    }

    static let now = TestNetwork.start
    static let faults: [(String, TransactionResultResult, Change)] = [
        ("no operation", .missingOperation, { $0.operations = [] }),
        ("too early", .tooEarly, { $0.cond = .time(TimeBounds(minTime: now + 1, maxTime: 0)) }),
        ("too late", .tooLate, { $0.cond = .time(TimeBounds(minTime: 0, maxTime: now - 1)) }),
        (
            "ledger to come", .tooEarly,
            { transaction in
                transaction.cond = v2 {
                    $0.ledgerBounds = LedgerBounds(minLedger: 90, maxLedger: 0)
                }
            }
        ),
        (
            "ledger gone", .tooLate,
            { transaction in
                transaction.cond = v2 { $0.ledgerBounds = LedgerBounds(minLedger: 0, maxLedger: 2) }
            }
        ),
        ("fee too small", .insufficientFee, { $0.fee = 99 }),
        ("old sequence", .badSeq, { $0.seqNum -= 1 }),
        ("future sequence", .badSeq, { $0.seqNum += 1 }),
        ("negative sequence", .badSeq, { $0.seqNum = -5 }),
        (
            "young sequence", .badMinSeqAgeOrGap,
            { transaction in
                transaction.cond = v2 { $0.minSeqAge = now + 1 }
            }
        ),
        (
            "recent sequence", .badMinSeqAgeOrGap,
            { transaction in
                transaction.cond = v2 { $0.minSeqLedgerGap = 99 }
            }
        ),
        (
            "extra signer", .badAuth,
            { transaction in
                transaction.cond = v2 { $0.extraSigners = [.ed25519(.zero)] }
            }
        ),
        (
            "same extra signer twice", .malformed,
            { transaction in
                transaction.cond = v2 { $0.extraSigners = [.ed25519(.zero), .ed25519(.zero)] }
            }
        ),
        ("classic with resources", .malformed, { $0.ext = .v1(sorobanData) }),
        ("fee above the balance", .insufficientBalance, { $0.fee = .max }),
        (
            "nothing paid", .failed([.inner(.payment(.malformed))]),
            { transaction in
                transaction.operations[0].body = .payment(
                    PaymentOp(destination: .ed25519(.zero), asset: .native, amount: 0))
            }
        ),
    ]

    static let sorobanData = SorobanTransactionData(
        ext: .v0,
        resources: SorobanResources(
            footprint: LedgerFootprint(readOnly: [], readWrite: []), instructions: 0,
            diskReadBytes: 0, writeBytes: 0), resourceFee: 0)

    @Test(arguments: faults.indices)
    func `a fault has its code, costs nothing and moves nothing`(index: Int) async throws {
        let (name, code, change) = Self.faults[index]
        let network = try await TestNetwork()
        let (anna, ben) = (try await network.account(), try TestAccount())
        // Four billion stroops of fee are more than she has then.
        _ = try await network.apply(
            try await network.payment(
                from: anna, to: try await network.account(), stroops: 98_000_000_000))
        try await network.sandbox.advance(ledgers: 1)
        let before = try await network.entry(of: anna)
        var transaction = try await network.transaction(
            by: anna, [TestNetwork.paymentBody(to: ben, stroops: 5)])
        change(&transaction)
        let refused = try await network.refusal(of: try network.sign(transaction, anna))
        #expect(refused.result == code, "\(name)")
        #expect(try await network.entry(of: anna) == before)
    }

    @Test func `a source that is not there has its code`() async throws {
        let network = try await TestNetwork()
        let (anna, nobody) = (try await network.account(), try TestAccount())
        var transaction = try await network.transaction(
            by: anna, [TestNetwork.paymentBody(to: anna, stroops: 5)])
        transaction.sourceAccount = nobody.muxed
        #expect(
            try await network.refusal(of: try network.sign(transaction, nobody)).result
                == .noAccount)
    }

    @Test func `a signature that is missing, wrong or too much has its code`() async throws {
        let network = try await TestNetwork()
        let (anna, ben) = (try await network.account(), try await network.account())
        let transaction = try await network.transaction(
            by: anna, [TestNetwork.paymentBody(to: ben, stroops: 5)])
        #expect(try await network.refusal(of: try network.sign(transaction)).result == .badAuth)
        #expect(
            try await network.refusal(of: try network.sign(transaction, ben)).result == .badAuth)
        #expect(
            try await network.refusal(of: try network.sign(transaction, anna, ben)).result
                == .badAuthExtra)
        guard case .tx(var signed) = try network.sign(transaction, anna) else { return }
        signed.signatures[0].signature.bytes[5] ^= 1
        #expect(try await network.refusal(of: .tx(signed)).result == .badAuth)
        var other = transaction
        other.fee += 1
        guard case .tx(let good) = try network.sign(transaction, anna) else { return }
        let stolen = TransactionV1Envelope(tx: other, signatures: good.signatures)
        #expect(try await network.refusal(of: .tx(stolen)).result == .badAuth)
    }

    @Test func `an envelope signed for another network is not signed`() async throws {
        let network = try await TestNetwork()
        let elsewhere = try await TestNetwork { $0.passphrase = "elsewhere" }
        let anna = try await network.account()
        let transaction = try await network.transaction(
            by: anna, [TestNetwork.paymentBody(to: anna, stroops: 5)])
        #expect(
            try await network.refusal(of: try elsewhere.sign(transaction, anna)).result == .badAuth)
    }

    @Test func `a sent transaction is known, a used sequence number is used`() async throws {
        let network = try await TestNetwork()
        let (anna, ben) = (try await network.account(), try await network.account())
        let envelope = try await network.payment(from: anna, to: ben, stroops: 5)
        let applied = try await network.apply(envelope)
        #expect(try await network.refusal(of: envelope).result == .badSeq)
        let hash = applied["txHash"].string
        let known = try await network.result("getTransaction", ["hash": hash])
        #expect(known["status"].string == "SUCCESS")
    }

    @Test func `an account has one transaction in the queue`() async throws {
        let network = try await TestNetwork { $0.closing = .manual }
        let root = try TestAccount(secret: network.sandbox.rootSecret)
        let first = try await network.payment(from: root, to: root, stroops: 1)
        let second = try await network.payment(from: root, to: root, stroops: 2)
        let sent = try await network.send(first)
        #expect(sent["status"].string == "PENDING")
        #expect(try await network.send(first)["status"].string == "DUPLICATE")
        #expect(try await network.send(second)["status"].string == "TRY_AGAIN_LATER")
        let unknown = try await network.result(
            "getTransaction", ["hash": sent["hash"].string ?? ""])
        #expect(unknown["status"].string == "NOT_FOUND")
        try await network.sandbox.closeLedger()
        let known = try await network.result("getTransaction", ["hash": sent["hash"].string ?? ""])
        #expect(known["status"].string == "SUCCESS")
        #expect(try await network.refusal(of: second).result == .badSeq)
    }

    @Test func `what is not built yet is refused by name`() async throws {
        let network = try await TestNetwork()
        let anna = try await network.account()
        let body = OperationBody.bumpSequence(BumpSequenceOp(bumpTo: 5))
        let envelope = try network.sign(try await network.transaction(by: anna, [body]), anna)
        let answer = try await network.call(
            "sendTransaction", ["transaction": envelope.base64()])
        #expect(answer["error"]["code"].int == -32603)
        #expect(answer["error"]["message"].string?.contains("bumpSequence") == true)
    }
}
