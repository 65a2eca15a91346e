internal import Foundation
internal import HTTP
internal import Stellar
internal import StellarSandbox
internal import StellarXDR

extension Benchmark {
    /// A network with a million accounts, and the events of their creation, asked over HTTP: the
    /// figures of one run.
    static let sandboxAtScale = [
        Benchmark(name: "sandbox.entries-p99", unit: "ms at 1 M") {
            Figure(try await Crowd.shared.measured().entries)
        },
        Benchmark(name: "sandbox.events-p99", unit: "ms at 1 M") {
            Figure(try await Crowd.shared.measured().events)
        },
        Benchmark(name: "sandbox.events-rare-p99", unit: "ms at 1 M") {
            Figure(try await Crowd.shared.measured().rareEvents)
        },
        Benchmark(name: "sandbox.memory", unit: "MB per 1 M entries and events") {
            Figure(try await Crowd.shared.measured().megabytes)
        },
    ]
}

/// A million accounts, made once by transactions of a hundred operations each.
private actor Crowd {
    static let shared = Crowd()
    private static let (ledgers, transactions, operations) = (100, 100, 100)

    struct Figures {
        var entries: Double
        var events: Double
        var rareEvents: Double
        var megabytes: Double
    }

    private var known: Figures?

    func measured() async throws -> Figures {
        if let known { return known }
        let figures = try await measure()
        known = figures
        return figures
    }

    private func measure() async throws -> Figures {
        let before = try Benchmark.residentMegabytes()
        var configuration = StellarSandbox.Configuration.forBenchmarks
        // Enough for ten thousand accounts and the fees.
        configuration.friendbotStroops = 1_000_000_000_000
        let sandbox = try await StellarSandbox.start(configuration)
        let client = HTTPClient()
        defer { client.shutDown() }
        let rpc = SorobanRPC(url: sandbox.rpcURL, client: client)
        try await fill(sandbox, rpc)
        let megabytes = try Benchmark.residentMegabytes() - before
        var random = SystemRandomNumberGenerator()
        let count = Self.ledgers * Self.transactions * Self.operations
        let entries = try await percentile99 {
            let keys = (0..<10).map { _ in
                LedgerKey.account(
                    LedgerKeyAccount(
                        accountID: Self.account(Int.random(in: 0..<count, using: &random))))
            }
            guard try await rpc.ledgerEntries(keys).entries.count == 10 else {
                throw BenchmarkFailure(what: "entries are missing")
            }
        }
        let latest = try await sandbox.latestLedger
        let events = try await percentile99 {
            let from = UInt32.random(in: latest - UInt32(Self.ledgers) + 1...latest, using: &random)
            let body = #"{"jsonrpc":"2.0","id":1,"method":"getEvents","params":"#
            let answer = try await client.send(
                HTTPClient.Request(
                    .post, sandbox.rpcURL, headers: ["Content-Type": "application/json"],
                    body: Array("\(body){\"startLedger\":\(from)}}".utf8)))
            // A hundred events take this much, whatever they are.
            guard case .bytes(let bytes) = answer.body, bytes.count > 40_000 else {
                throw BenchmarkFailure(what: "events are missing")
            }
        }
        // One of a million: where it stands is not known, all that stands before is passed over.
        let rareEvents = try await percentile99(of: 200) {
            let account = Self.account(Int.random(in: 0..<count, using: &random))
            let filter = EventFilter(topics: [
                [.value(.symbol("transfer")), .any, .value(.address(.account(account))), .any]
            ])
            let found = try await rpc.events(from: .ledger(1), matching: [filter], limit: 10)
            guard found.events.count == 1 else {
                throw BenchmarkFailure(what: "\(found.events.count) events of one account")
            }
        }
        await sandbox.stop()
        return Figures(
            entries: entries, events: events, rareEvents: rareEvents, megabytes: megabytes)
    }

    /// A hundred rich accounts each make ten thousand others.
    private func fill(_ sandbox: StellarSandbox, _ rpc: SorobanRPC) async throws {
        let makers = try (0..<Self.transactions).map { number in
            try KeyPair(seed: [UInt8](repeating: UInt8(number + 1), count: 32))
        }
        var sequences: [Int64] = []
        for maker in makers {
            try await sandbox.fund(maker.address)
            sequences.append(try await rpc.account(maker.accountID).seqNum)
        }
        var next = 0
        for _ in 0..<Self.ledgers {
            var envelopes: [TransactionEnvelope] = []
            for (index, maker) in makers.enumerated() {
                sequences[index] += 1
                var builder = TransactionBuilder(
                    source: MuxedAccount(maker.accountID), sequence: sequences[index])
                builder.operations = (next..<next + Self.operations).map { number in
                    .createAccount(Self.account(number), startingBalanceStroops: 10_000_000)
                }
                next += Self.operations
                envelopes.append(try builder.build().signed(by: [maker], on: .standalone))
            }
            for submission in try await sandbox.send(envelopes) {
                guard case .pending(let hash) = submission,
                    case .success? = try await sandbox.result(of: hash)?.result
                else { throw BenchmarkFailure(what: "\(submission)") }
            }
        }
    }

    private static func account(_ number: Int) -> AccountID {
        var key = [UInt8](repeating: 7, count: 32)
        for byte in 0..<8 { key[byte] = UInt8(truncatingIfNeeded: number >> (8 * byte)) }
        return .ed25519(Uint256(fitting: key))
    }

    private func percentile99(
        of count: Int = 1_000, _ body: () async throws -> Void
    ) async throws -> Double {
        var times: [Double] = []
        for _ in 0..<count {
            times.append(try await ContinuousClock().measure(body) / .milliseconds(1))
        }
        return times.sorted()[count * 99 / 100 - 1]
    }
}
