import HTTP
import StellarSandbox
import StellarXDR
import Testing

@Suite struct RPCTests {
    @Test(
        arguments: [
            ("", -32700), ("{", -32700), ("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":", -32700),
            ("7", -32600), ("\"x\"", -32600), ("{}", -32600), ("[]", -32600), ("[", -32700),
            (#"{"jsonrpc":"1.0","id":1,"method":"getHealth"}"#, -32600),
            (#"{"jsonrpc":"2.0","id":1}"#, -32600),
            (#"{"jsonrpc":"2.0","id":1,"method":"nothing"}"#, -32601),
            (#"{"jsonrpc":"2.0","id":1,"method":"rpc.serverInfo"}"#, -32601),
            (#"{"jsonrpc":"2.0","id":1,"method":"getHealth","params":[]}"#, -32602),
            (#"{"jsonrpc":"2.0","id":1,"method":"getTransaction","params":["ab"]}"#, -32602),
            (#"{"jsonrpc":"2.0","id":1,"method":"getTransaction","params":{"hash":7}}"#, -32602),
            (#"{"jsonrpc":"2.0","id":1,"method":"getTransaction","params":{"hash":"ab"}}"#, -32602),
            (
                #"{"jsonrpc":"2.0","id":1,"method":"getLedgers","params":{"startLedger":-1}}"#,
                -32602
            ),
            (
                #"{"jsonrpc":"2.0","id":1,"method":"getLedgers","params":{"startLedger":99}}"#,
                -32600
            ),
            (#"{"jsonrpc":"2.0","id":1,"method":"sendTransaction","params":{}}"#, -32602),
            (
                #"{"jsonrpc":"2.0","id":1,"method":"sendTransaction","params":{"transaction":"!"}}"#,
                -32602
            ),
            (
                #"{"jsonrpc":"2.0","id":1,"method":"getLedgerEntries","params":{"keys":["AAAA"]}}"#,
                -32602
            ),
            (
                #"{"jsonrpc":"2.0","id":1,"method":"getEvents","params":{"startLedger":1,"xdrFormat":"x"}}"#,
                -32602
            ),
        ] as [(String, Int)])
    func `bad input has its code`(body: String, code: Int) async throws {
        let network = try await TestNetwork()
        let response = try await network.post(body)
        #expect(response.status == .ok)
        let answer = try JSON(response)
        #expect(answer["error"]["code"].int == code, "\(answer)")
        #expect(answer["error"]["message"].string?.isEmpty == false)
        #expect(answer["result"].isMissing)
        #expect(answer["jsonrpc"].string == "2.0")
    }

    @Test func `an id comes back as it went, and success has no error`() async throws {
        let network = try await TestNetwork()
        for id in ["7", "\"a-b\"", "\"\\u00e9\"", "-3", "null"] {
            let response = try await network.post(
                "{\"jsonrpc\":\"2.0\",\"id\":\(id),\"method\":\"getHealth\",\"params\":null}")
            guard case .bytes(let bytes) = response.body else { continue }
            let text = String(decoding: bytes, as: UTF8.self)
            let wanted = id == "\"\\u00e9\"" ? "\"é\"" : id
            #expect(text.contains("\"id\":\(wanted)"), "\(text)")
            #expect(!text.contains("error"))
        }
    }

    @Test func `a batch is answered in order, notifications are not answered`() async throws {
        let network = try await TestNetwork()
        let answer = try JSON(
            try await network.post(
                """
                [{"jsonrpc":"2.0","id":1,"method":"getHealth"},
                 {"jsonrpc":"2.0","method":"getHealth"}, 5,
                 {"jsonrpc":"2.0","id":"z","method":"nope"}]
                """))
        #expect(answer.array.count == 3)
        #expect(answer[0]["result"]["status"].string == "healthy")
        #expect(answer[1]["error"]["code"].int == -32600)
        #expect(answer[2]["id"].string == "z")
        let silent = try await network.post(#"{"jsonrpc":"2.0","method":"getHealth"}"#)
        #expect(silent.status == .noContent)
    }

    @Test func `a network of a test's own needs nothing said`() async throws {
        let network = try await StellarSandbox.start()
        #expect(network.now == 1_767_225_600)
        #expect(try await network.latestCloseTime == 1_767_225_600)
        try await network.advance(seconds: 60)
        #expect(try await network.latestCloseTime == 1_767_225_660)
        let other = try await StellarSandbox.start()
        #expect(other.port != network.port)
        await other.stop()
        await network.stop()
    }

    @Test(arguments: ["/", "/rpc", "/soroban/rpc"])
    func `RPC is where quickstart has it, open to any page`(path: String) async throws {
        let network = try await TestNetwork()
        let response = try await network.post(
            #"{"jsonrpc":"2.0","id":1,"method":"getHealth","params":{"other":[1]}}"#, path: path)
        #expect(response.headers["Access-Control-Allow-Origin"] == "*")
        #expect(try JSON(response)["result"]["oldestLedger"].int == 1)
        let preflight = try await network.client.send(
            HTTPClient.Request(.options, "http://127.0.0.1:\(network.sandbox.port)\(path)"))
        #expect(preflight.status == .noContent)
        #expect(preflight.headers["Access-Control-Allow-Methods"]?.contains("POST") == true)
        #expect(preflight.headers["Access-Control-Allow-Private-Network"] == "true")
    }

    @Test func `the root is Horizon's to read`() async throws {
        let network = try await TestNetwork()
        let response = try await network.client.send(
            HTTPClient.Request(.get, "http://127.0.0.1:\(network.sandbox.port)/"))
        #expect(try JSON(response)["network_passphrase"].string == network.sandbox.passphrase)
    }

    @Test func `the network says what it is`() async throws {
        let network = try await TestNetwork()
        let known = try await network.result("getNetwork")
        #expect(known["passphrase"].string == "Standalone Network ; February 2017")
        #expect(known["protocolVersion"].int == 27)
        #expect(
            known["friendbotUrl"].string == "http://127.0.0.1:\(network.sandbox.port)/friendbot")
        let version = try await network.result("getVersionInfo")
        #expect(version["version"].string?.isEmpty == false)
        let root = try TestAccount(secret: network.sandbox.rootSecret)
        #expect(root.address == "GBZXN7PIRZGNMHGA7MUUUF4GWPY5AYPV6LY4UV2GL6VJGIQRXFDNMADI")
        let nobody = LedgerKey.account(LedgerKeyAccount(accountID: .ed25519(.zero)))
        let found = try await network.result("getLedgerEntries", ["keys": [nobody.base64()]])
        #expect(found["entries"].array.count == 1)
    }

    @Test func `entries come in the order asked for, missing ones are left out`() async throws {
        let network = try await TestNetwork()
        let (anna, ben) = (try await network.account(), try TestAccount())
        let root = try TestAccount(secret: network.sandbox.rootSecret)
        let keys = try [anna, ben, root].map {
            try LedgerKey.account(LedgerKeyAccount(accountID: $0.id)).base64()
        }
        let setting = try LedgerKey.configSetting(
            LedgerKeyConfigSetting(configSettingID: .stateArchival)
        ).base64()
        let found = try await network.result("getLedgerEntries", ["keys": keys + [setting]])
        #expect(
            found["entries"].array.map { $0["key"].string } == [keys[0], keys[2], setting])
        #expect(found["entries"][0]["lastModifiedLedgerSeq"].int == 2)
        #expect(found["entries"][0]["liveUntilLedgerSeq"].isMissing)
        #expect(try LedgerEntryExt(base64: found["entries"][0]["extXdr"].string ?? "") == .v0)
        let ttl = try LedgerKey.ttl(LedgerKeyTtl(keyHash: .zero)).base64()
        let refused = try await network.call("getLedgerEntries", ["keys": [ttl]])
        #expect(
            refused["error"]["message"].string == "ledger ttl entries cannot be queried directly")
        let many = try await network.call(
            "getLedgerEntries", ["keys": Array(repeating: keys[0], count: 201)])
        #expect(
            many["error"]["message"].string == "key count (201) exceeds maximum supported (200)")
    }

    @Test func `each ledger names the one before it by its hash`() async throws {
        let network = try await TestNetwork()
        _ = try await network.account()
        try await network.sandbox.advance(ledgers: 60)
        var cursor: String?
        var previous = Hash.zero
        var count = 0
        while true {
            let parameters: [String: Any] =
                if let cursor { ["pagination": ["cursor": cursor, "limit": 25]] } else {
                    ["startLedger": 1, "pagination": ["limit": 25]]
                }
            let page = try await network.result("getLedgers", parameters)
            guard !page["ledgers"].array.isEmpty else { break }
            for ledger in page["ledgers"].array {
                let entry = try LedgerHeaderHistoryEntry(
                    base64: ledger["headerXdr"].string ?? "")
                #expect(entry.header.previousLedgerHash == previous)
                #expect(entry.hash.description == ledger["hash"].string)
                guard
                    case .v2(let meta) = try LedgerCloseMeta(
                        base64: ledger["metadataXdr"].string ?? "")
                else { return #expect(Bool(false), "version 2") }
                #expect(meta.ledgerHeader == entry)
                previous = entry.hash
                count += 1
            }
            cursor = page["cursor"].string
        }
        #expect(count == 62)
    }

    @Test func `transactions are listed page by page, failed ones too`() async throws {
        let network = try await TestNetwork()
        let (anna, ben) = (try await network.account(), try await network.account())
        for stroops in [1, 2, 200_000_000_000, 4] as [Int64] {
            _ = try await network.apply(
                try await network.payment(from: anna, to: ben, stroops: stroops))
        }
        var (cursor, statuses): (String?, [String]) = (nil, [])
        for _ in 0..<4 {
            let parameters: [String: Any] =
                if let cursor { ["pagination": ["cursor": cursor, "limit": 2]] } else {
                    ["startLedger": 1, "pagination": ["limit": 2]]
                }
            let page = try await network.result("getTransactions", parameters)
            statuses += page["transactions"].array.compactMap { $0["status"].string }
            #expect(page["transactions"].array.allSatisfy { $0["createdAt"].int != nil })
            cursor = page["cursor"].string
        }
        #expect(statuses == ["SUCCESS", "SUCCESS", "SUCCESS", "SUCCESS", "FAILED", "SUCCESS"])
    }

    @Test func `fees are told as strings`() async throws {
        let network = try await TestNetwork()
        _ = try await network.account()
        let stats = try await network.result("getFeeStats")
        #expect(stats["inclusionFee"]["p99"].string == "100")
        #expect(stats["inclusionFee"]["transactionCount"].string == "1")
        #expect(stats["inclusionFee"]["ledgerCount"].int == 2)
        #expect(stats["sorobanInclusionFee"]["mode"].string == "0")
    }

    @Test func `a request that is too large is refused`() async throws {
        let network = try await TestNetwork()
        let response = try await network.post(String(repeating: " ", count: 600_000))
        #expect(response.status.code == 413)
    }
}
