import StellarXDR
import Support
import Testing

@testable import StellarSandbox

@Suite(.enabled(if: Vectors.exist, "no vectors at ../shared/vectors"))
struct LifeTests {
    /// A network on which 20 ledgers are a long life, and the token's code on it.
    func network() async throws -> (TestNetwork, TestAccount, code: Hash, key: LedgerKey) {
        let network = try await TestNetwork { $0.persistentLedgersMin = 20 }
        let anna = try await network.account()
        let code = try await network.tokenCode(by: anna)
        return (network, anna, code, .contractCode(LedgerKeyContractCode(hash: code)))
    }

    func liveUntil(_ key: LedgerKey, _ network: TestNetwork) async throws -> Int? {
        let found = try await network.result("getLedgerEntries", ["keys": [key.base64()]])
        return found["entries"][0]["liveUntilLedgerSeq"].int
    }

    func data(readOnly: [LedgerKey] = [], readWrite: [LedgerKey] = []) -> SorobanTransactionData {
        SorobanTransactionData(
            ext: .v0,
            resources: SorobanResources(
                footprint: LedgerFootprint(readOnly: readOnly, readWrite: readWrite),
                instructions: 0, diskReadBytes: 0, writeBytes: 0), resourceFee: 0)
    }

    @Test func `a life is extended, and meta shows before and after`() async throws {
        let (network, anna, _, key) = try await network()
        let before = try #require(try await liveUntil(key, network))
        let body = OperationBody.extendFootprintTtl(ExtendFootprintTTLOp(ext: .v0, extendTo: 500))
        let applied = try await network.apply(
            try await network.prepared(body, by: anna, data: data(readOnly: [key])))
        #expect(applied["status"].string == "SUCCESS")
        let ledger = try #require(applied["ledger"].int)
        #expect(try await liveUntil(key, network) == ledger + 500)
        #expect(before < ledger + 500)
        guard
            case .v4(let meta) = try TransactionMeta(
                base64: applied["resultMetaXdr"].string ?? ""),
            meta.operations.first?.changes.count == 2,
            case .state(let old) = meta.operations[0].changes[0],
            case .updated(let new) = meta.operations[0].changes[1],
            case .ttl(let oldLife) = old.data, case .ttl(let newLife) = new.data
        else { return #expect(Bool(false)) }
        #expect(Int(oldLife.liveUntilLedgerSeq) == before)
        #expect(Int(newLife.liveUntilLedgerSeq) == ledger + 500)
    }

    @Test func `what nobody extends is archived, and a call brings it back`() async throws {
        let (network, anna, code, key) = try await network()
        let call = try TestNetwork.creation(of: code, by: anna)
        let early = try await network.prepared(call, by: anna)
        try await network.sandbox.advance(ledgers: 30)
        #expect(try await liveUntil(key, network) == 0)
        // What was simulated while everything was alive does not list what must be restored.
        let failed = try await network.apply(early)
        #expect(try TestNetwork.operationResult(failed) == .invokeHostFunction(.entryArchived))
        let envelope = try await network.prepared(call, by: anna)
        guard case .tx(let signed) = envelope, case .v1(let declared) = signed.tx.ext else {
            return
        }
        #expect(!declared.archivedIndices.isEmpty)
        let applied = try await network.apply(envelope)
        #expect(applied["status"].string == "SUCCESS")
        let ledger = try #require(applied["ledger"].int)
        #expect(try await liveUntil(key, network) == ledger + 19)
    }

    @Test func `an archived entry is restored by its operation too`() async throws {
        let (network, anna, _, key) = try await network()
        try await network.sandbox.advance(ledgers: 30)
        let extend = OperationBody.extendFootprintTtl(
            ExtendFootprintTTLOp(ext: .v0, extendTo: 100))
        var transaction = try await network.transaction(by: anna, [extend])
        transaction.ext = .v1(data(readOnly: [key]))
        let simulation = try await network.simulate(transaction)
        let preamble = try SorobanTransactionData(
            base64: simulation["restorePreamble"]["transactionData"].string ?? "")
        #expect(preamble.resources.footprint.readWrite == [key])
        let restore = OperationBody.restoreFootprint(RestoreFootprintOp(ext: .v0))
        let applied = try await network.apply(
            try await network.prepared(restore, by: anna, data: preamble))
        #expect(applied["status"].string == "SUCCESS")
        let ledger = try #require(applied["ledger"].int)
        #expect(try await liveUntil(key, network) == ledger + 19)
        guard
            case .v4(let meta) = try TransactionMeta(
                base64: applied["resultMetaXdr"].string ?? "")
        else { return }
        let restored = meta.operations[0].changes.count { change in
            if case .restored = change { true } else { false }
        }
        #expect(restored == 2)
    }

    @Test(arguments: [
        (OperationBody.extendFootprintTtl(ExtendFootprintTTLOp(ext: .v0, extendTo: 9)), true),
        (.restoreFootprint(RestoreFootprintOp(ext: .v0)), false),
    ])
    func `a footprint on the wrong side is malformed`(
        body: OperationBody, isWritten: Bool
    ) async throws {
        let (network, anna, _, key) = try await network()
        var transaction = try await network.transaction(by: anna, [body], fee: 1_000_000)
        var data = isWritten ? data(readWrite: [key]) : data(readOnly: [key])
        data.resourceFee = 900_000
        transaction.ext = .v1(data)
        let refused = try await network.refusal(of: try network.sign(transaction, anna))
        #expect(
            refused.result
                == .failed([
                    .inner(
                        isWritten ? .extendFootprintTtl(.malformed) : .restoreFootprint(.malformed))
                ]))
    }
}
