import Cryptography
import StellarSandbox
import StellarXDR
import Testing

@Suite struct FeeBumpTests {
    func bump(
        _ inner: TransactionEnvelope, by payer: TestAccount, fee: Int64, on network: TestNetwork,
        signers: [TestAccount]? = nil
    ) throws -> TransactionEnvelope {
        guard case .tx(let signed) = inner else { return inner }
        let bump = FeeBumpTransaction(
            feeSource: payer.muxed, fee: fee, innerTx: .tx(signed), ext: .v0)
        let payload = TransactionSignaturePayload(
            networkId: network.networkID, taggedTransaction: .txFeeBump(bump))
        let hash = SHA256.hash(try payload.xdr())
        return .txFeeBump(
            FeeBumpTransactionEnvelope(
                tx: bump, signatures: (signers ?? [payer]).map { $0.sign(hash) }))
    }

    @Test func `someone else pays the fee, and the result is wrapped`() async throws {
        let network = try await TestNetwork()
        let (anna, ben) = (try await network.account(), try await network.account())
        let inner = try await network.payment(from: anna, to: ben, stroops: 5)
        let applied = try await network.apply(
            try bump(inner, by: ben, fee: 500, on: network))
        #expect(applied["status"].string == "SUCCESS")
        #expect(applied["feeBump"].bool == true)
        let result = try TransactionResult(base64: applied["resultXdr"].string ?? "")
        #expect(result.feeCharged == 200)
        guard case .feeBumpInnerSuccess(let pair) = result.result else {
            return #expect(Bool(false), "\(result)")
        }
        #expect(pair.result.result == .success([.inner(.payment(.success))]))
        #expect(try await network.balance(of: anna) == 100_000_000_000 - 5)
        #expect(try await network.balance(of: ben) == 100_000_000_000 + 5 - 200)
        let byInner = try await network.result(
            "getTransaction", ["hash": pair.transactionHash.description])
        #expect(byInner["status"].string == "SUCCESS")
    }

    @Test func `faults of the bump and of what is in it are told apart`() async throws {
        let network = try await TestNetwork()
        let (anna, ben) = (try await network.account(), try await network.account())
        let inner = try await network.payment(from: anna, to: ben, stroops: 5)
        func code(_ envelope: TransactionEnvelope) async throws -> TransactionResultResult {
            try await network.refusal(of: envelope).result
        }
        #expect(try await code(bump(inner, by: ben, fee: 199, on: network)) == .insufficientFee)
        #expect(
            try await code(bump(inner, by: ben, fee: 500, on: network, signers: [anna])) == .badAuth
        )
        #expect(
            try await code(bump(inner, by: TestAccount(), fee: 500, on: network)) == .noAccount)
        #expect(
            try await code(bump(inner, by: ben, fee: .max / 2, on: network))
                == .insufficientBalance)
        let unsigned = try network.sign(
            try await network.transaction(by: anna, [TestNetwork.paymentBody(to: ben, stroops: 5)]))
        guard
            case .feeBumpInnerFailed(let pair) = try await code(
                bump(unsigned, by: ben, fee: 500, on: network))
        else { return #expect(Bool(false), "the fault is inside") }
        #expect(pair.result.result == .badAuth)
    }

    @Test func `a fee bump takes the place of what waits if it bids ten times as much`()
        async throws
    {
        let network = try await TestNetwork { $0.closing = .manual }
        let (anna, ben) = (try await network.account(), try await network.account())
        let inner = try await network.payment(from: anna, to: ben, stroops: 5)
        #expect(try await network.send(inner)["status"].string == "PENDING")
        let other = try await network.payment(from: anna, to: ben, stroops: 6)
        #expect(try await network.send(other)["status"].string == "TRY_AGAIN_LATER")
        // It bids 100 for one operation; the bump pays for two.
        let little = try await network.refusal(
            of: bump(inner, by: ben, fee: 1_999, on: network))
        #expect(little.result == .insufficientFee)
        #expect(little.feeCharged == 2_000)
        let enough = try await network.send(bump(inner, by: ben, fee: 2_000, on: network))
        #expect(enough["status"].string == "PENDING")
        try await network.sandbox.closeLedger()
        let applied = try await network.result(
            "getTransaction", ["hash": enough["hash"].string])
        #expect(applied["status"].string == "SUCCESS")
        #expect(applied["feeBump"].bool == true)
        #expect(try await network.balance(of: ben) == 100_000_000_000 + 5 - 200)
    }
}
