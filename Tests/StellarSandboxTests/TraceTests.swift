import SorobanHost
import StellarXDR
import Support
import Testing

@testable import StellarSandbox

@Suite(.enabled(if: Vectors.exist, "no vectors at ../shared/vectors"))
struct TraceTests {
    func transfer(
        _ token: Hash, _ from: TestAccount, _ to: TestAccount, _ units: Int64
    ) -> OperationBody {
        TestNetwork.call(
            token, "transfer",
            [
                .address(.account(from.id)), .address(.account(to.id)), TestNetwork.amount(units),
            ])
    }

    @Test func `a transaction of the past is traced on the ledger of its time`() async throws {
        let network = try await TestNetwork()
        let (anna, ben) = (try await network.account(), try await network.account())
        let token = try await network.token(of: anna)
        let applied = try await network.apply(
            try await network.prepared(transfer(token, anna, ben, 300), by: anna))
        let hash = try #require(Hash(hex: applied["txHash"].string ?? ""))
        let trace = try await network.sandbox.trace(hash)

        let call = try #require(trace.calls.first)
        #expect(trace.calls.count == 1 && call.contract.bytes == token.bytes)
        #expect(call.function == "transfer" && call.arguments.count == 3)
        #expect(call.authorizers == [.account(anna.id)])
        #expect(try call.result?.get() == TestNetwork.returned(applied))
        let said = try applied["events"]["contractEventsXdr"][0].array.map { text in
            try ContractEvent(base64: text.string ?? "").body
        }
        #expect(call.events.map { .v0($0) } == said)
        #expect(call.storage.contains { $0.access == .write })
        #expect(call.instructions > 0 && call.instructions < trace.costs.instructions)

        // All that it touched has changed since.
        try await network.invoke(transfer(token, anna, ben, 650), by: anna)
        try await network.invoke(transfer(token, ben, anna, 20), by: ben)
        let later = try await network.sandbox.trace(hash)
        #expect(later.calls == trace.calls)
        #expect(later.costs == trace.costs)
    }

    @Test func `a trace is JSON, and readable text`() async throws {
        let network = try await TestNetwork { $0.offersControl = true }
        let anna = try await network.account()
        let token = try await network.token(of: anna)
        let ben = try await network.account()
        let applied = try await network.apply(
            try await network.prepared(transfer(token, anna, ben, 7), by: anna))
        let hash = try #require(Hash(hex: applied["txHash"].string ?? ""))
        let trace = try await network.sandbox.trace(hash)
        guard case .array(let calls)? = trace.json["calls"], let call = calls.first else {
            return #expect(Bool(false))
        }
        #expect(call["function"] == .string("transfer"))
        #expect(call["contract"] == .string(StrKey.encode(.contract(token))))
        #expect(call["requiredAuth"] == .array([.string(anna.address)]))
        #expect(trace.json["instructions"] == .number("\(trace.costs.instructions)"))
        #expect(trace.text.contains("\(StrKey.encode(.contract(token))).transfer("))
        let answer = try await network.result(
            "sandbox_traceTransaction", ["hash": hash.description])
        #expect(answer["text"].string == trace.text)
        #expect(answer["trace"]["calls"][0]["function"].string == "transfer")
        let unknown = try await network.call("sandbox_traceTransaction", ["hash": "00"])
        #expect(unknown["error"]["code"].int == -32602)
        #expect(trace.text.contains("needs the word of \"\(anna.address)\""))
    }

    @Test func `what invokes nothing has no trace`() async throws {
        let network = try await TestNetwork()
        let (anna, ben) = (try await network.account(), try await network.account())
        let applied = try await network.apply(
            try await network.payment(from: anna, to: ben, stroops: 1))
        let hash = try #require(Hash(hex: applied["txHash"].string ?? ""))
        await #expect(throws: SandboxError.nothingToTrace("the transaction invokes no contract")) {
            try await network.sandbox.trace(hash)
        }
        await #expect(throws: SandboxError.self) { try await network.sandbox.trace(.zero) }
    }

    @Test func `a trace outlasts a restart`() async throws {
        try await withStateFile { path in
            let first = try await TestNetwork { $0.storage = .file(path) }
            let (anna, ben) = (try await first.account(), try await first.account())
            let token = try await first.token(of: anna)
            let applied = try await first.apply(
                try await first.prepared(transfer(token, anna, ben, 300), by: anna))
            let hash = try #require(Hash(hex: applied["txHash"].string ?? ""))
            let before = try await first.sandbox.trace(hash)
            await first.sandbox.stop()
            let second = try await TestNetwork { $0.storage = .file(path) }
            #expect(try await second.sandbox.trace(hash).json == before.json)
            try await second.invoke(transfer(token, ben, anna, 100), by: ben)
            #expect(
                try await second.tokenBalance(token, of: ben) == TestNetwork.amount(200))
            await second.sandbox.stop()
        }
    }
}
