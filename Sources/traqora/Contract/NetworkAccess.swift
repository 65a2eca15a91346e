import HTTP
import Stellar
import StellarXDR

/// The network that a command works on, and who signs.
struct NetworkAccess: Sendable {
    let rpc: SorobanRPC
    let network: Network
    let key: KeyPair?
    private let client: HTTPClient

    /// The network of options, and of the environment where they are empty.
    /// - Throws: ``SettingFaults``, ``ContractToolError/noKey``.
    init(rpc url: String, passphrase: String, secretFile: String, signs: Bool) throws {
        var changes: [String: String] = [:]
        if !url.isEmpty { changes[Schema.rpcURL.name] = url }
        let secret = Schema.secretKey.line
        if !secretFile.isEmpty {
            changes = changes.merging([
                secret.name: "", secret.commandName: "", secret.fileName: secretFile,
            ]) { $1 }
        }
        var schema = [Schema.rpcURL.line, Schema.network.line, Schema.passphrase.line]
        if signs { schema.append(secret) }
        var reader = SettingReader(.ofProcess(changing: changes, schema: schema))
        network =
            passphrase.isEmpty ? Settings.network(&reader) : Network(passphrase: passphrase)
        let address = reader.read(Schema.rpcURL)
        key = reader.read(Schema.secretKey)
        try reader.finish()
        if signs, key == nil { throw ContractToolError.noKey }
        client = HTTPClient()
        rpc = SorobanRPC(url: address, client: client)
    }

    /// Works with the network, once it is certain that it is this one.
    func use<Value>(_ body: (NetworkAccess) async throws -> Value) async throws -> Value {
        defer { client.shutDown() }
        let found = try await rpc.network().passphrase
        guard found == network.passphrase else {
            throw ContractToolError.otherNetwork(found: found, wanted: network.passphrase)
        }
        return try await body(self)
    }

    /// Makes a contract; its wasm is uploaded unless it is there.
    func deploy(
        _ wasm: [UInt8], salt: Uint256, _ texts: [NamedText]
    ) async throws -> ContractID {
        guard let key else { throw ContractToolError.noKey }
        guard let spec = try? ContractSpec(wasm: wasm) else {
            throw ContractToolError.noInterfaceInFile
        }
        let arguments = try spec.arguments(of: ContractSpec.constructor, texts)
        let deployer = SCAddress.account(key.accountID)
        let id = try network.contractID(deployer: deployer, salt: salt)
        guard try await instance(of: id) == nil else { throw ContractToolError.exists(id) }
        let hash = wasm.codeHash
        if try await code(hash) == nil { try await send(.upload(wasm: wasm), by: key, spec) }
        try await send(
            .create(wasmHash: hash, deployer: deployer, salt: salt, arguments: arguments),
            by: key, spec)
        return id
    }

    /// What a function returns; unless it is sent, nothing stays of it.
    func call(
        _ contract: ContractID, _ function: String, _ texts: [NamedText], sends: Bool
    ) async throws -> SCVal {
        let spec = try await spec(of: contract)
        let arguments = try spec.arguments(of: function, texts)
        let name = SCSymbol(function)
        guard sends, let key else {
            return try await spec.explaining { try await rpc.read(contract, name, arguments) }
        }
        let transaction = try await send(.invoke(contract, name, arguments), by: key, spec)
        return transaction.returnValue ?? .void
    }

    @discardableResult
    private func send(
        _ operation: StellarXDR.Operation, by key: KeyPair, _ spec: ContractSpec
    ) async throws -> RPCTransaction {
        try await spec.explaining {
            let prepared = try await rpc.prepare(
                operation, from: rpc.account(key.accountID),
                validUntil: UInt64(Clock.seconds()) + Self.secondsToSend)
            try prepared.checkAuthorization()
            let transaction = try await rpc.submit(prepared.signed(by: [key], on: network))
            guard transaction.isSuccessful else {
                throw TransactionFailure(
                    hash: try prepared.hash(on: network), transaction: transaction)
            }
            return transaction
        }
    }

    /// How long a transaction may wait for a ledger.
    private static let secondsToSend: UInt64 = 300

    /// What the contract says of itself.
    private func spec(of contract: ContractID) async throws -> ContractSpec {
        guard let instance = try await instance(of: contract) else {
            throw ContractToolError.noContract(contract)
        }
        guard case .wasm(let hash) = instance.executable, let wasm = try await code(hash),
            let spec = try? ContractSpec(wasm: wasm)
        else { throw ContractToolError.noInterface(contract) }
        return spec
    }

    /// The contract as the ledger has it, if it does.
    private func instance(of contract: ContractID) async throws -> SCContractInstance? {
        let key = LedgerKeyContractData(
            contract: .contract(contract), key: .ledgerKeyContractInstance,
            durability: .persistent)
        guard case .contractData(let data)? = try await rpc.ledgerEntry(.contractData(key))?.data,
            case .contractInstance(let instance) = data.val
        else { return nil }
        return instance
    }

    /// The wasm of this hash, if it is on the ledger.
    private func code(_ hash: Hash) async throws -> [UInt8]? {
        let key = LedgerKey.contractCode(LedgerKeyContractCode(hash: hash))
        guard case .contractCode(let entry)? = try await rpc.ledgerEntry(key)?.data else {
            return nil
        }
        return entry.code
    }
}

extension ContractSpec {
    /// Does `work`; an error of the contract's own is told by its name.
    fileprivate func explaining<Value>(_ work: () async throws -> Value) async throws -> Value {
        do {
            return try await work()
        } catch RPCError.simulationFailed(let failure) {
            guard let code = failure.contractError, let error = error(code) else {
                throw RPCError.simulationFailed(failure)
            }
            throw ContractToolError.contractError(
                code, name: "\(error.name)", doc: "\(error.doc)")
        }
    }
}

extension Transaction {
    /// - Throws: ``ContractToolError/needsOthers(function:)`` if its source's signature alone is
    ///   not enough.
    fileprivate func checkAuthorization() throws(ContractToolError) {
        for case .invokeHostFunction(let call) in operations.map(\.body) {
            for entry in call.auth {
                if case .sourceAccount = entry.credentials { continue }
                guard case .invokeContract(let invocation) = call.hostFunction else {
                    throw .needsOthers(function: ContractSpec.constructor)
                }
                throw .needsOthers(function: "\(invocation.functionName)")
            }
        }
    }
}
