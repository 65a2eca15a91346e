import StellarSandbox
import StellarXDR
import Testing

@Suite struct PaymentTests {
    @Test func `a payment moves lumens and costs the base fee`() async throws {
        let network = try await TestNetwork()
        let (anna, ben) = (try await network.account(), try await network.account())
        let applied = try await network.apply(
            try await network.payment(from: anna, to: ben, stroops: 12_345))
        #expect(applied["status"].string == "SUCCESS")
        #expect(applied["createdAt"].string == "\(TestNetwork.start)")
        #expect(try await network.balance(of: anna) == 100_000_000_000 - 12_345 - 100)
        #expect(try await network.balance(of: ben) == 100_000_000_000 + 12_345)
        let result = try TransactionResult(base64: applied["resultXdr"].string ?? "")
        #expect(result.feeCharged == 100)
        #expect(result.result == .success([.inner(.payment(.success))]))
    }

    @Test func `meta tells what changed, fee and sequence apart from the payment`() async throws {
        let network = try await TestNetwork()
        let (anna, ben) = (try await network.account(), try await network.account())
        let applied = try await network.apply(
            try await network.payment(from: anna, to: ben, stroops: 5))
        guard
            case .v4(let meta) = try TransactionMeta(base64: applied["resultMetaXdr"].string ?? "")
        else { return #expect(Bool(false), "meta is version 4") }
        #expect(meta.txChangesBefore.count == 2)
        #expect(meta.operations.count == 1)
        #expect(meta.operations[0].changes.count == 4)
        #expect(meta.operations[0].events.count == 1)
        #expect(meta.events.map(\.stage) == [.beforeAllTxs])
    }

    @Test func `more than there is fails, and the fee is gone all the same`() async throws {
        let network = try await TestNetwork()
        let (anna, ben) = (try await network.account(), try await network.account())
        let before = try await network.sequence(of: anna)
        let applied = try await network.apply(
            try await network.payment(from: anna, to: ben, stroops: 100_000_000_000))
        #expect(applied["status"].string == "FAILED")
        let result = try TransactionResult(base64: applied["resultXdr"].string ?? "")
        #expect(result.result == .failed([.inner(.payment(.underfunded))]))
        #expect(try await network.balance(of: anna) == 100_000_000_000 - 100)
        #expect(try await network.balance(of: ben) == 100_000_000_000)
        #expect(try await network.sequence(of: anna) == before + 1)
    }

    @Test func `operations stand and fall together`() async throws {
        let network = try await TestNetwork()
        let (anna, ben, nobody) = (
            try await network.account(), try await network.account(), try TestAccount()
        )
        let transaction = try await network.transaction(
            by: anna,
            [
                TestNetwork.paymentBody(to: ben, stroops: 5),
                TestNetwork.paymentBody(to: nobody, stroops: 5),
            ])
        let applied = try await network.apply(try network.sign(transaction, anna))
        let result = try TransactionResult(base64: applied["resultXdr"].string ?? "")
        #expect(
            result.result
                == .failed([.inner(.payment(.success)), .inner(.payment(.noDestination))]))
        #expect(try await network.balance(of: ben) == 100_000_000_000)
    }

    @Test(
        arguments: [
            (10_000_000, CreateAccountResult.success), (9_999_999, .lowReserve),
            (0, .lowReserve), (100_000_000_000, .underfunded),
        ] as [(Int64, CreateAccountResult)])
    func `an account is made with enough to stand on`(
        stroops: Int64, expected: CreateAccountResult
    ) async throws {
        let network = try await TestNetwork()
        let (anna, ben) = (try await network.account(), try TestAccount())
        let body = OperationBody.createAccount(
            CreateAccountOp(destination: ben.id, startingBalance: stroops))
        let applied = try await network.apply(
            try network.sign(try await network.transaction(by: anna, [body]), anna))
        let result = try TransactionResult(base64: applied["resultXdr"].string ?? "")
        let operations: [OperationResult] = [.inner(.createAccount(expected))]
        #expect(
            result.result == (expected == .success ? .success(operations) : .failed(operations)))
        #expect(try await network.balance(of: ben) == (expected == .success ? stroops : nil))
    }

    @Test func `an operation of another account needs that account's signature`() async throws {
        let network = try await TestNetwork()
        let (anna, ben) = (try await network.account(), try await network.account())
        var transaction = try await network.transaction(
            by: anna, [TestNetwork.paymentBody(to: anna, stroops: 7)])
        transaction.operations[0].sourceAccount = ben.muxed
        let refused = try await network.refusal(of: try network.sign(transaction, anna))
        #expect(refused.result == .failed([.badAuth]))
        let applied = try await network.apply(try network.sign(transaction, anna, ben))
        #expect(applied["status"].string == "SUCCESS")
        #expect(try await network.balance(of: anna) == 100_000_000_000 + 7 - 100)
    }

    @Test func `lumens are neither made nor lost`() async throws {
        let network = try await TestNetwork()
        let root = try TestAccount(secret: network.sandbox.rootSecret)
        let (anna, ben) = (try await network.account(), try await network.account())
        for stroops in [1, 1_000, 77] as [Int64] {
            _ = try await network.apply(
                try await network.payment(from: anna, to: ben, stroops: stroops))
        }
        let latest = try await network.result("getLatestLedger")
        let header = try LedgerHeader(base64: latest["headerXdr"].string ?? "")
        var sum = header.feePool + 100_000_000
        for account in [root, anna, ben] { sum += try await network.balance(of: account) ?? 0 }
        #expect(sum == 1_000_000_000_000_000_000)
        #expect(header.feePool == 500)
    }
}
