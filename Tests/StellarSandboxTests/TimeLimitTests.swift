import HTTP
import StellarXDR
import Testing

@testable import StellarSandbox

struct TimeLimitTests {
    @Test func `an answer in time is the answer`() async {
        #expect(await TimeLimit.run(.seconds(30)) { 7 } == 7)
    }

    @Test func `work that takes too long is not waited for`() async {
        let start = ContinuousClock.now
        let answer = await TimeLimit.run(.milliseconds(20)) {
            do { try await Task.sleep(for: .seconds(60)) } catch { return 0 }
            return 1
        }
        #expect(answer == nil)
        #expect(ContinuousClock.now - start < .seconds(30))
    }

    @Test(arguments: [
        ("getHealth", 5), ("getLedgerEntries", 5), ("getEvents", 10), ("getLedgers", 10),
        ("sendTransaction", 15), ("simulateTransaction", 15),
    ])
    func `each method has its limit`(method: String, seconds: Int) {
        #expect(RPCLimits().limit(of: method) == .seconds(seconds))
    }

    @Test func `a call that takes too long is answered with an error of its own`() async throws {
        let network = try await TestNetwork()
        let chain = network.sandbox.chain
        var rpc = RPCService(
            chain: chain, configuration: StellarSandbox.Configuration(now: { TestNetwork.start }),
            friendbotURL: "")
        rpc.limits.usual = .milliseconds(1)
        var codes: Set<Int> = []
        // How soon the ledger begins, and who has a thread meanwhile, is the machine's affair, so
        // the calls go on until one meets it.
        for _ in 0..<20 where codes.isEmpty {
            // The ledger is busy for much longer than that.
            let busy = Task { try await chain.advance(ledgers: 20_000) }
            for _ in 0..<5_000 where codes.isEmpty {
                let answer = await rpc.answer(
                    Array(#"{"jsonrpc":"2.0","id":1,"method":"getLatestLedger"}"#.utf8))
                let json = try JSON(.bytes(answer, contentType: "application/json"))
                if let code = json["error"]["code"].int { codes.insert(code) }
            }
            try await busy.value
        }
        #expect(codes == [-32001])
    }

    @Test func `more requests than may be under way are sent away`() async {
        let requests = RequestCount()
        let inner = await requests.run(upTo: 1) {
            await requests.run(upTo: 1) { true } ?? false
        }
        #expect(inner == false)
        #expect(await requests.run(upTo: 1) { true } == true)
    }
}
