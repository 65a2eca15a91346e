import Foundation
import HTTP
import StellarSandbox
import StellarXDR
import Testing

/// A network that is kept in a file.
struct StorageTests {
    @Test func `what was there is there after a restart`() async throws {
        try await withStateFile { path in
            let first = try await TestNetwork { $0.storage = .file(path) }
            let (alice, bob) = (try await first.account(), try await first.account())
            let payment = try await first.payment(from: alice, to: bob, stroops: 70_000)
            let applied = try await first.apply(payment)
            let before = try await Picture(of: first, [alice, bob])
            await first.sandbox.stop()

            let second = try await TestNetwork { $0.storage = .file(path) }
            #expect(try await Picture(of: second, [alice, bob]) == before)
            let again = try await second.result(
                "getTransaction", ["hash": applied["txHash"].string])
            #expect(again["status"].string == "SUCCESS")
            #expect(again["resultMetaXdr"].string == applied["resultMetaXdr"].string)
            #expect(try await second.refusal(of: payment).result == .badSeq)
            let next = try await second.payment(from: alice, to: bob, stroops: 1)
            #expect(try await second.apply(next)["status"].string == "SUCCESS")
            await second.sandbox.stop()
        }
    }

    @Test func `time that was let pass stays passed`() async throws {
        try await withStateFile { path in
            let first = try await TestNetwork { $0.storage = .file(path) }
            try await first.sandbox.advance(seconds: 86_400)
            await first.sandbox.stop()
            let second = try await TestNetwork { $0.storage = .file(path) }
            try await second.sandbox.closeLedger()
            #expect(try await second.sandbox.latestCloseTime == TestNetwork.start + 86_400)
            await second.sandbox.stop()
        }
    }

    @Test func `old ledgers are forgotten in the file too`() async throws {
        try await withStateFile { path in
            let change: (inout StellarSandbox.Configuration) -> Void = {
                $0.storage = .file(path)
                $0.ledgersKeptMax = 3
            }
            let first = try await TestNetwork(change)
            try await first.sandbox.advance(ledgers: 10)
            await first.sandbox.stop()
            let second = try await TestNetwork(change)
            let health = try await second.result("getHealth")
            #expect(health["oldestLedger"].int == 9)
            #expect(health["latestLedger"].int == 11)
            await second.sandbox.stop()
        }
    }

    @Test func `a return to an earlier ledger, and a balance from nothing, last`() async throws {
        try await withStateFile { path in
            let change: (inout StellarSandbox.Configuration) -> Void = {
                $0.storage = .file(path)
                $0.offersControl = true
            }
            let first = try await TestNetwork(change)
            let (anna, ben) = (try await first.account(), try await first.account())
            let id = try await first.result("sandbox_snapshot")["id"].int
            let lost = try await first.apply(
                try await first.payment(from: anna, to: ben, stroops: 5))
            let carol = try await first.account()
            _ = try await first.result("sandbox_revert", ["id": id])
            _ = try await first.result(
                "sandbox_setBalance", ["address": ben.address, "stroops": "777"])
            let before = try await Picture(of: first, [anna, ben, carol])
            await first.sandbox.stop()
            let second = try await TestNetwork(change)
            #expect(try await Picture(of: second, [anna, ben, carol]) == before)
            #expect(try await second.balance(of: ben) == 777)
            #expect(try await second.balance(of: carol) == nil)
            let gone = try await second.result(
                "getTransaction", ["hash": lost["txHash"].string])
            #expect(gone["status"].string == "NOT_FOUND")
            await second.sandbox.stop()
        }
    }

    @Test func `a file of another network is refused`() async throws {
        try await withStateFile { path in
            let first = try await TestNetwork { $0.storage = .file(path) }
            await first.sandbox.stop()
            await #expect(throws: SandboxError.otherNetwork(first.sandbox.passphrase)) {
                try await TestNetwork {
                    $0.storage = .file(path)
                    $0.passphrase = "Another Network ; 2026"
                }
            }
        }
    }

    @Test func `a second process on the file is not let to mix two pasts`() async throws {
        try await withStateFile { path in
            let first = try await TestNetwork { $0.storage = .file(path) }
            let second = try await TestNetwork { $0.storage = .file(path) }
            try await first.sandbox.closeLedger()
            await #expect(throws: SandboxError.self) { try await second.sandbox.closeLedger() }
            let answer = try await second.post(
                #"{"jsonrpc":"2.0","id":1,"method":"getLatestLedger"}"#)
            #expect(answer.status == .serviceUnavailable)
            await first.sandbox.stop()
            await second.sandbox.stop()
        }
    }
}

/// A path for a network's file in a folder of a test's own.
func withStateFile(_ body: (String) async throws -> Void) async throws {
    let folder = FileManager.default.temporaryDirectory
        .appendingPathComponent("sandbox-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try await body(folder.appendingPathComponent("network.sqlite").path)
}

/// What a client sees of a network.
private struct Picture: Equatable {
    var answers: [Data] = []

    init(of network: TestNetwork, _ accounts: [TestAccount]) async throws {
        let keys = try accounts.map {
            "\"\(try LedgerKey.account(LedgerKeyAccount(accountID: $0.id)).base64())\""
        }
        let calls = [
            ("getLedgers", #"{"startLedger":1}"#), ("getEvents", #"{"startLedger":1}"#),
            ("getTransactions", #"{"startLedger":1}"#),
            ("getLedgerEntries", #"{"keys":[\#(keys.joined(separator: ","))]}"#),
        ]
        for (method, parameters) in calls {
            let body = #"{"jsonrpc":"2.0","id":1,"method":"\#(method)","params":\#(parameters)}"#
            let answer = try JSON(await network.post(body))
            answers.append(
                try JSONSerialization.data(
                    withJSONObject: try #require(answer.value), options: .sortedKeys))
        }
    }
}
