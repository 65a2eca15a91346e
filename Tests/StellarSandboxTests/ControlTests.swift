import HTTP
import StellarSandbox
import StellarXDR
import Testing

@Suite struct ControlTests {
    private func network(
        _ change: (inout StellarSandbox.Configuration) -> Void = { _ in }
    ) async throws -> TestNetwork {
        try await TestNetwork { configuration in
            configuration.offersControl = true
            change(&configuration)
        }
    }

    @Test func `a network that was not asked for it has no such methods`() async throws {
        let network = try await TestNetwork()
        let answer = try await network.call("sandbox_closeLedger")
        #expect(answer["error"]["code"].int == -32601)
    }

    @Test func `ledgers and time go on when told to`() async throws {
        let network = try await network()
        let advanced = try await network.result("sandbox_advanceLedgers", ["count": 9])
        #expect(advanced["latestLedger"].int == 10)
        let later = try await network.result("sandbox_advanceTime", ["seconds": 60])
        #expect(later["latestLedgerCloseTime"].string == "\(TestNetwork.start + 60)")
        let set = try await network.result(
            "sandbox_setTime", ["unixSeconds": TestNetwork.start + 90])
        #expect(set["latestLedgerCloseTime"].string == "\(TestNetwork.start + 90)")
        let back = try await network.call(
            "sandbox_setTime", ["unixSeconds": TestNetwork.start + 89])
        #expect(back["error"]["code"].int == -32602)
    }

    @Test func `no time is after the year 9999`() async throws {
        let network = try await network()
        _ = try await network.result("sandbox_setTime", ["unixSeconds": 253_402_300_799])
        for (method, parameters) in [
            ("sandbox_setTime", ["unixSeconds": 253_402_300_800]),
            ("sandbox_advanceTime", ["seconds": 1]),
        ] {
            let refused = try await network.call(method, parameters)
            #expect(refused["error"]["code"].int == -32602)
        }
    }

    @Test func `Horizon's date is the network's`() async throws {
        let network = try await network()
        _ = try await network.result("sandbox_setTime", ["unixSeconds": 4_102_444_800])
        let response = try await network.client.send(
            HTTPClient.Request(.get, "http://127.0.0.1:\(network.sandbox.port)/"))
        #expect(response.headers["Date"] == "Fri, 01 Jan 2100 00:00:00 GMT")
    }

    @Test func `a ledger that is closed by hand waits until then`() async throws {
        let network = try await network()
        let (anna, ben) = (try await network.account(), try await network.account())
        _ = try await network.result("sandbox_setClosing", ["mode": "manual"])
        let payment = try await network.payment(from: anna, to: ben, stroops: 5)
        let sent = try await network.send(payment)
        #expect(sent["status"].string == "PENDING")
        let hash = ["hash": sent["hash"].string]
        #expect(try await network.result("getTransaction", hash)["status"].string == "NOT_FOUND")
        _ = try await network.result("sandbox_closeLedger")
        #expect(try await network.result("getTransaction", hash)["status"].string == "SUCCESS")
    }

    @Test func `an interval closes ledgers by itself`() async throws {
        let network = try await network()
        _ = try await network.result(
            "sandbox_setClosing", ["mode": "interval", "milliseconds": 2])
        var latest: UInt32 = 0
        for _ in 0..<500 where latest < 4 {
            try await Task.sleep(for: .milliseconds(10))
            latest = try await network.sandbox.latestLedger
        }
        #expect(latest >= 4)
    }

    @Test func `a snapshot brings back what was, more than once`() async throws {
        let network = try await network()
        let (anna, ben) = (try await network.account(), try await network.account())
        let snapshot = try await network.result("sandbox_snapshot")
        for _ in 0..<2 {
            let sent = try await network.send(
                try await network.payment(from: anna, to: ben, stroops: 5))
            #expect(try await network.balance(of: ben) == 100_000_000_005)
            _ = try await network.result("sandbox_revert", ["id": snapshot["id"].int])
            #expect(try await network.balance(of: ben) == 100_000_000_000)
            let found = try await network.result(
                "getTransaction", ["hash": sent["hash"].string])
            #expect(found["status"].string == "NOT_FOUND")
        }
        let unknown = try await network.call("sandbox_revert", ["id": 9])
        #expect(unknown["error"]["code"].int == -32602)
    }

    @Test func `a balance is what one says, also of an account that was not there`() async throws {
        let (network, anna) = (try await network(), try TestAccount())
        _ = try await network.result(
            "sandbox_setBalance", ["address": anna.address, "stroops": "123"])
        #expect(try await network.balance(of: anna) == 123)
    }

    @Test func `a balance from nothing counts among all coins`() async throws {
        let (network, anna) = (try await network(), try await network().account())
        func coins() async throws -> Int64 {
            let latest = try await network.result("getLatestLedger")
            return try LedgerHeader(base64: latest["headerXdr"].string ?? "").totalCoins
        }
        let before = try await coins()
        _ = try await network.result(
            "sandbox_setBalance", ["address": anna.address, "stroops": "500"])
        #expect(try await coins() == before + 500)
        _ = try await network.result(
            "sandbox_setBalance", ["address": anna.address, "stroops": "200"])
        #expect(try await coins() == before + 200)
        let refused = try await network.call(
            "sandbox_setBalance", ["address": anna.address, "stroops": "\(Int64.max)"])
        #expect(refused["error"]["code"].int == -32602)
        #expect(try await network.balance(of: anna) == 200)
    }

    @Test func `submissions are dropped, delayed, refused and sent away`() async throws {
        let network = try await network()
        let (anna, ben) = (try await network.account(), try await network.account())
        let payment = try await network.payment(from: anna, to: ben, stroops: 5)
        _ = try await network.result("sandbox_dropSubmissions", ["count": 1])
        _ = try await network.result(
            "sandbox_rejectSubmissions", ["count": 1, "code": "tx_insufficient_fee"])
        _ = try await network.result(
            "sandbox_rejectSubmissions", ["count": 1, "code": "try_again_later"])
        _ = try await network.result("sandbox_delaySubmissions", ["count": 1, "ledgers": 2])
        #expect(try await network.send(payment)["status"].string == "PENDING")
        #expect(try await network.balance(of: ben) == 100_000_000_000)
        #expect(try await network.refusal(of: payment).result == .insufficientFee)
        #expect(try await network.send(payment)["status"].string == "TRY_AGAIN_LATER")
        #expect(try await network.send(payment)["status"].string == "PENDING")
        _ = try await network.result("sandbox_advanceLedgers", ["count": 2])
        #expect(try await network.balance(of: ben) == 100_000_000_000)
        _ = try await network.result("sandbox_closeLedger")
        #expect(try await network.balance(of: ben) == 100_000_000_005)
    }

    @Test func `RPC fails as often as one says, and only where`() async throws {
        let network = try await network()
        _ = try await network.result(
            "sandbox_failCalls", ["count": 2, "methods": ["getHealth"]])
        _ = try await network.result("getNetwork")
        for _ in 0..<2 {
            #expect(try await network.call("getHealth")["error"]["code"].int == -32003)
        }
        _ = try await network.result("getHealth")
    }

    @Test func `a stale RPC tells of the past until the faults are cleared`() async throws {
        let network = try await network()
        let (anna, ben) = (try await network.account(), try await network.account())
        let payment = try await network.payment(from: anna, to: ben, stroops: 5)
        _ = try await network.result("sandbox_setStale", ["isStale": true])
        let sent = try await network.send(payment)
        let hash = ["hash": sent["hash"].string]
        #expect(try await network.result("getTransaction", hash)["status"].string == "NOT_FOUND")
        #expect(try await network.balance(of: ben) == 100_000_000_000)
        _ = try await network.result("sandbox_clearFaults")
        #expect(try await network.result("getTransaction", hash)["status"].string == "SUCCESS")
        #expect(try await network.balance(of: ben) == 100_000_000_005)
    }

    @Test(arguments: StellarSandbox.Configuration.Profile.allCases)
    func `a profile's limits are in the ledger`(
        profile: StellarSandbox.Configuration.Profile
    ) async throws {
        let network = try await network { $0.profile = profile }
        let key = LedgerKey.configSetting(
            LedgerKeyConfigSetting(configSettingID: .contractComputeV0))
        let found = try await network.result("getLedgerEntries", ["keys": [key.base64()]])
        guard
            case .configSetting(.contractComputeV0(let compute)) = try LedgerEntryData(
                base64: found["entries"][0]["xdr"].string ?? "")
        else { return #expect(Bool(false), "it is a setting") }
        let expected: Int64 =
            switch profile {
            case .mainnet: 400_000_000
            case .testnet: 100_000_000
            case .unlimited: 4_294_967_295
            }
        #expect(compute.txMaxInstructions == expected)
    }
}
