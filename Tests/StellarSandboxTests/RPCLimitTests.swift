import Foundation
import StellarXDR
import Testing

/// What RPC refuses, with which code and in which words.
@Suite struct RPCLimitTests {
    @Test(
        arguments: [
            ("getLedgers", #"{"startLedger":9}"#, -32600, "must be between the oldest ledger: 1"),
            (
                "getLedgers", #"{"startLedger":1,"pagination":{"limit":201}}"#, -32602,
                "limit must not exceed 200"
            ),
            (
                "getLedgers", #"{"startLedger":1,"pagination":{"cursor":"1"}}"#, -32602,
                "startLedger (1) and cursor (1) cannot both be set"
            ),
            ("getTransactions", #"{}"#, -32600, "start ledger (0) must be between"),
            (
                "getTransactions", #"{"startLedger":1,"pagination":{"limit":201}}"#, -32602,
                "limit must not exceed 200"
            ),
            ("getTransaction", #"{"hash":"zz"}"#, -32602, "unexpected hash length (2)"),
            (
                "getTransaction", #"{"hash":"\#(String(repeating: "z", count: 64))"}"#, -32602,
                "incorrect hash"
            ),
            (
                "getTransaction", #"{"hash":"00","xdrFormat":"x"}"#, -32602,
                "got 'x': expected base64, json for optional 'xdrFormat'"
            ),
            ("getEvents", #"{}"#, -32602, "startLedger must be positive"),
            ("getEvents", #"{"startLedger":9}"#, -32600, "within the ledger range: 1 - 1"),
            (
                "getEvents", #"{"startLedger":1,"pagination":{"limit":10001}}"#, -32602,
                "limit must not exceed 10000"
            ),
            (
                "getEvents", #"{"startLedger":1,"filters":[{},{},{},{},{},{}]}"#, -32602,
                "maximum 5 filters per request"
            ),
            (
                "getEvents", #"{"startLedger":1,"filters":[{"type":"diagnostic"}]}"#, -32602,
                "filter 1 invalid: filter type invalid: if set, type must be either 'system' or"
            ),
            (
                "getEvents", #"{"startLedger":1,"filters":[{"contractIds":["C"]}]}"#, -32602,
                "filter 1 invalid: contract ID 1 invalid"
            ),
            (
                "getEvents", #"{"startLedger":1,"filters":[{"topics":[[]]}]}"#, -32602,
                "topic 1 invalid: topic must have at least 1 segment"
            ),
            (
                "getEvents", #"{"startLedger":1,"filters":[{"topics":[["*","*","*","*","*"]]}]}"#,
                -32602, "topic 1 invalid: topic cannot have more than 4 segments"
            ),
            (
                "getEvents", #"{"startLedger":1,"filters":[{"topics":[["**","*"]]}]}"#, -32602,
                "segment 1 invalid: wildcard '**' is only allowed as the last segment"
            ),
            (
                "getEvents",
                #"{"startLedger":1,"pagination":{"cursor":"0000000004294967296-0000000000"}}"#,
                -32602, "ledger ranges and cursor cannot both be set"
            ),
            ("sendTransaction", #"{"transaction":"AAAA"}"#, -32602, "invalid_xdr"),
            ("sendTransaction", #"{}"#, -32602, "invalid_xdr"),
            ("getLedgerEntries", #"{"keys":["AAAA"]}"#, -32602, "cannot unmarshal key value AAAA"),
        ] as [(String, String, Int, String)])
    func `out of bounds`(
        method: String, parameters: String, code: Int, message: String
    ) async throws {
        let network = try await TestNetwork()
        let answer = try await network.call(
            method, try JSONSerialization.jsonObject(with: Data(parameters.utf8)))
        #expect(answer["error"]["code"].int == code, "\(answer)")
        #expect(answer["error"]["message"].string?.contains(message) == true, "\(answer)")
        #expect(answer["result"].isMissing)
    }

    @Test func `lives and too many keys cannot be asked for`() async throws {
        let network = try await TestNetwork()
        let life = try LedgerKey.ttl(LedgerKeyTtl(keyHash: .zero)).base64()
        let refused = try await network.call("getLedgerEntries", ["keys": [life]])
        #expect(
            refused["error"]["message"].string
                == "ledger ttl entries cannot be queried directly")
        let many = try await network.call(
            "getLedgerEntries", ["keys": Array(repeating: life, count: 201)])
        #expect(
            many["error"]["message"].string == "key count (201) exceeds maximum supported (200)")
        #expect(
            try await network.result("getLedgerEntries", ["keys": [String]()])["entries"]
                .array.isEmpty)
    }

    @Test func `a simulation says in its result what it does not do`() async throws {
        let network = try await TestNetwork()
        let anna = try await network.account()
        let payment = TestNetwork.paymentBody(to: anna, stroops: 1)
        let wasm = TestNetwork.body(.uploadContractWasm([0]))
        let cases: [([OperationBody], Memo, String, String)] = [
            ([payment, payment], .none, "", "Transaction contains more than one operation"),
            ([wasm], .id(1), "", "Soroban transactions do not support memos."),
            (
                [payment], .none, "record",
                "cannot set authMode with non-InvokeHostFunction operations"
            ),
            (
                [payment], .none, "",
                "Transaction contains unsupported operation type: OperationTypePayment"
            ),
        ]
        for (bodies, memo, mode, message) in cases {
            let transaction = try await network.transaction(by: anna, bodies, memo: memo)
            let result = try await network.simulate(transaction, ["authMode": mode])
            #expect(result["error"].string?.contains(message) == true, "\(result)")
            #expect(result["latestLedger"].int == 2)
        }
        let unread = try await network.result("simulateTransaction", ["transaction": "AAAA"])
        #expect(unread["error"].string == "Could not unmarshal transaction")
    }
}
