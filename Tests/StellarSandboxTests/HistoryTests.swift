import Database
import StellarXDR
import Testing

@testable import StellarSandbox

/// What happened long ago is found as what happened just now, in memory and in a file.
struct HistoryTests {
    /// More ledgers than stay whole.
    static let many = History.recentMax + 20

    private func withNetworks(
        _ body: (TestNetwork) async throws -> Void
    ) async throws {
        let inMemory = try await TestNetwork { $0.offersControl = true }
        try await body(inMemory)
        try await withStateFile { path in
            let inFile = try await TestNetwork {
                $0.offersControl = true
                $0.storage = .file(path)
            }
            try await body(inFile)
            await inFile.sandbox.stop()
        }
    }

    @Test func `old transactions, ledgers and events are found`() async throws {
        try await withNetworks { network in
            let (anna, ben) = (try await network.account(), try await network.account())
            let old = try await network.apply(
                try await network.payment(from: anna, to: ben, stroops: 1))
            let before = try await network.result("getLedgers", ["startLedger": 1])
            let events = try await network.result("getEvents", ["startLedger": 1])
            try await network.sandbox.advance(ledgers: Self.many)
            let hash = ["hash": old["txHash"].string]
            let found = try await network.result("getTransaction", hash)
            for name in ["status", "resultMetaXdr", "envelopeXdr", "createdAt"] {
                #expect(found[name].string == old[name].string)
            }
            let after = try await network.result(
                "getLedgers", ["startLedger": 1, "pagination": ["limit": 4]])
            for index in 0..<4 {
                for name in ["hash", "headerXdr", "metadataXdr", "ledgerCloseTime"] {
                    #expect(
                        after["ledgers"][index][name].string
                            == before["ledgers"][index][name].string)
                }
            }
            let still = try await network.result("getEvents", ["startLedger": 1])
            #expect(
                still["events"].array.map { $0["id"].string }
                    == events["events"].array.map { $0["id"].string })
            let listed = try await network.result("getTransactions", ["startLedger": 1])
            #expect(listed["transactions"].array.count == 3)
            let (_, record) = try await network.get("/transactions/\(old["txHash"].string ?? "")")
            #expect(record["successful"].bool == true)
        }
    }

    @Test func `one returns to a moment of long ago`() async throws {
        try await withNetworks { network in
            let (anna, ben) = (try await network.account(), try await network.account())
            let first = try await network.result("sandbox_snapshot")
            _ = try await network.apply(
                try await network.payment(from: anna, to: ben, stroops: 1))
            let second = try await network.result("sandbox_snapshot")
            let lost = try await network.apply(
                try await network.payment(from: anna, to: ben, stroops: 10))
            let carol = try await network.account()
            try await network.sandbox.advance(ledgers: Self.many)
            _ = try await network.result("sandbox_revert", ["id": second["id"].int])
            #expect(try await network.balance(of: ben) == 100_000_000_001)
            #expect(try await network.balance(of: carol) == nil)
            let gone = try await network.result("getTransaction", ["hash": lost["txHash"].string])
            #expect(gone["status"].string == "NOT_FOUND")
            // What comes after stands where the forgotten stood.
            let again = try await network.apply(
                try await network.payment(from: anna, to: ben, stroops: 100))
            #expect(again["ledger"].int == lost["ledger"].int)
            _ = try await network.result("sandbox_revert", ["id": first["id"].int])
            #expect(try await network.balance(of: ben) == 100_000_000_000)
            let latest = try await network.result("getLatestLedger")
            #expect(latest["sequence"].int == first["latestLedger"].int)
            let events = try await network.result(
                "getEvents", ["startLedger": first["latestLedger"].int ?? 0])
            #expect(events["events"].array.allSatisfy { $0["ledger"].int ?? 0 <= 3 })
        }
    }

    @Test func `whoever is shown an old network is shown its entries and its end`() async throws {
        try await withNetworks { network in
            let (anna, ben) = (try await network.account(), try await network.account())
            let end = try await network.result("getLatestLedger")
            _ = try await network.result("sandbox_setStale", ["isStale": true])
            _ = try await network.send(
                try await network.payment(from: anna, to: ben, stroops: 5))
            try await network.sandbox.advance(ledgers: Self.many)
            #expect(try await network.balance(of: ben) == 100_000_000_000)
            let shown = try await network.result("getLatestLedger")
            #expect(shown["id"].string == end["id"].string)
            let events = try await network.result("getEvents", ["startLedger": 1])
            #expect(events["latestLedger"].int == end["sequence"].int)
            #expect(
                events["events"].array.allSatisfy {
                    $0["ledger"].int ?? .max <= end["sequence"].int ?? 0
                })
            _ = try await network.result("sandbox_setStale", ["isStale": false])
            #expect(try await network.balance(of: ben) == 100_000_000_005)
        }
    }

    @Test func `only so many ledgers are kept`() async throws {
        let network = try await TestNetwork { $0.ledgersKeptMax = 100 }
        let anna = try await network.account()
        try await network.sandbox.advance(ledgers: 250)
        let health = try await network.result("getHealth")
        #expect(health["latestLedger"].int == 252)
        #expect(health["oldestLedger"].int == 153)
        let early = try await network.call("getEvents", ["startLedger": 152])
        #expect(early["error"]["code"].int == -32600)
        for (method, cursor) in [("getLedgers", "151"), ("getTransactions", "\(152 << 32)")] {
            let lost = try await network.call(method, ["pagination": ["cursor": cursor]])
            #expect(lost["error"]["code"].int == -32600, "\(method)")
            #expect(
                lost["error"]["message"].string?.hasPrefix("start ledger (152) must be") == true)
        }
        let next = try await network.result("getLedgers", ["pagination": ["cursor": "152"]])
        #expect(next["ledgers"][0]["sequence"].int == 153)
        #expect(try await network.balance(of: anna) == 100_000_000_000)
    }

    @Test func `a file of the first form finds its transactions and events`() async throws {
        try await withStateFile { path in
            let first = try await TestNetwork { $0.storage = .file(path) }
            let (anna, ben) = (try await first.account(), try await first.account())
            let paid = try await first.apply(
                try await first.payment(from: anna, to: ben, stroops: 7))
            try await first.sandbox.advance(ledgers: Self.many)
            let events = try await first.result("getEvents", ["startLedger": 1])
            await first.sandbox.stop()
            try await LedgerRepository.forgetIndexes(of: path)
            let second = try await TestNetwork { $0.storage = .file(path) }
            let found = try await second.result("getTransaction", ["hash": paid["txHash"].string])
            #expect(found["status"].string == "SUCCESS")
            let again = try await second.result("getEvents", ["startLedger": 1])
            #expect(again["events"].array.count == events["events"].array.count)
            await second.sandbox.stop()
        }
    }
}

extension LedgerRepository {
    /// Makes a file what files of the first form became when their schema was changed.
    fileprivate static func forgetIndexes(of path: String) async throws {
        let repository = try await LedgerRepository.open(path: path, now: TestNetwork.start)
        for sql: SQL in [
            "DELETE FROM transactions", "DELETE FROM ledger_events",
            "UPDATE networks SET indexed = \(false)",
        ] {
            _ = try await repository.database.transaction { try await $0.execute(sql) }
        }
        await repository.close()
    }
}
