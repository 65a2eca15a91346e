import StellarSandbox
import StellarXDR
import Testing

@Suite struct EventTests {
    /// A network with five payments from Anna to Ben, a ledger each.
    func payments() async throws -> (TestNetwork, TestAccount, TestAccount) {
        let network = try await TestNetwork()
        let (anna, ben) = (try await network.account(), try await network.account())
        for stroops in 1...5 {
            _ = try await network.apply(
                try await network.payment(from: anna, to: ben, stroops: Int64(stroops)))
        }
        return (network, anna, ben)
    }

    func transfer(_ account: TestAccount) throws -> [String] {
        try [
            SCVal.symbol("transfer").base64(), SCVal.address(.account(account.id)).base64(), "**",
        ]
    }

    @Test func `events are found by topic and contract`() async throws {
        let (network, anna, ben) = try await payments()
        let native = "CDMLFMKMMD7MWZP3FKUBZPVHTUEDLSX4BYGYKH4GCESXYHS3IHQ4EIG4"
        let found = try await network.result(
            "getEvents",
            [
                "startLedger": 1,
                "filters": [
                    ["type": "contract", "contractIds": [native], "topics": [try transfer(anna)]]
                ],
            ])
        #expect(found["events"].array.count == 5)
        let event = found["events"][0]
        #expect(event["contractId"].string == native)
        #expect(event["type"].string == "contract")
        #expect(event["ledgerClosedAt"].string == "2027-01-15T08:00:00Z")
        #expect(event["inSuccessfulContractCall"].bool == true)
        #expect(event["topic"].array.count == 4)
        #expect(
            try SCVal(base64: event["value"].string ?? "")
                == .i128(Int128Parts(hi: 0, lo: 1)))
        #expect(event["operationIndex"].int == 0)
        #expect(event["transactionIndex"].int == 1)
        let ledger = try #require(event["ledger"].int)
        let toid = String(UInt64(ledger) << 32 | 1 << 12)
        let padded = String(repeating: "0", count: 19 - toid.count) + toid
        #expect(event["id"].string == "\(padded)-0000000000")
        let none = try await network.result(
            "getEvents", ["startLedger": 1, "filters": [["topics": [try transfer(ben)]]]])
        #expect(none["events"].array.isEmpty)
    }

    @Test func `a cursor goes on exactly where the page ended`() async throws {
        let (network, anna, _) = try await payments()
        let filters: [[String: Any]] = [["topics": [try transfer(anna)]]]
        var (ids, cursor): ([String], String?) = ([], nil)
        for _ in 0..<4 {
            var parameters: [String: Any] = ["filters": filters]
            if let cursor {
                parameters["pagination"] = ["cursor": cursor, "limit": 2]
            } else {
                parameters["startLedger"] = 1
                parameters["pagination"] = ["limit": 2]
            }
            let page = try await network.result("getEvents", parameters)
            ids += page["events"].array.compactMap { $0["id"].string }
            cursor = page["cursor"].string
        }
        #expect(ids.count == 5)
        #expect(ids == ids.sorted() && Set(ids).count == 5)
        // At the end the cursor waits behind the newest ledger, and new events are found there.
        _ = try await network.apply(
            try await network.payment(from: anna, to: anna, stroops: 9))
        let page = try await network.result(
            "getEvents", ["filters": filters, "pagination": ["cursor": cursor ?? "", "limit": 2]])
        #expect(page["events"].array.count == 1)
    }

    @Test func `every transaction has its fee event`() async throws {
        let (network, _, _) = try await payments()
        let fee = try SCVal.symbol("fee").base64()
        let found = try await network.result(
            "getEvents", ["startLedger": 1, "filters": [["topics": [[fee, "*"]]]]])
        #expect(found["events"].array.count == 7)
    }

    @Test func `a range ends before its end`() async throws {
        let (network, _, _) = try await payments()
        let found = try await network.result("getEvents", ["startLedger": 4, "endLedger": 6])
        #expect(Set(found["events"].array.compactMap { $0["ledger"].int }) == [4, 5])
        let cursor = try #require(found["cursor"].string)
        let next = try await network.result("getEvents", ["pagination": ["cursor": cursor]])
        #expect(next["events"][0]["ledger"].int == 6)
    }

    @Test(
        arguments: [
            ("startLedger must be positive", ["startLedger": 0]),
            ("startLedger must be within the ledger range: 1 - 8", ["startLedger": 9]),
            ("limit must not exceed 10000", ["startLedger": 1, "pagination": ["limit": 10_001]]),
            (
                "ledger ranges and cursor cannot both be set",
                ["startLedger": 1, "pagination": ["cursor": "0000000004294967296-0000000000"]]
            ),
            (
                "filter 1 invalid: filter type invalid: if set, type must be either 'system' or "
                    + "'contract'", ["startLedger": 1, "filters": [["type": "diagnostic"]]]
            ),
            (
                "filter 1 invalid: contract ID 1 invalid",
                ["startLedger": 1, "filters": [["contractIds": ["GABC"]]]]
            ),
            (
                "filter 1 invalid: topic 1 invalid: topic must have at least 1 segment",
                ["startLedger": 1, "filters": [["topics": [[] as [String]]]]]
            ),
            (
                "filter 2 invalid: topic 1 invalid: segment 1 invalid: wildcard '**' is only allowed "
                    + "as the last segment",
                [
                    "startLedger": 1,
                    "filters": [[:], ["topics": [["**", "*"]]]] as [[String: [[String]]]],
                ]
            ),
            (
                "filter 1 invalid: topic 1 invalid: topic cannot have more than 4 segments",
                ["startLedger": 1, "filters": [["topics": [["*", "*", "*", "*", "*"]]]]]
            ),
            (
                "maximum 5 filters per request",
                ["startLedger": 1, "filters": Array(repeating: [:] as [String: String], count: 6)]
            ),
        ] as [(String, [String: any Sendable])])
    func `a question that is wrong is told why`(
        message: String, parameters: [String: any Sendable]
    ) async throws {
        let (network, _, _) = try await payments()
        let answer = try await network.call("getEvents", parameters)
        #expect(answer["error"]["message"].string == message)
    }
}
