import Foundation
import HTTP
import StellarXDR
import Testing

@testable import StellarSandbox

@Suite struct HorizonTests {
    @Test func `an account is told with all that it holds`() async throws {
        let network = try await TestNetwork()
        let anna = try await network.account()
        let (status, account) = try await network.get("/accounts/\(anna.address)")
        #expect(status == .ok)
        #expect(account["id"].string == anna.address)
        #expect(account["sequence"].string == "\(2 << 32)")
        #expect(account["balances"].array.count == 1)
        #expect(account["balances"][0]["balance"].string == "10000.0000000")
        #expect(account["balances"][0]["asset_type"].string == "native")
        #expect(account["signers"][0]["key"].string == anna.address)
        #expect(account["signers"][0]["weight"].int == 1)
        #expect(account["thresholds"]["high_threshold"].int == 0)
        #expect(account["last_modified_ledger"].int == 2)
    }

    @Test(arguments: [
        ("/accounts/GNOBODY", 400, "bad_request"), ("/ledgers/77", 404, "not_found"),
        ("/ledgers/x", 400, "bad_request"), ("/ledgers?limit=201", 400, "bad_request"),
        ("/transactions/\(String(repeating: "0", count: 64))", 404, "not_found"),
        ("/transactions/zz", 400, "bad_request"), ("/offers", 404, "not_found"),
    ])
    func `what is not there is a problem of Horizon's kind`(
        path: String, status: Int, type: String
    ) async throws {
        let network = try await TestNetwork()
        let answer = try await network.get(path)
        #expect(answer.status.code == status)
        #expect(answer.json["type"].string == "https://stellar.org/horizon-errors/\(type)")
        #expect(answer.json["status"].int == status)
    }

    @Test func `ledgers come page by page, either way`() async throws {
        let network = try await TestNetwork()
        try await network.sandbox.advance(ledgers: 4)
        let (_, newest) = try await network.get("/ledgers?order=desc&limit=2")
        let records = newest["_embedded"]["records"]
        #expect(records.array.map { $0["sequence"].int } == [5, 4])
        let cursor = records[1]["paging_token"].string ?? ""
        let (_, older) = try await network.get("/ledgers?order=desc&limit=9&cursor=\(cursor)")
        #expect(older["_embedded"]["records"].array.map { $0["sequence"].int } == [3, 2, 1])
        let (_, oldest) = try await network.get("/ledgers?limit=2")
        #expect(oldest["_embedded"]["records"].array.map { $0["sequence"].int } == [1, 2])
        let (_, one) = try await network.get("/ledgers/5")
        #expect(one["hash"].string == records[0]["hash"].string)
        #expect(one["total_coins"].string == "100000000000.0000000")
        #expect(one["closed_at"].string == "2027-01-15T08:00:00Z")
    }

    @Test func `a transaction that is posted is answered when it is in a ledger`() async throws {
        let network = try await TestNetwork()
        let (anna, ben) = (try await network.account(), try await network.account())
        let envelope = try await network.payment(from: anna, to: ben, stroops: 5)
        let (status, sent) = try await network.submit(try envelope.base64())
        #expect(status == .ok)
        #expect(sent["successful"].bool == true)
        #expect(sent["fee_charged"].string == "100")
        #expect(sent["operation_count"].int == 1)
        let (_, found) = try await network.get("/transactions/\(sent["hash"].string ?? "")")
        #expect(found["envelope_xdr"].string == (try envelope.base64()))
        #expect(found["created_at"].string == "2027-01-15T08:00:00Z")
        // Sent again, it is answered with what became of it.
        let again = try await network.submit(try envelope.base64())
        #expect(again.status == .ok && again.json["hash"].string == sent["hash"].string)
        #expect(try await network.balance(of: ben) == 100_000_000_005)
    }

    @Test func `a form in parts will do, another body will not`() async throws {
        let network = try await TestNetwork()
        let (anna, ben) = (try await network.account(), try await network.account())
        let text = try await network.payment(from: anna, to: ben, stroops: 5).base64()
        let parts =
            "--b\r\nContent-Disposition: form-data; name=\"tx\"\r\n\r\n\(text)\r\n--b--\r\n"
        let sent = try await network.submit(parts, type: "multipart/form-data; boundary=b")
        #expect(sent.status == .ok)
        let refused = try await network.submit(text, type: "application/json")
        #expect(refused.status == .unsupportedMediaType)
        let malformed = try await network.submit("AAAA")
        #expect(malformed.status == .badRequest)
        #expect(malformed.json["type"].string?.hasSuffix("transaction_malformed") == true)
    }

    @Test func `why a transaction failed is told in codes`() async throws {
        let network = try await TestNetwork()
        let (anna, ben) = (try await network.account(), try await network.account())
        func codes(_ envelope: TransactionEnvelope) async throws -> JSON {
            let answer = try await network.submit(try envelope.base64())
            #expect(answer.status == .badRequest)
            return answer.json["extras"]["result_codes"]
        }
        let tooMuch = try await codes(
            try await network.payment(from: anna, to: ben, stroops: 100_000_000_000))
        #expect(tooMuch["transaction"].string == "tx_failed")
        #expect(tooMuch["operations"][0].string == "op_underfunded")
        var stale = try await network.transaction(
            by: anna, [TestNetwork.paymentBody(to: ben, stroops: 5)])
        stale.seqNum += 5
        let early = try await codes(try network.sign(stale, anna))
        #expect(early["transaction"].string == "tx_bad_seq")
        #expect(early["operations"].isMissing)
        let existing = OperationBody.createAccount(
            CreateAccountOp(destination: ben.id, startingBalance: 10_000_000))
        let twice = try await codes(
            try network.sign(try await network.transaction(by: anna, [existing]), anna))
        #expect(twice["operations"][0].string == "op_already_exists")
        let unsigned = try await codes(
            try network.sign(
                try await network.transaction(
                    by: anna, [TestNetwork.paymentBody(to: ben, stroops: 5)]), ben))
        #expect(unsigned["transaction"].string == "tx_bad_auth")
    }

    @Test func `what is sent without waiting is answered with its state`() async throws {
        let network = try await TestNetwork { $0.closing = .manual }
        let (anna, ben) = (try await network.account(), try await network.account())
        let first = try await network.payment(from: anna, to: ben, stroops: 5).base64()
        let path = "/transactions_async"
        let pending = try await network.submit(first, path: path)
        #expect(pending.status == .created)
        #expect(pending.json["tx_status"].string == "PENDING")
        let duplicate = try await network.submit(first, path: path)
        #expect(duplicate.status == .conflict)
        let second = try await network.payment(from: anna, to: ben, stroops: 6).base64()
        let later = try await network.submit(second, path: path)
        #expect(later.status == .serviceUnavailable)
        #expect(later.json["tx_status"].string == "TRY_AGAIN_LATER")
        try await network.sandbox.closeLedger()
        let used = try await network.submit(first, path: path)
        #expect(used.status == .badRequest && used.json["tx_status"].string == "ERROR")
        #expect(
            try TransactionResult(base64: used.json["error_result_xdr"].string ?? "").result
                == .badSeq)
        // Who waits is told what became of it.
        let done = try await network.submit(first)
        #expect(done.status == .ok && done.json["successful"].bool == true)
        #expect(done.json["hash"].string == pending.json["hash"].string)
    }

    @Test func `an operation that is not built is refused by its name`() async throws {
        let network = try await TestNetwork()
        let anna = try await network.account()
        let transaction = try await network.transaction(by: anna, [.inflation])
        let answer = try await network.submit(
            try network.sign(transaction, anna).base64())
        #expect(answer.status == 501)
        #expect(answer.json["detail"].string?.contains("inflation") == true)
    }

    @Test func `fees are those of the last ledgers, or what one would pay`() async throws {
        let network = try await TestNetwork()
        let (_, quiet) = try await network.get("/fee_stats")
        #expect(quiet["last_ledger_base_fee"].string == "100")
        #expect(quiet["max_fee"]["p99"].string == "100")
        let (anna, ben) = (try await network.account(), try await network.account())
        let transaction = try await network.transaction(
            by: anna, [TestNetwork.paymentBody(to: ben, stroops: 5)], fee: 700)
        _ = try await network.apply(try network.sign(transaction, anna))
        let (_, busy) = try await network.get("/fee_stats")
        #expect(busy["max_fee"]["max"].string == "700")
        #expect(busy["fee_charged"]["max"].string == "100")
    }

    @Test func `an account's data and sponsors are told`() async throws {
        let network = try await TestNetwork()
        let (anna, ben) = (try await network.account(), try await network.account())
        try await network.sandbox.chain.sponsor(anna.id, by: ben.id)
        let (status, account) = try await network.get("/accounts/\(anna.address)")
        #expect(status == .ok)
        #expect(account["data"]["config.memo_required"].string == "MQ==")
        #expect(account["sponsor"].string == ben.address)
        #expect(account["num_sponsored"].int == 3)
        #expect(account["num_sponsoring"].int == 2)
        #expect(account["signers"][0]["sponsor"].string == ben.address)
        #expect(account["signers"][1]["sponsor"].isMissing)
    }
}

extension TestNetwork {
    func get(_ path: String) async throws -> (status: HTTPStatus, json: JSON) {
        let response = try await client.send(
            HTTPClient.Request(.get, "http://127.0.0.1:\(sandbox.port)\(path)"))
        return (response.status, try JSON(response))
    }

    fileprivate func submit(
        _ text: String, type: String = "application/x-www-form-urlencoded",
        path: String = "/transactions"
    ) async throws -> (status: HTTPStatus, json: JSON) {
        let isForm = type == "application/x-www-form-urlencoded"
        let encoded = text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        let response = try await client.send(
            HTTPClient.Request(
                .post, "http://127.0.0.1:\(sandbox.port)\(path)",
                headers: ["Content-Type": type],
                body: Array((isForm ? "tx=\(encoded)" : text).utf8)))
        return (response.status, try JSON(response))
    }
}

extension Chain {
    /// Makes an account one that has data, and whose reserves another bears.
    fileprivate func sponsor(_ id: AccountID, by sponsor: AccountID) throws {
        let name: String64 = "config.memo_required"
        state.put(
            .data(DataEntry(accountID: id, dataName: name, dataValue: DataValue(Array("1".utf8)))),
            at: .data(LedgerKeyData(accountID: id, dataName: name)))
        guard case .account(var account)? = state[.account(id)]?.entry.data else { return }
        account.signers = [Signer(key: .ed25519(.zero), weight: 1)]
        account.ext = .v1(
            AccountEntryExtensionV1(
                liabilities: Liabilities(buying: 0, selling: 0),
                ext: .v2(
                    AccountEntryExtensionV2(
                        numSponsored: 3, numSponsoring: 2, signerSponsoringIDs: [sponsor],
                        ext: .v0))))
        let entry = LedgerEntry(
            lastModifiedLedgerSeq: 0, data: .account(account),
            ext: .v1(LedgerEntryExtensionV1(sponsoringID: sponsor, ext: .v0)))
        state.put(StoredEntry(entry), at: .account(id))
        try state.settle(state.unsettledChanges, costs: costs)
    }
}
