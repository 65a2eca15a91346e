internal import HTTP
public import Stellar
public import StellarSandbox
public import StellarXDR

/// A network in the test's own process: the ledger's rules, the host that runs the wasm, and the
/// public network's limits.
///
/// Its time stands still until a test lets it pass.
public final class TestNetwork: Sendable {
    /// The network itself: time, ledgers, balances.
    public let sandbox: StellarSandbox
    /// Its RPC server, for what is not here.
    public let rpc: SorobanRPC
    /// What signatures hold for.
    public let network: Network
    private let client: HTTPClient

    /// When a test begins, in seconds since 1970: a day in January 2027.
    public static let start: UInt64 = 1_800_000_000

    private init(_ sandbox: StellarSandbox) {
        self.sandbox = sandbox
        client = HTTPClient()
        rpc = SorobanRPC(url: sandbox.rpcURL, client: client)
        network = Network(passphrase: sandbox.passphrase)
    }

    /// Starts a network, lets a test use it, and stops it however that ends.
    /// - Parameter configure: changes the settings: shorter lives, another protocol.
    /// - Throws: what `test` throws, or the start.
    public static func run<Result>(
        configure: (inout StellarSandbox.Configuration) -> Void = { _ in },
        _ test: (TestNetwork) async throws -> Result
    ) async throws -> Result {
        var configuration = StellarSandbox.Configuration(now: { start })
        configuration.port = 0
        configure(&configuration)
        let network = TestNetwork(try await StellarSandbox.start(configuration))
        do {
            let result = try await test(network)
            await network.stop()
            return result
        } catch {
            await network.stop()
            throw error
        }
    }

    private func stop() async {
        client.shutDown()
        await sandbox.stop()
    }

    /// Somebody new, with an account and 10,000 lumens.
    public func person() async throws -> Person {
        let person = Person(key: try KeyPair.random())
        try await sandbox.fund(person.key.address)
        return person
    }

    /// Makes a contract of a wasm file of the package, `NAME.wasm`.
    /// - Parameters:
    ///   - arguments: what its constructor is given.
    ///   - person: who deploys it.
    ///   - file: a file of the package.
    /// - Throws: ``BuiltContract/Missing``, ``CallRefusal``, `RPCError`.
    public func deploy(
        _ name: String, _ arguments: [SCVal] = [], by person: Person, file: String = #filePath
    ) async throws -> ContractID {
        try await deploy(
            wasm: BuiltContract(name, file: file).wasm, arguments, by: person)
    }

    /// Makes a contract of any wasm.
    /// - Throws: ``CallRefusal``, `RPCError`.
    public func deploy(
        wasm: [UInt8], _ arguments: [SCVal] = [], by person: Person
    ) async throws -> ContractID {
        let uploaded = try await perform(.upload(wasm: wasm), by: person, with: [])
        guard case .bytes(let hash)? = uploaded.returnValue else {
            throw CallRefusal.host("the upload returned no hash")
        }
        let salt = try KeyPair.random().publicKey
        let created = try await perform(
            .create(
                wasmHash: Hash(fitting: hash.bytes), deployer: person.address, salt: salt,
                arguments: arguments), by: person, with: [])
        guard case .address(.contract(let id))? = created.returnValue else {
            throw CallRefusal.host("the creation returned no contract")
        }
        return id
    }

    /// What a call answers that changes nothing.
    /// - Throws: ``CallRefusal``, `RPCError`, `SCValError`.
    public func read<Value>(_ call: ContractCall<Value>) async throws -> Value {
        try await CallRefusal.told { try await call.read(from: rpc) }
    }

    /// Makes a call, in a transaction that `person` signs and pays.
    /// - Parameter others: who sign what the contract asks of them.
    /// - Throws: ``CallRefusal``, `RPCError`, `SCValError`.
    @discardableResult
    public func send<Value>(
        _ call: ContractCall<Value>, by person: Person, with others: Person...
    ) async throws -> Value {
        try await outcome(of: call, by: person, with: others).value
    }

    /// Makes a call, and tells besides what it returned what else happened.
    /// - Throws: ``CallRefusal``, `RPCError`, `SCValError`.
    public func outcome<Value>(
        of call: ContractCall<Value>, by person: Person, with others: [Person] = []
    ) async throws -> Outcome<Value> {
        let transaction = try await perform(call.operation, by: person, with: others)
        return Outcome(
            value: try (transaction.returnValue ?? .void).decode(), transaction: transaction)
    }

    @discardableResult
    func perform(
        _ operation: StellarXDR.Operation, by person: Person, with others: [Person]
    ) async throws -> RPCTransaction {
        try await CallRefusal.told {
            var transaction = try await rpc.prepare(
                operation, from: rpc.account(person.key.accountID))
            if try await consent(of: others, to: &transaction) {
                // What is signed is looked at too, which takes more than was found without.
                transaction = try await transaction.assembled(with: rpc.simulate(transaction))
            }
            let done = try await rpc.submit(transaction.signed(by: [person.key], on: network))
            guard done.isSuccessful else {
                throw TransactionFailure(
                    hash: try transaction.hash(on: network), transaction: done)
            }
            return done
        }
    }

    /// Lets each sign what is asked of them.
    /// - Returns: whether anything is asked of others than who sends the transaction.
    private func consent(
        of people: [Person], to transaction: inout Transaction
    ) async throws -> Bool {
        guard transaction.operations.count == 1,
            case .invokeHostFunction(var call) = transaction.operations[0].body
        else { return false }
        let asked = call.auth.contains { $0.address != nil }
        guard asked else { return false }
        let until = try await sandbox.latestLedger + Self.ledgersToSign
        for index in call.auth.indices {
            guard let person = people.first(where: { $0.address == call.auth[index].address })
            else { continue }
            call.auth[index] = try call.auth[index].signed(
                by: person.key, until: until, on: network)
        }
        transaction.operations[0].body = .invokeHostFunction(call)
        return true
    }

    /// How many ledgers a signature holds.
    private static let ledgersToSign: UInt32 = 100
}
