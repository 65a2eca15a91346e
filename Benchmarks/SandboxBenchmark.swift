internal import Cryptography
internal import HTTP
internal import Stellar
internal import StellarSandbox
internal import StellarXDR
internal import TraqoraContracts

extension Benchmark {
    /// Token transfers that the sandbox takes, checks with their signatures, and applies in a
    /// second: twenty holders in a ring, twenty transfers a ledger. Signing is not counted.
    static let sandboxTransfers = Benchmark(name: "sandbox.transfers", unit: "transfers/s") {
        let ring = try await TransferRing(holderCount: 20)
        defer { Task { await ring.sandbox.stop() } }
        let ledgers = try ring.signed(ledgerCount: 100)
        var count = 0
        let time = try await ContinuousClock().measure {
            for envelopes in ledgers {
                for case .pending in try await ring.sandbox.send(envelopes) { count += 1 }
            }
        }
        guard count == 2_000, let last = ledgers.last?.last,
            let result = try await ring.sandbox.result(of: try last.hash(on: .standalone)),
            case .success = result.result
        else { throw BenchmarkFailure(what: "not every transfer was applied: \(count)") }
        return Figure(Double(count) / (time / .seconds(1)))
    }
}

/// Holders of a token that pay one another in a ring.
struct TransferRing {
    let sandbox: StellarSandbox
    private let holders: [KeyPair]
    /// A transfer of each holder, simulated.
    private(set) var transfers: [Transaction] = []

    init(holderCount: Int) async throws {
        var configuration = StellarSandbox.Configuration(now: { 1_800_000_000 })
        configuration.port = 0
        sandbox = try await StellarSandbox.start(configuration)
        let rpc = SorobanRPC(url: sandbox.rpcURL, client: HTTPClient())
        holders = try (0..<holderCount).map { number in
            try KeyPair(seed: [UInt8](repeating: UInt8(number + 1), count: 32))
        }
        for holder in holders { try await sandbox.fund(holder.address) }
        let token = try await Self.deploy(to: holders, rpc, sandbox)
        for (index, holder) in holders.enumerated() {
            let next = holders[(index + 1) % holderCount]
            let call = token.transfer(
                from: .account(holder.accountID), to: .account(next.accountID), amount: 1)
            transfers.append(try await Self.prepared(call.operation, by: holder, rpc))
        }
    }

    private static func deploy(
        to holders: [KeyPair], _ rpc: SorobanRPC, _ sandbox: StellarSandbox
    ) async throws -> TokenContract {
        let deployer = holders[0]
        let wasm = ContractCode.token.wasm
        let upload = try await prepared(.upload(wasm: wasm), by: deployer, rpc)
        _ = try await sandbox.send([try upload.signed(by: [deployer], on: .standalone)])
        let arguments = TokenContract.constructorArguments(
            admin: .account(deployer.accountID), name: "Test", symbol: "TST", decimals: 7,
            cap: 1_000_000_000,
            holders: holders.map {
                TokenContract.Holder(account: .account($0.accountID), amount: 1_000_000)
            })
        let creation = try await prepared(
            .create(
                wasmHash: Hash(fitting: SHA256.hash(wasm)), deployer: .account(deployer.accountID),
                salt: .zero, arguments: arguments), by: deployer, rpc)
        _ = try await sandbox.send([try creation.signed(by: [deployer], on: .standalone)])
        let preimage = ContractIDPreimageFromAddress(
            address: .account(deployer.accountID), salt: .zero)
        return TokenContract(try Network.standalone.contractID(of: .address(preimage)))
    }

    private static func prepared(
        _ operation: StellarXDR.Operation, by key: KeyPair, _ rpc: SorobanRPC
    ) async throws -> Transaction {
        let account = try await rpc.account(key.accountID)
        var builder = TransactionBuilder(
            source: .ed25519(key.publicKey), sequence: account.seqNum + 1)
        builder.operations = [operation]
        return try await rpc.prepare(try builder.build())
    }

    /// A transfer of each holder for every ledger.
    func signed(ledgerCount: Int) throws -> [[TransactionEnvelope]] {
        try (0..<ledgerCount).map { ledger in
            try zip(transfers, holders).map { transfer, holder in
                var transfer = transfer
                transfer.seqNum += Int64(ledger)
                return try transfer.signed(by: [holder], on: .standalone)
            }
        }
    }
}
