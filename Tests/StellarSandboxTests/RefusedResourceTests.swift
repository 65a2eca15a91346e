import StellarXDR
import Testing

@testable import StellarSandbox

/// What a Soroban transaction declares too much or too little of is refused before it runs, and
/// those who look for faults are told why.
struct RefusedResourceTests {
    private struct Case: Sendable {
        let why: String
        let numbers: [Int64]
        var change: @Sendable (inout SorobanTransactionData) -> Void
        var memo = Memo.none
    }

    private static func key(_ number: UInt32) -> LedgerKey {
        .contractData(
            LedgerKeyContractData(
                contract: .contract(.zero), key: .u32(number), durability: .persistent))
    }

    private static let cases = [
        Case(why: "instructions exceed", numbers: [400_000_001, 400_000_000]) {
            $0.resources.instructions = 400_000_001
        },
        Case(why: "disk-read bytes exceed", numbers: [200_001, 200_000]) {
            $0.resources.diskReadBytes = 200_001
        },
        Case(why: "write bytes exceed", numbers: [132_097, 132_096]) {
            $0.resources.writeBytes = 132_097
        },
        Case(why: "footprint entries exceed", numbers: [401, 400]) {
            $0.resources.footprint.readOnly = (0...400).map(Self.key)
        },
        Case(why: "write entries exceed", numbers: [201, 200]) {
            $0.resources.footprint.readWrite = (0...200).map(Self.key)
        },
        Case(why: "a key twice", numbers: []) {
            $0.resources.footprint.readOnly = [Self.key(1), Self.key(1)]
        },
        Case(why: "or one it may not", numbers: []) {
            $0.resources.footprint.readOnly = [.setting(.contractComputeV0)]
        },
        Case(why: "archivedSorobanEntries", numbers: []) {
            $0.ext = .v1(SorobanResourcesExtV0(archivedSorobanEntries: [0]))
        },
        // 240 bytes: ⌈540 · 4,059 / 1,024⌉ + ⌈240 · 406 / 1,024⌉
        Case(why: "lower than the actual", numbers: [1, 2_237]) { $0.resourceFee = 1 },
        Case(why: "not within its fee", numbers: [2_000_000_000, 1_000_000]) {
            $0.resourceFee = 2_000_000_000
        },
        Case(why: "use memo", numbers: [], change: { _ in }, memo: .id(1)),
    ]

    @Test(arguments: cases.indices)
    func `why it is refused is told`(index: Int) async throws {
        let network = try await TestNetwork()
        let (anna, expected) = (try await network.account(), Self.cases[index])
        let call = InvokeContractArgs(
            contractAddress: .contract(.zero), functionName: "f", args: [])
        var transaction = try await network.transaction(
            by: anna,
            [
                .invokeHostFunction(
                    InvokeHostFunctionOp(hostFunction: .invokeContract(call), auth: []))
            ],
            fee: 1_000_000, memo: expected.memo)
        var data = SorobanTransactionData(
            ext: .v0,
            resources: SorobanResources(
                footprint: LedgerFootprint(readOnly: [], readWrite: []), instructions: 0,
                diskReadBytes: 0, writeBytes: 0), resourceFee: 900_000)
        expected.change(&data)
        transaction.ext = .v1(data)
        let envelope = try network.sign(transaction, anna)
        let sent = try await network.send(envelope)
        #expect(sent["status"].string == "ERROR")
        let result = try TransactionResult(base64: sent["errorResultXdr"].string ?? "")
        #expect(result.result == .sorobanInvalid)
        let told = try DiagnosticEvent(base64: sent["diagnosticEventsXdr"][0].string ?? "")
        guard case .v0(let content) = told.event.body,
            case .vec(let values?) = content.data, case .string(let message)? = values.first
        else { return #expect(Bool(false), "\(told)") }
        #expect(told.event.type == .diagnostic)
        #expect(content.topics.first == .symbol("error"))
        let text = String(decoding: message.bytes, as: UTF8.self)
        #expect(text.contains(expected.why), "\(text)")
        let numbers = values.dropFirst().compactMap { value -> Int64? in
            if case .i64(let number) = value { number } else { nil }
        }
        #expect(numbers == expected.numbers)
        let inJSON = try await network.result(
            "sendTransaction", ["transaction": envelope.base64(), "xdrFormat": "json"])
        #expect(inJSON["diagnosticEventsJson"].array.count == 1)
        #expect(inJSON["diagnosticEventsXdr"].isMissing)
    }

    @Test func `other refusals have no diagnostic events`() async throws {
        let network = try await TestNetwork()
        let (anna, ben) = (try await network.account(), try await network.account())
        let transaction = try await network.transaction(
            by: anna, [TestNetwork.paymentBody(to: ben, stroops: 5)], fee: 1)
        let sent = try await network.send(try network.sign(transaction, anna))
        #expect(sent["status"].string == "ERROR")
        #expect(sent["diagnosticEventsXdr"].isMissing)
    }

    @Test(arguments: [131_072, 131_073])
    func `no code is taken that is larger than a contract may be`(byteCount: Int) async throws {
        let network = try await TestNetwork()
        let anna = try await network.account()
        let code = [UInt8](repeating: 0, count: byteCount)
        var transaction = try await network.transaction(
            by: anna, [TestNetwork.body(.uploadContractWasm(code))], fee: 100_000_000)
        transaction.ext = .v1(
            SorobanTransactionData(
                ext: .v0,
                resources: SorobanResources(
                    footprint: LedgerFootprint(readOnly: [], readWrite: []),
                    instructions: 1_000_000, diskReadBytes: 0, writeBytes: 0),
                resourceFee: 50_000_000))
        let envelope = try network.sign(transaction, anna)
        if byteCount <= 131_072 {
            #expect(try await network.send(envelope)["status"].string == "PENDING")
        } else {
            #expect(
                try await network.refusal(of: envelope).result
                    == .failed([.inner(.invokeHostFunction(.malformed))]))
        }
    }
}
