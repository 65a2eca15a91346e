import Cryptography
import StellarXDR
import Support
import Telemetry
import Testing

@testable import StellarSandbox

/// How late a simulation takes it to be, and in which ledger.
struct SimulationTimeTests {
    /// A contract that tells time and ledger.
    private static func clock() throws -> [UInt8] {
        let module = try wasm(
            """
            (module
              (import "x" "3" (func $sequence (result i64)))
              (import "x" "4" (func $time (result i64)))
              (func (export "time") (result i64) call $time)
              (func (export "ledger") (result i64) call $sequence))
            """)
        let name = Array("contractenvmetav0".utf8)
        let section = [UInt8(name.count)] + name + [0, 0, 0, 0, 0, 0, 0, 22, 0, 0, 0, 0]
        return module + [0, UInt8(section.count)] + section
    }

    private static func deploy(
        on network: TestNetwork, by account: TestAccount
    ) async throws -> Hash {
        let code = try clock()
        try await network.invoke(
            TestNetwork.body(.uploadContractWasm(code)), by: account)
        let preimage = ContractIDPreimage.address(
            ContractIDPreimageFromAddress(address: .account(account.id), salt: .zero))
        let created = try await network.invoke(
            TestNetwork.body(
                .createContractV2(
                    CreateContractArgsV2(
                        contractIDPreimage: preimage,
                        executable: .wasm(Hash(fitting: SHA256.hash(code))),
                        constructorArgs: []))), by: account)
        guard case .address(.contract(let id)) = created else { throw NoContract() }
        return id
    }

    private struct NoContract: Error {}

    private static func told(
        _ name: String, by contract: Hash, _ account: TestAccount, on network: TestNetwork
    ) async throws -> SCVal {
        let transaction = try await network.transaction(
            by: account, [TestNetwork.call(contract, name, [])])
        let simulation = try await network.simulate(transaction)
        return try SCVal(base64: simulation["results"][0]["xdr"].string ?? "")
    }

    @Test func `it is the newest ledger's time, and the ledger after it`() async throws {
        let clock = SteppingClock()
        let network = try await TestNetwork {
            $0 = StellarSandbox.Configuration(now: { clock.now })
            $0.port = 0
        }
        let account = try await network.account()
        let contract = try await Self.deploy(on: network, by: account)
        await network.sandbox.chain.setClosing(.manual)
        let closed = try await network.sandbox.latestCloseTime
        clock.step(100)
        #expect(
            try await Self.told("time", by: contract, account, on: network) == .u64(closed))
        let latest = try await network.sandbox.latestLedger
        #expect(
            try await Self.told("ledger", by: contract, account, on: network) == .u32(latest + 1))
    }

    @Test func `it is now where no ledger closes without a transaction`() async throws {
        let clock = SteppingClock()
        let network = try await TestNetwork {
            $0 = StellarSandbox.Configuration(now: { clock.now })
            $0.port = 0
        }
        let account = try await network.account()
        let contract = try await Self.deploy(on: network, by: account)
        clock.step(100)
        #expect(
            try await Self.told("time", by: contract, account, on: network) == .u64(clock.now))
    }
}

/// A clock that goes on when told to.
private final class SteppingClock: Sendable {
    private let seconds = Lock(TestNetwork.start)

    var now: UInt64 { seconds.withLock { $0 } }

    func step(_ count: UInt64) { seconds.withLock { $0 += count } }
}
