import Foundation
import HTTP
import Stellar
import StellarXDR
import Testing

@Suite struct SorobanRPCTests {
    static let hash = String(repeating: "ab", count: 32)
    static let key = KeyPair.seeded(1)

    static func payment() throws -> TransactionEnvelope {
        var builder = TransactionBuilder(source: MuxedAccount(key.accountID), sequence: 5)
        builder.operations = [
            .payment(to: MuxedAccount(key.accountID), .native, amountStroops: 1)
        ]
        return try builder.build().signed(by: [key], on: .standalone)
    }

    static func call() throws -> Transaction {
        var builder = TransactionBuilder(source: MuxedAccount(key.accountID), sequence: 5)
        builder.operations = [.invoke(.zero, "hello", [.u32(1)])]
        return try builder.build()
    }

    @Test func `the server says how it is and what it serves`() async throws {
        let server = FakeServer(
            results:
                #"{"status":"healthy","latestLedger":9,"oldestLedger":2,"ledgerRetentionWindow":5}"#,
            #"{"passphrase":"Test SDF Network ; September 2015","protocolVersion":28}"#,
            #"{"id":"\#(Self.hash)","protocolVersion":28,"sequence":9,"closeTime":"1700"}"#)
        #expect(try await server.rpc.health().latestLedger == 9)
        #expect(try await server.rpc.network().network == .testnet)
        #expect(try await server.rpc.latestLedger().closeTime == 1700)
        #expect(
            server.requests.first
                == #"{"id":1,"jsonrpc":"2.0","method":"getHealth","params":{}}"#)
    }

    @Test func `an account is read from the ledger`() async throws {
        let account = AccountEntry(
            accountID: Self.key.accountID, balance: 7, seqNum: 4, numSubEntries: 0,
            inflationDest: nil, flags: 0, homeDomain: "", thresholds: .zero, signers: [])
        let key = LedgerKey.account(LedgerKeyAccount(accountID: Self.key.accountID))
        let entry = try LedgerEntryData.account(account).base64()
        let server = FakeServer(
            results: """
                {"entries":[{"key":"\(try key.base64())","xdr":"\(entry)",\
                "lastModifiedLedgerSeq":3}],"latestLedger":9}
                """, #"{"entries":[],"latestLedger":9}"#)
        #expect(try await server.rpc.account(Self.key.accountID) == account)
        await #expect(throws: RPCError.noAccount(Self.key.accountID)) {
            try await server.rpc.account(Self.key.accountID)
        }
        #expect(server.requests[0].contains(#""params":{"keys":["\#(try key.base64())"]}"#))
    }

    @Test func `a simulation becomes a transaction that can be signed`() async throws {
        let data = SorobanTransactionData(
            resources: SorobanResources(
                footprint: LedgerFootprint(readOnly: [], readWrite: []), instructions: 1,
                diskReadBytes: 2, writeBytes: 3), resourceFee: 900)
        let entry = SorobanAuthorizationEntry(
            credentials: .sourceAccount,
            rootInvocation: SorobanAuthorizedInvocation(
                function: .contractFn(
                    InvokeContractArgs(
                        contractAddress: .contract(.zero), functionName: "hello", args: [])),
                subInvocations: []))
        let result = """
            {"transactionData":"\(try data.base64())","minResourceFee":"900","latestLedger":9,\
            "results":[{"xdr":"\(try SCVal.u32(5).base64())","auth":["\(try entry.base64())"]}]}
            """
        let server = FakeServer(results: result, result)
        let simulation = try await server.rpc.simulate(Self.call())
        #expect(simulation.result == .u32(5))
        #expect(simulation.resourceFeeStroops == 900)
        let prepared = try await server.rpc.prepare(Self.call())
        #expect(prepared.fee == 1000)
        #expect(prepared.ext == .v1(data))
        guard case .invokeHostFunction(let call) = prepared.operations[0].body else {
            Issue.record("not a call")
            return
        }
        #expect(call.auth == [entry])
        #expect(try prepared.assembled(with: simulation).fee == 1000)
    }

    @Test func `a call that would fail says with which error`() async throws {
        let server = FakeServer(
            results: """
                {"error":"HostError: Error(Contract, #17)\\n\\nEvent log","latestLedger":9}
                """)
        let error = await #expect(throws: RPCError.self) {
            try await server.rpc.simulate(Self.call())
        }
        guard case .simulationFailed(let failure)? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(failure.contractError == 17)
    }

    @Test func `a submission is polled until a ledger has it`() async throws {
        let envelope = try Self.payment()
        let hash = try envelope.hash(on: .standalone)
        let result = TransactionResult(feeCharged: 100, result: .success([]))
        let meta = TransactionMeta.v4(
            TransactionMetaV4(
                txChangesBefore: [], operations: [], txChangesAfter: [], events: [],
                diagnosticEvents: []))
        let server = FakeServer(
            results: #"{"status":"PENDING","hash":"\#(hash)","latestLedger":9}"#,
            #"{"status":"NOT_FOUND","latestLedger":9,"createdAt":"0"}"#,
            """
            {"status":"SUCCESS","ledger":10,"createdAt":"1700","applicationOrder":1,\
            "envelopeXdr":"\(try envelope.base64())","resultXdr":"\(try result.base64())",\
            "resultMetaXdr":"\(try meta.base64())","latestLedger":10}
            """)
        let transaction = try await server.rpc.submit(envelope)
        #expect(transaction.isSuccessful)
        #expect(transaction.ledger == 10)
        #expect(transaction.envelope == envelope)
        #expect(server.pauses.count == 1)
    }

    @Test func `a transaction that no ledger can take is refused with its result`() async throws {
        let result = TransactionResult(feeCharged: 100, result: .insufficientFee)
        let server = FakeServer(
            results: """
                {"status":"ERROR","hash":"\(Self.hash)","latestLedger":9,\
                "errorResultXdr":"\(try result.base64())"}
                """)
        let hash = try #require(Hash(hex: Self.hash))
        await #expect(throws: RPCError.transactionRefused(hash: hash, .insufficientFee)) {
            try await server.rpc.submit(Self.payment())
        }
    }

    @Test func `a transaction that is heard of no more is named`() async throws {
        let missing = #"{"status":"NOT_FOUND","latestLedger":9}"#
        let server = FakeServer(results: missing, missing)
        var patience = SorobanRPC.Patience()
        patience.pollsMax = 2
        let hash = try #require(Hash(hex: Self.hash))
        await #expect(throws: RPCError.notFinal(hash: hash)) {
            try await server.rpc.final(hash, patience: patience)
        }
    }

    @Test func `what may pass is tried again, what may not is not`() async throws {
        let healthy =
            #"{"status":"healthy","latestLedger":9,"oldestLedger":2,"#
            + #""ledgerRetentionWindow":5}"#
        let server = FakeServer([
            .failure(.timedOut), .success((503, "")),
            .success((200, #"{"jsonrpc":"2.0","id":1,"result":\#(healthy)}"#)),
        ])
        #expect(try await server.rpc.health().latestLedger == 9)
        #expect(server.pauses == [.milliseconds(250), .milliseconds(500)])

        let refusing = FakeServer([.success((404, ""))])
        await #expect(throws: RPCError.status(404)) { try await refusing.rpc.health() }
        #expect(refusing.requests.count == 1)

        let dead = FakeServer(Array(repeating: .failure(.unreachable("no")), count: 9))
        await #expect(throws: RPCError.transport(.unreachable("no"))) {
            try await dead.rpc.health()
        }
        #expect(dead.requests.count == 4)
    }

    @Test(arguments: ["", "null", "[]", "{}", #"{"result":{}}"#, #"{"result":{"status":7}}"#])
    func `an answer that is none is named so`(text: String) async throws {
        let server = FakeServer([.success((200, text))])
        let error = await #expect(throws: RPCError.self) { try await server.rpc.health() }
        #expect(error?.code == "rpc.bad_reply")
    }

    @Test func `a refusal carries the server's words`() async throws {
        let server = FakeServer([
            .success((200, #"{"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"bad"}}"#))
        ])
        await #expect(throws: RPCError.refused(code: -32602, message: "bad")) {
            try await server.rpc.versionInfo()
        }
    }

    @Test func `events are asked for and read`() async throws {
        let topic = try SCVal.symbol("paid").base64()
        let server = FakeServer(
            results: """
                {"events":[{"type":"contract","ledger":7,"ledgerClosedAt":"2026-01-01T00:00:00Z",\
                "contractId":"\(ContractID.zero.contractText)","id":"0000000000000000001-0000000000",\
                "txHash":"\(Self.hash)","topic":["\(topic)"],"value":"\(topic)"}],\
                "cursor":"c","latestLedger":9,"oldestLedger":2}
                """)
        let filter = EventFilter(
            contracts: [.zero], topics: [[.value(.symbol("paid")), .any, .rest]])
        let page = try await server.rpc.events(from: .ledger(3), matching: [filter], limit: 5)
        #expect(page.events.first?.topics == [.symbol("paid")])
        #expect(page.events.first?.contract == .zero)
        #expect(page.cursor == "c")
        #expect(server.requests[0].contains(#""startLedger":3"#))
        #expect(server.requests[0].contains(#""topics":[["\#(topic)","*","**"]]"#))
    }
}

extension KeyPair {
    /// A key for tests.
    static func seeded(_ number: UInt8) -> KeyPair {
        guard let key = try? KeyPair(seed: [UInt8](repeating: number, count: 32)) else {
            preconditionFailure("32 bytes are a seed")
        }
        return key
    }
}
