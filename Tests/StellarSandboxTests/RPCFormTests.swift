import Foundation
import StellarXDR
import Support
import Testing

@testable import StellarSandbox

/// Whatever is told in base-64 is told as XDR-JSON too, and is the same.
@Suite struct RPCFormTests {
    @Test func `entries`() async throws {
        let network = try await TestNetwork()
        let anna = try await network.account()
        let key = LedgerKey.account(LedgerKeyAccount(accountID: anna.id))
        let (text, json) = try await both(network, "getLedgerEntries", ["keys": [key.base64()]])
        let (old, new) = (text["entries"][0], json["entries"][0])
        try same(LedgerKey.self, old["key"], new["keyJson"])
        try same(LedgerEntryData.self, old["xdr"], new["dataJson"])
        try same(LedgerEntryExt.self, old["extXdr"], new["extJson"])
        #expect(new["key"].isMissing && new["xdr"].isMissing && new["extXdr"].isMissing)
    }

    @Test func `ledgers, transactions and events`() async throws {
        let network = try await TestNetwork()
        let (anna, ben) = (try await network.account(), try await network.account())
        let applied = try await network.apply(
            try await network.payment(from: anna, to: ben, stroops: 5))
        let ledgers = try await both(network, "getLedgers", ["startLedger": 4])
        let (oldLedger, newLedger) = (ledgers.text["ledgers"][0], ledgers.json["ledgers"][0])
        try same(LedgerHeaderHistoryEntry.self, oldLedger["headerXdr"], newLedger["headerJson"])
        try same(LedgerCloseMeta.self, oldLedger["metadataXdr"], newLedger["metadataJson"])
        #expect(newLedger["headerXdr"].string == "" && newLedger["metadataXdr"].string == "")

        let one = try await both(
            network, "getTransaction", ["hash": applied["txHash"].string ?? ""])
        let list = try await both(network, "getTransactions", ["startLedger": 4])
        let listed = (list.text["transactions"][0], list.json["transactions"][0])
        for (old, new) in [(one.text, one.json), listed] {
            try same(TransactionEnvelope.self, old["envelopeXdr"], new["envelopeJson"])
            try same(TransactionResult.self, old["resultXdr"], new["resultJson"])
            try same(TransactionMeta.self, old["resultMetaXdr"], new["resultMetaJson"])
            let (olds, news) = (old["events"], new["events"])
            try same(
                TransactionEvent.self, olds["transactionEventsXdr"][0],
                news["transactionEventsJson"][0])
            try same(
                ContractEvent.self, olds["contractEventsXdr"][0][0],
                news["contractEventsJson"][0][0])
            #expect(new["envelopeXdr"].isMissing)
        }

        let events = try await both(network, "getEvents", ["startLedger": 4])
        let (oldEvent, newEvent) = (events.text["events"][1], events.json["events"][1])
        try same(SCVal.self, oldEvent["value"], newEvent["valueJson"])
        #expect(newEvent["topicJson"].array.count == 4)
        try same(SCVal.self, oldEvent["topic"][0], newEvent["topicJson"][0])
    }

    @Test func `why a transaction is refused`() async throws {
        let network = try await TestNetwork()
        let (anna, ben) = (try await network.account(), try await network.account())
        let transaction = try await network.transaction(
            by: anna, [TestNetwork.paymentBody(to: ben, stroops: 5)])
        let envelope = try network.sign(transaction, ben)
        let sent = try await both(
            network, "sendTransaction", ["transaction": envelope.base64()])
        try same(TransactionResult.self, sent.text["errorResultXdr"], sent.json["errorResultJson"])
    }

    @Test(.enabled(if: Vectors.exist, "no vectors at ../shared/vectors"))
    func `simulations`() async throws {
        let network = try await TestNetwork()
        let (anna, ben) = (try await network.account(), try await network.account())
        let token = try await network.token(of: anna)
        let body = TestNetwork.call(
            token, "transfer",
            [
                .address(.account(anna.id)), .address(.account(ben.id)),
                TestNetwork.amount(10),
            ])
        let transaction = try await network.transaction(by: anna, [body])
        let old = try await network.simulate(transaction)
        let new = try await network.simulate(transaction, ["xdrFormat": "json"])
        try same(
            SorobanTransactionData.self, old["transactionData"], new["transactionDataJson"])
        let (returned, returnedJSON) = (old["results"][0], new["results"][0])
        try same(SCVal.self, returned["xdr"], returnedJSON["returnValueJson"])
        try same(
            SorobanAuthorizationEntry.self, returned["auth"][0], returnedJSON["authJson"][0])
        let (change, changeJSON) = (old["stateChanges"][0], new["stateChanges"][0])
        #expect(change["type"].string == changeJSON["type"].string)
        try same(LedgerKey.self, change["key"], changeJSON["keyJson"])
        try same(LedgerEntry.self, change["after"], changeJSON["afterJson"])
        try same(DiagnosticEvent.self, old["events"][0], new["eventsJson"][0])
    }

    private func both(
        _ network: TestNetwork, _ method: String, _ parameters: [String: Any]
    ) async throws -> (text: JSON, json: JSON) {
        (
            try await network.result(method, parameters),
            try await network.result(method, parameters.merging(["xdrFormat": "json"]) { $1 })
        )
    }

    private func same<Value: XDRCodable>(
        _ type: Value.Type, _ text: JSON, _ json: JSON,
        location: SourceLocation = #_sourceLocation
    ) throws {
        let data = try JSONSerialization.data(
            withJSONObject: try #require(json.value, sourceLocation: location),
            options: .fragmentsAllowed)
        let value = try Value(json: try JSONValue(parsing: [UInt8](data)))
        #expect(try value.base64() == text.string, sourceLocation: location)
    }
}
