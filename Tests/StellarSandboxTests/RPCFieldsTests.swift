import Dispatch
import HTTP
import StellarXDR
import Testing

@testable import StellarSandbox

/// What calls may look like, and that those that only look wait for no ledger.
@Suite struct RPCFieldsTests {
    private func fields(_ text: String) throws -> RPCFields {
        try RPCFields.object(try JSONValue(parsing: Array(text.utf8)), at: "params")
    }

    @Test func `null is absent, of two the last counts, others do not matter`() throws {
        let fields = try fields(
            #"{"a":null,"b":1,"b":2,"c":{"d":[["x"],[]]},"e":true,"other":[{}]}"#)
        #expect(try fields.text("a") == nil && fields.text("missing") == nil)
        #expect(try fields.number("b") == UInt32(2))
        #expect(try fields.flag("e") == true)
        let inner = try #require(try fields.fields("c"))
        let lists = try inner.list("d") { value, place throws(RPCError) in
            try RPCFields.list(value, at: place, RPCFields.text)
        }
        #expect(lists == [["x"], []])
    }

    @Test(arguments: [
        (#"{"n":"7"}"#, "params.n has another type"), (#"{"n":[]}"#, "params.n has another type"),
        (#"{"n":-1}"#, "params.n is out of range"), (#"{"n":1.5}"#, "params.n is out of range"),
        (#"{"n":4294967296}"#, "params.n is out of range"),
        (#"{"t":7}"#, "params.t has another type"),
        (#"{"l":["a",7]}"#, "params.l.1 has another type"),
        (#"{"l":{}}"#, "params.l has another type"),
        (#"{"o":[]}"#, "params.o has another type"),
        (#"{"f":1}"#, "params.f has another type"),
    ])
    func `what is wrong is named with its place`(text: String, why: String) throws {
        let fields = try fields(text)
        let error = #expect(throws: RPCError.self) {
            let _: UInt32? = try fields.number("n")
            _ = try fields.text("t")
            _ = try fields.texts("l")
            _ = try fields.fields("o")
            _ = try fields.flag("f")
        }
        #expect(error?.code == -32602)
        #expect(error?.message == "invalid parameters: \(why)")
    }

    @Test(.timeLimit(.minutes(1)))
    func `simulations and entries are answered while a ledger is being made`() async throws {
        let network = try await TestNetwork()
        let anna = try await network.account()
        let chain = network.sandbox.chain
        let gate = DispatchSemaphore(value: 0)
        await withCheckedContinuation { started in
            _ = Task {
                try await chain.change { _ in
                    started.resume()
                    gate.wait()
                }
            }
        }
        // Both need what the chain knows, and it is held up until they are answered.
        let transaction = try await network.transaction(
            by: anna, [TestNetwork.call(.zero, "nothing", [])])
        let simulation = try await network.simulate(transaction)
        gate.signal()
        #expect(simulation["error"].string?.hasPrefix("HostError") == true)
        #expect(simulation["latestLedger"].int == 2)
        #expect(try await network.sandbox.latestLedger == 2)
    }

    @Test func `one call and a batch of it are answered alike`() async throws {
        let network = try await TestNetwork()
        let key = try LedgerKey.account(LedgerKeyAccount(accountID: .ed25519(.zero))).base64()
        for body in [
            #"{"jsonrpc":"2.0","id":"a","method":"getLedgerEntries","params":{"keys":["\#(key)"]}}"#,
            #"{"jsonrpc":"2.0","id":7,"method":"getLedgerEntries","params":{"keys":["!"]}}"#,
            #"{"jsonrpc":"2.0","id":1.5,"method":"simulateTransaction","params":{}}"#,
            #"{"jsonrpc":"2.0","id":null,"method":"simulateTransaction","params":[]}"#,
            #"{"id":1,"method":"simulateTransaction","params":{}}"#,
        ] {
            let alone = try await network.post(body).body.bytes()
            let together = try await network.post("[\(body)]").body.bytes()
            #expect([UInt8(ascii: "[")] + alone + [UInt8(ascii: "]")] == together)
        }
    }
}
