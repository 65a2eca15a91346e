import StellarXDR
import Support
import Testing

@testable import StellarSandbox

/// What a network tells those who look for faults.
@Suite struct DiagnosticTests {
    @Test func `a simulation tells the call, what was logged, and the return`() async throws {
        let world = try await World()
        let simulation = try await world.simulate("log", [])
        let told = try Told.all(simulation["events"])
        let id = SCVal.bytes(SCBytes(world.contract.bytes))
        #expect(
            told == [
                Told([.symbol("fn_call"), id, .symbol("log")], .void, in: nil),
                Told([.symbol("log")], .vec([.string("hello"), .u32(7)]), in: world.contract),
                Told([.symbol("fn_return"), .symbol("log")], .void, in: world.contract),
            ])
        #expect(simulation["error"].isMissing)
    }

    @Test func `what an applied transaction did is told with it`() async throws {
        let world = try await World()
        let applied = try await world.network.apply(
            try await world.network.prepared(
                TestNetwork.call(world.contract, "log", []), by: world.account))
        let told = try Told.all(applied["diagnosticEventsXdr"])
        #expect(told.prefix(3).map(\.name) == ["fn_call", "log", "fn_return"])
        #expect(told.dropFirst(3).allSatisfy { $0.name == "core_metrics" })
    }

    @Test func `what an applied transaction used is told behind it`() async throws {
        let world = try await World()
        let envelope = try await world.network.prepared(
            TestNetwork.call(world.contract, "log", []), by: world.account)
        let applied = try await world.network.apply(envelope)
        let told = try Told.all(applied["diagnosticEventsXdr"]).dropFirst(3)
        #expect(
            told.map(\.topics) == CoreMetrics.names.map { [.symbol("core_metrics"), .symbol($0)] })
        #expect(told.allSatisfy { $0.isOfSuccess && $0.contract == nil })
        let metrics = Told.metrics(told)
        let data = try #require(TransactionFrame(envelope, networkID: .zero).sorobanData)
        let footprint = data.resources.footprint
        #expect(footprint.readOnly.count == 2 && footprint.readWrite.isEmpty)
        var (bytes, keyBytes): ([UInt64], [UInt64]) = ([], [])
        for key in footprint.readOnly {
            let stored = try #require(await world.network.sandbox.chain.state[key])
            bytes.append(UInt64(try stored.entry.xdr().count))
            keyBytes.append(UInt64(try key.xdr().count))
        }
        #expect(metrics["read_entry"] == 2)
        #expect(metrics["read_key_byte"] == keyBytes.reduce(0, +))
        #expect(metrics["max_rw_key_byte"] == keyBytes.max())
        #expect(metrics["read_code_byte"] == bytes.max())
        #expect(metrics["max_rw_code_byte"] == bytes.max())
        #expect(metrics["read_data_byte"] == bytes.min())
        #expect(metrics["max_rw_data_byte"] == bytes.min())
        let used = try #require(metrics["cpu_insn"])
        #expect(used > 0 && used <= UInt64(data.resources.instructions))
        #expect(metrics["mem_byte"] ?? 0 > 0 && metrics["invoke_time_nsecs"] ?? 0 > 0)
        for name in [
            "write_entry", "ledger_read_byte", "ledger_write_byte", "write_key_byte",
            "write_data_byte", "write_code_byte", "emit_event", "emit_event_byte",
            "max_emit_event_byte",
        ] {
            #expect(metrics[name] == 0, "\(name)")
        }
    }

    @Test func `of one that failed it is told too, as of a failed call`() async throws {
        let world = try await World()
        let envelope = try await world.network.prepared(
            TestNetwork.call(world.contract, "log", []), by: world.account
        ) { transaction in
            guard case .v1(var data) = transaction.ext else { return }
            data.resources.instructions = 1_000
            transaction.ext = .v1(data)
        }
        let applied = try await world.network.apply(envelope)
        #expect(applied["status"].string == "FAILED")
        let told = try Told.all(applied["diagnosticEventsXdr"])
            .filter { $0.name == "core_metrics" }
        #expect(told.count == CoreMetrics.names.count && told.allSatisfy { !$0.isOfSuccess })
        #expect(Told.metrics(told[...])["cpu_insn"] ?? 0 > 1_000)
    }

    @Test func `an error that was caught is told as of a failed call`() async throws {
        let world = try await World()
        let other = try await world.deploy(salt: 1)
        let simulation = try await world.simulate(
            "try", [.address(.contract(other)), .symbol("fail"), .vec([])])
        let told = try Told.all(simulation["events"])
        #expect(told.map(\.name) == ["fn_call", "fn_call", "error", "error", "fn_return"])
        #expect(told.map(\.isOfSuccess) == [true, true, false, true, true])
        #expect(told[1].contract == world.contract)
        #expect(told[1].data == .void)
        #expect(told[2].topics == [.symbol("error"), .error(.contract(7))])
        #expect(told[2].contract == other)
        #expect(told[4].data == .void)
    }

    @Test(arguments: [
        ("fail", "Error(Contract, #7)", "the contract returned an error"),
        ("trap", "Error(WasmVm, InvalidAction)", "the contract's code trapped: unreachable"),
        ("bad", "Error(Value, InvalidInput)", "contract_event failed"),
        (
            "pair", "Error(Context, InternalError)",
            "the sandbox does not support the host function bls12_381_check_g1_is_in_subgroup yet"
        ),
        ("nothing", "Error(WasmVm, MissingValue)", "contract call failed"),
    ])
    func `why a call failed is told, the newest first`(
        function: String, error: String, why: String
    ) async throws {
        let world = try await World()
        let simulation = try await world.simulate(function, [])
        let text = try #require(simulation["error"].string)
        #expect(text.hasPrefix("HostError: \(error)\n\nEvent log (newest first):\n   0: "))
        #expect(text.contains("topics:[error, \(error)], data:"))
        #expect(text.contains(why), "\(text)")
        let told = try Told.all(simulation["events"])
        #expect(told.first?.name == "fn_call")
        #expect(
            told.last?.data
                == .vec([
                    .string("contract call failed"), .symbol(SCSymbol(function)), .vec([]),
                ]))
        #expect(told.allSatisfy { !$0.isOfSuccess })
    }
}

/// An event as it was told.
private struct Told: Equatable {
    var topics: [SCVal]
    var data: SCVal
    var contract: Hash?
    var isOfSuccess = true

    init(_ topics: [SCVal], _ data: SCVal, in contract: Hash?) {
        (self.topics, self.data, self.contract) = (topics, data, contract)
    }

    var name: String {
        if case .symbol(let name)? = topics.first { name.description } else { "" }
    }

    static func all(_ list: JSON) throws -> [Told] {
        try list.array.map { element in
            let told = try DiagnosticEvent(base64: try #require(element.string))
            guard case .v0(let body) = told.event.body else { throw NotAnEvent() }
            var event = Told(body.topics, body.data, in: told.event.contractID)
            event.isOfSuccess = told.inSuccessfulContractCall
            return event
        }
    }

    /// What `core_metrics` say, by name.
    static func metrics(_ told: ArraySlice<Told>) -> [String: UInt64] {
        var metrics: [String: UInt64] = [:]
        for event in told {
            guard case .symbol(let name)? = event.topics.last, case .u64(let value) = event.data
            else { continue }
            metrics[name.description] = value
        }
        return metrics
    }

    private struct NotAnEvent: Error {}
}

/// A network with a contract that does little but log and fail.
private struct World {
    let network: TestNetwork
    let account: TestAccount
    let contract: Hash
    private let code: Hash

    init() async throws {
        network = try await TestNetwork()
        account = try await network.account()
        guard
            case .bytes(let hash) = try await network.invoke(
                TestNetwork.body(.uploadContractWasm(try Self.code())), by: account)
        else { throw NotDeployed() }
        code = Hash(fitting: hash.bytes)
        contract = try await Self.deploy(code, salt: 0, by: account, on: network)
    }

    private struct NotDeployed: Error {}

    func deploy(salt: UInt8) async throws -> Hash {
        try await Self.deploy(code, salt: salt, by: account, on: network)
    }

    func simulate(_ function: String, _ arguments: [SCVal]) async throws -> JSON {
        try await network.simulate(
            try await network.transaction(
                by: account, [TestNetwork.call(contract, function, arguments)]))
    }

    private static func deploy(
        _ code: Hash, salt: UInt8, by account: TestAccount, on network: TestNetwork
    ) async throws -> Hash {
        let creation = CreateContractArgs(
            contractIDPreimage: .address(
                ContractIDPreimageFromAddress(
                    address: .account(account.id),
                    salt: Uint256(fitting: [UInt8](repeating: salt, count: 32)))),
            executable: .wasm(code))
        guard
            case .address(.contract(let id)) = try await network.invoke(
                TestNetwork.body(.createContract(creation)), by: account)
        else { throw NotDeployed() }
        return id
    }

    /// The module, and the section that says it is for protocol 22.
    private static func code() throws -> [UInt8] {
        let name = Array("contractenvmetav0".utf8)
        let version: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 22, 0, 0, 0, 0]
        return try wasm(text)
            + [0, UInt8(1 + name.count + version.count), UInt8(name.count)] + name + version
    }

    private static let text = #"""
        (module
          (import "x" "_" (func $log (param i64 i64 i64 i64) (result i64)))
          (import "x" "1" (func $event (param i64 i64) (result i64)))
          (import "d" "0" (func $try (param i64 i64 i64) (result i64)))
          (import "c" "4" (func $pair (param i64) (result i64)))
          (memory (export "memory") 1)
          (data (i32.const 0) "hello\00\00\00\04\00\00\00\07\00\00\00")
          (func (export "log") (result i64)
            (call $log (i64.const 4) (i64.const 0x500000004) (i64.const 0x800000004)
              (i64.const 0x100000004)))
          (func (export "try") (param i64 i64 i64) (result i64)
            (drop (call $try (local.get 0) (local.get 1) (local.get 2)))
            (i64.const 2))
          (func (export "fail") (result i64) (i64.const 0x700000003))
          (func (export "trap") (result i64) unreachable)
          (func (export "bad") (result i64) (call $event (i64.const 2) (i64.const 2)))
          (func (export "pair") (result i64) (call $pair (i64.const 72))))
        """#
}
