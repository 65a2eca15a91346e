import Cryptography
import Foundation
import HTTP
import Stellar
import StellarXDR
import Testing

/// The network's process dies; what it told anybody of does not.
@Suite(.serialized) struct SandboxCrashTests {
    @Test func `fifty kills lose nothing that a client was told of`() async throws {
        try await withScratchFolder { folder in
            var witness = try Witness()
            for kill in 0..<50 {
                let (program, rpc) = try await start(in: folder)
                try await witness.check(rpc)
                let payers = witness.payers
                let paying = Task { await Self.pay(payers, over: rpc) }
                // From at once to well into the payments, differently each time.
                try await Task.sleep(for: .milliseconds(kill * 37 % 160))
                try await program.kill()
                witness.payers = await paying.value
            }
            let (program, rpc) = try await start(in: folder)
            try await witness.check(rpc)
            #expect(witness.payers.allSatisfy { $0.acknowledged.count > 10 })
            #expect(try await program.stop() == 0)
        }
    }

    private func start(in folder: URL) async throws -> (BuiltProgram, String) {
        let program = try BuiltProgram(
            ["sandbox", "--port", "0", "--state", "network.sqlite"], folder: folder)
        let line = try await program.lines(until: "http://").last ?? ""
        return (program, String(try #require(line.split(separator: " ").last)))
    }

    /// Several pay at once, so that ledgers close while others are being written.
    private static func pay(_ payers: [Payer], over rpc: String) async -> [Payer] {
        await withTaskGroup { group in
            for payer in payers { group.addTask { await payer.payingUntilTheEnd(over: rpc) } }
            var paid: [Payer] = []
            for await payer in group { paid.append(payer) }
            return paid
        }
    }
}

/// Somebody who pays one stroop after the other, and remembers what was answered.
private struct Payer {
    let key: KeyPair
    let receiver: AccountID
    var firstSequence: Int64 = 0
    var acknowledged: [Hash] = []
    var ledgerSeen: UInt32 = 0

    /// Pays until nobody answers any more.
    func payingUntilTheEnd(over url: String) async -> Payer {
        var payer = self
        let client = HTTPClient()
        defer { client.shutDown() }
        var retries = RPCTransport.Retries()
        retries.attemptsMax = 1
        let rpc = SorobanRPC(
            transport: RPCTransport(url: url, client: client, retries: retries))
        guard let account = try? await rpc.account(key.accountID) else { return payer }
        for number in 1... {
            var builder = TransactionBuilder(
                source: MuxedAccount(key.accountID), sequence: account.seqNum + Int64(number))
            builder.operations = [
                .payment(to: MuxedAccount(receiver), .native, amountStroops: 1)
            ]
            guard
                let envelope = try? builder.build().signed(by: [key], on: .standalone),
                let sent = try? await rpc.send(envelope)
            else { return payer }
            payer.acknowledged.append(sent.hash)
            guard let latest = try? await rpc.latestLedger() else { return payer }
            payer.ledgerSeen = latest.sequence
        }
        return payer
    }
}

/// Compares what a client was told with what is there after a restart.
private struct Witness {
    static let balance: Int64 = 100_000_000_000

    private let receiver: AccountID
    var payers: [Payer]
    private var checkedLedger: UInt32 = 0
    private var checkedHash = ""
    private var checkedCount = [0, 0, 0, 0]

    init() throws {
        let receiver = try KeyPair(seed: SHA256.hash([4])).accountID
        self.receiver = receiver
        payers = try (0..<4).map { number in
            Payer(key: try KeyPair(seed: SHA256.hash([UInt8(number)])), receiver: receiver)
        }
        payers.sort { $0.key.address < $1.key.address }
    }

    mutating func check(_ url: String) async throws {
        let client = HTTPClient()
        defer { client.shutDown() }
        let rpc = SorobanRPC(url: url, client: client)
        payers.sort { $0.key.address < $1.key.address }
        let latest = try await rpc.latestLedger()
        #expect(payers.allSatisfy { $0.ledgerSeen <= latest.sequence })
        if checkedLedger == 0 { try await open(rpc, client) }
        try await checkChain(url, client, until: latest.sequence)
        for (index, payer) in payers.enumerated() {
            for hash in payer.acknowledged[checkedCount[index]...] {
                #expect(try await rpc.transaction(hash)?.isSuccessful == true, "\(hash)")
            }
            checkedCount[index] = payer.acknowledged.count
            // What was paid but not answered any more may be there or not: never half of it.
            let account = try await rpc.account(payer.key.accountID)
            let count = account.seqNum - payer.firstSequence
            #expect(count >= payer.acknowledged.count)
            #expect(account.balance == Self.balance - count * 101)
        }
    }

    private mutating func open(_ rpc: SorobanRPC, _ client: HTTPClient) async throws {
        let friendbot = try #require(try await rpc.network().friendbotUrl)
        for account in payers.map(\.key.accountID) + [receiver] {
            _ = try await Friendbot(url: friendbot, client: client).fund(account)
        }
        for index in payers.indices {
            payers[index].firstSequence =
                try await rpc.account(payers[index].key.accountID).seqNum
        }
    }

    /// Every ledger follows the one before it, without a gap since the last check.
    private mutating func checkChain(
        _ url: String, _ client: HTTPClient, until latest: UInt32
    ) async throws {
        while checkedLedger < latest {
            let call = """
                {"jsonrpc":"2.0","id":1,"method":"getLedgers","params":
                {"startLedger":\(checkedLedger + 1),"pagination":{"limit":200}}}
                """
            let response = try await client.send(
                .init(
                    .post, url, headers: ["Content-Type": "application/json"],
                    body: Array(call.utf8)))
            guard case .bytes(let bytes) = response.body else { return }
            let page = try JSONDecoder().decode(LedgerPage.self, from: Data(bytes))
            try #require(!page.result.ledgers.isEmpty)
            for ledger in page.result.ledgers {
                let entry = try LedgerHeaderHistoryEntry(base64: ledger.headerXdr)
                #expect(entry.header.ledgerSeq == checkedLedger + 1)
                #expect(SHA256.hash(try entry.header.xdr()) == entry.hash.bytes)
                #expect(
                    checkedLedger == 0
                        || entry.header.previousLedgerHash.description == checkedHash)
                (checkedLedger, checkedHash) = (ledger.sequence, ledger.hash)
            }
        }
    }

    private struct LedgerPage: Decodable {
        struct Result: Decodable { let ledgers: [Ledger] }
        struct Ledger: Decodable {
            let hash: String
            let sequence: UInt32
            let headerXdr: String
        }
        let result: Result
    }
}
