import StellarXDR
import Support
import Testing

@testable import StellarSandbox

@Suite(.enabled(if: Vectors.exist, "no vectors at ../shared/vectors"))
struct ContractTests {
    func transfer(
        _ token: Hash, _ from: TestAccount, _ to: TestAccount, _ units: Int64
    ) -> OperationBody {
        TestNetwork.call(
            token, "transfer",
            [
                .address(.account(from.id)), .address(.account(to.id)), TestNetwork.amount(units),
            ])
    }

    @Test func `a token is uploaded, deployed, minted and moved`() async throws {
        let network = try await TestNetwork()
        let (anna, ben) = (try await network.account(), try await network.account())
        let token = try await network.token(of: anna)
        #expect(try await network.tokenBalance(token, of: anna) == TestNetwork.amount(1_000))
        let applied = try await network.apply(
            try await network.prepared(transfer(token, anna, ben, 300), by: anna))
        #expect(applied["status"].string == "SUCCESS")
        #expect(try await network.tokenBalance(token, of: anna) == TestNetwork.amount(700))
        #expect(try await network.tokenBalance(token, of: ben) == TestNetwork.amount(300))
        let events = try await network.result(
            "getEvents",
            [
                "startLedger": 1,
                "filters": [
                    [
                        "contractIds": [StrKey.encode(.contract(token))],
                        "topics": [[try SCVal.symbol("transfer").base64(), "*", "*"]],
                    ]
                ],
            ])
        #expect(events["events"].array.map { $0["txHash"].string } == [applied["txHash"].string])
        #expect(applied["events"]["contractEventsXdr"][0].array.count == 1)
    }

    @Test func `the fee is what was declared less what was not used`() async throws {
        let network = try await TestNetwork()
        let (anna, ben) = (try await network.account(), try await network.account())
        let token = try await network.token(of: anna)
        let before = try #require(try await network.balance(of: anna))
        let envelope = try await network.prepared(transfer(token, anna, ben, 300), by: anna)
        let applied = try await network.apply(envelope)
        let result = try TransactionResult(base64: applied["resultXdr"].string ?? "")
        guard case .tx(let signed) = envelope, case .v1(let data) = signed.tx.ext,
            case .v4(let meta) = try TransactionMeta(
                base64: applied["resultMetaXdr"].string ?? ""),
            case .v1(let fees)? = meta.sorobanMeta?.ext
        else { return #expect(Bool(false)) }
        #expect(
            result.feeCharged
                == 100 + fees.totalNonRefundableResourceFeeCharged
                + fees.totalRefundableResourceFeeCharged)
        #expect(result.feeCharged < 100 + data.resourceFee)
        #expect(fees.rentFeeCharged > 0)
        #expect(try await network.balance(of: anna) == before - result.feeCharged)
        #expect(meta.events.map(\.stage) == [.beforeAllTxs, .afterAllTxs])
    }

    @Test func `a contract's refusal is told by a simulation`() async throws {
        let network = try await TestNetwork()
        let (anna, ben) = (try await network.account(), try await network.account())
        let token = try await network.token(of: anna)
        let transaction = try await network.transaction(
            by: anna, [transfer(token, anna, ben, 5_000)])
        let simulation = try await network.simulate(transaction)
        #expect(simulation["error"].string?.contains("Error(Contract, #10)") == true)
        #expect(simulation["transactionData"].isMissing)
        #expect(simulation["latestLedger"].int != nil)
    }

    /// What an honest transaction can be changed into, and what the ledger then says.
    static let faults: [(String, InvokeHostFunctionResult, @Sendable (inout Transaction) -> Void)] =
        [
            ("no authorization", .trapped, { $0.invoke { $0.auth = [] } }),
            (
                "less read than needed", .trapped,
                { $0.declare { $0.resources.footprint.readOnly.removeLast() } }
            ),
            (
                "nothing written", .trapped,
                { $0.declare { $0.resources.footprint.readWrite = [] } }
            ),
            (
                "too few instructions", .resourceLimitExceeded,
                { $0.declare { $0.resources.instructions = 100_000 } }
            ),
            (
                "too few bytes to write", .resourceLimitExceeded,
                { $0.declare { $0.resources.writeBytes = 10 } }
            ),
            (
                "too little fee for rent", .insufficientRefundableFee,
                { $0.declare { $0.resourceFee -= 60_000 } }
            ),
        ]

    @Test(arguments: faults.indices)
    func `a transaction that declares or proves too little fails and pays`(
        index: Int
    ) async throws {
        let (name, expected, change) = Self.faults[index]
        let network = try await TestNetwork()
        let (anna, ben) = (try await network.account(), try await network.account())
        let token = try await network.token(of: anna)
        let before = try #require(try await network.entry(of: anna))
        let applied = try await network.apply(
            try await network.prepared(
                transfer(token, anna, ben, 300), by: anna, change: change))
        #expect(applied["status"].string == "FAILED", "\(name)")
        #expect(
            try TestNetwork.operationResult(applied) == .invokeHostFunction(expected), "\(name)")
        let after = try #require(try await network.entry(of: anna))
        #expect(after.seqNum == before.seqNum + 1)
        #expect(after.balance < before.balance)
        #expect(try await network.tokenBalance(token, of: ben) == TestNetwork.amount(0))
        #expect(!applied["diagnosticEventsXdr"].array.isEmpty)
    }

    static let refusals: [(String, @Sendable (inout Transaction) -> Void)] = [
        ("resource fee above the fee", { $0.fee = 100 }),
        ("resource fee below the resources", { $0.declare { $0.resourceFee = 1_000 } }),
        (
            "a key twice",
            {
                $0.declare { data in
                    data.resources.footprint.readWrite.append(data.resources.footprint.readOnly[0])
                }
            }
        ),
        ("instructions without end", { $0.declare { $0.resources.instructions = .max } }),
        ("a memo", { $0.memo = .id(7) }),
        (
            "a key of another kind",
            {
                $0.declare { data in
                    data.resources.footprint.readOnly.append(
                        .configSetting(LedgerKeyConfigSetting(configSettingID: .stateArchival)))
                }
            }
        ),
        (
            "an archived index out of range",
            {
                $0.declare { data in
                    data.ext = .v1(SorobanResourcesExtV0(archivedSorobanEntries: [99]))
                }
            }
        ),
    ]

    @Test(arguments: refusals.indices)
    func `resources that cannot be are refused before they cost anything`(
        index: Int
    ) async throws {
        let network = try await TestNetwork()
        let (anna, ben) = (try await network.account(), try await network.account())
        let token = try await network.token(of: anna)
        let envelope = try await network.prepared(
            transfer(token, anna, ben, 300), by: anna, change: Self.refusals[index].1)
        #expect(
            try await network.refusal(of: envelope).result == .sorobanInvalid,
            "\(Self.refusals[index].0)")
    }

    @Test func `a contract call stands alone and says what it needs`() async throws {
        let network = try await TestNetwork()
        let (anna, ben) = (try await network.account(), try await network.account())
        let token = try await network.token(of: anna)
        for change in [
            { $0.ext = .v0 },
            { $0.operations.append($0.operations[0]) },
        ] as [(inout Transaction) -> Void] {
            let envelope = try await network.prepared(
                transfer(token, anna, ben, 300), by: anna, change: change)
            #expect(try await network.refusal(of: envelope).result == .malformed)
        }
    }
}

extension Transaction {
    fileprivate mutating func declare(_ change: (inout SorobanTransactionData) -> Void) {
        guard case .v1(var data) = ext else { return }
        change(&data)
        ext = .v1(data)
    }

    fileprivate mutating func invoke(_ change: (inout InvokeHostFunctionOp) -> Void) {
        guard case .invokeHostFunction(var operation) = operations[0].body else { return }
        change(&operation)
        operations[0].body = .invokeHostFunction(operation)
    }
}
