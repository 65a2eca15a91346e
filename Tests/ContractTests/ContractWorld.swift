import SorobanHost
import Stellar
import StellarXDR
import TraqoraContracts

/// Somebody who signs.
struct Person {
    let key: KeyPair

    /// The same person each time, by name.
    init(_ name: String) throws {
        let bytes = Array(name.utf8.prefix(32))
        key = try KeyPair(seed: bytes + Array(repeating: 0, count: 32 - bytes.count))
    }

    var address: SCAddress { .account(key.accountID) }
    var value: SCVal { .address(address) }
}

/// A ledger in memory with contracts on it. Every call runs the build that ``ContractBuild/current``
/// said on the host, with the authorization that the people named really signed, and none other.
final class ContractWorld {
    static let network = Network.standalone
    static let start: UInt64 = 1_800_000_000

    let machines = ContractMachines()
    var snapshot = MemorySnapshot()
    var ledger = LedgerInfo(
        protocolVersion: 23, sequence: 1_000, timestamp: ContractWorld.start,
        networkID: ContractWorld.network.id.bytes, baseReserve: 5_000_000, minTemporaryTTL: 17_280,
        minPersistentTTL: 2_073_600, maxEntryTTL: 3_110_400)
    /// Events of the last call that succeeded.
    var events: [ContractEventV0] = []
    /// All events from the beginning on, as an indexer sees them: whose, and when.
    private(set) var history: [PastEvent] = []
    /// What was deployed where.
    private(set) var contracts: [SCAddress: ContractCode] = [:]
    /// What it cost.
    var costs: InvocationCosts?
    /// The archived entries that it brought back.
    private(set) var restored: [LedgerKey] = []
    /// Whether archived entries may come back. The network refuses a transaction that touches one
    /// and does not say that it is to be restored.
    var restoresArchived = true
    /// Writes down what each call costs.
    private let costBook: CostBook?
    /// The bookings made so far.
    private(set) var bookings = BookingNumbers()
    private let payer: Person
    private var lastNonce: Int64 = 0

    init(_ costBook: CostBook? = nil) throws {
        self.costBook = costBook
        payer = try Person("payer")
        try add(payer)
        Self.visitor?.add(self)
    }

    /// All that calls change: kept, and given back, it takes a test to where it was.
    var state: State {
        get { State(snapshot: snapshot, ledger: ledger, bookings: bookings, history: history) }
        set {
            (snapshot, ledger, bookings) = (newValue.snapshot, newValue.ledger, newValue.bookings)
            history = newValue.history
        }
    }

    struct State {
        fileprivate var snapshot: MemorySnapshot
        fileprivate var ledger: LedgerInfo
        fileprivate var bookings: BookingNumbers
        fileprivate var history: [PastEvent]
    }

    /// Gives somebody an account.
    func add(_ person: Person) throws {
        let account = AccountEntry(
            accountID: person.key.accountID, balance: 1_000_000_000, seqNum: 1, numSubEntries: 0,
            flags: 0, homeDomain: "", thresholds: try Thresholds([1, 0, 0, 0]),
            signers: [])
        let entry = LedgerEntry(lastModifiedLedgerSeq: 1, data: .account(account))
        let key = LedgerKey.account(LedgerKeyAccount(accountID: person.key.accountID))
        snapshot.entries[key] = try LedgerSnapshotEntry(entry: entry, liveUntilLedger: nil)
    }

    /// Lets time pass, and ledgers close as it does.
    func advance(to time: UInt64) {
        ledger.sequence += UInt32((time - ledger.timestamp) / 5)
        ledger.timestamp = time
    }

    /// Where a contract will be, before it is deployed.
    func address(salt: UInt8) throws -> SCAddress {
        let salt = try Uint256(Array(repeating: salt, count: 32))
        return .contract(try Self.network.contractID(deployer: payer.address, salt: salt))
    }

    /// Older code that is deployed in place of today's.
    @TaskLocal static var olderCode: [[UInt8]: [UInt8]] = [:]
    /// Tries each call without its signatures before it is made.
    @TaskLocal static var probes: AuthorizationProbes?
    /// Is shown every world that is made.
    @TaskLocal static var visitor: WorldList?

    /// Uploads a contract's code.
    /// - Returns: its hash.
    @discardableResult
    func upload(_ wasm: [UInt8]) throws -> SCBytes {
        let uploaded = try run(.uploadContractWasm(wasm), [])
        guard case .bytes(let hash) = uploaded else { throw WorldError.unexpected(uploaded) }
        return hash
    }

    /// Uploads a contract and makes one of it, with its constructor run.
    func deploy(_ wasm: [UInt8], salt: UInt8, _ arguments: [SCVal]) throws -> SCAddress {
        let hash = try upload(Self.olderCode[wasm] ?? wasm)
        let preimage = ContractIDPreimageFromAddress(
            address: payer.address, salt: try Uint256(Array(repeating: salt, count: 32)))
        let creation = CreateContractArgsV2(
            contractIDPreimage: .address(preimage), executable: .wasm(try Hash(hash.bytes)),
            constructorArgs: arguments)
        let consent = SorobanAuthorizationEntry(
            credentials: .sourceAccount,
            rootInvocation: SorobanAuthorizedInvocation(
                function: .createContractV2HostFn(creation), subInvocations: []))
        let code = ContractCode.allCases.first { $0.wasm == wasm }
        let made = try noting(creation, consent, of: code) {
            try run(.createContractV2(creation), [consent])
        }
        guard case .address(let address) = made else { throw WorldError.unexpected(made) }
        contracts[address] = code
        return address
    }

    /// Calls a contract. Each of `people` signs the call with these arguments, and below it
    /// `below`.
    /// - Throws: `HostError` as the network would.
    @discardableResult
    func call(
        _ contract: SCAddress, _ function: String, _ arguments: [SCVal],
        signedBy people: [Person] = [], below: [InvokeContractArgs] = []
    ) throws -> SCVal {
        let call = InvokeContractArgs(
            contractAddress: contract, functionName: SCSymbol(function),
            args: bookings.arguments(arguments, of: function, contract))
        let consent = SorobanAuthorizedInvocation(
            function: .contractFn(call),
            subInvocations: below.map {
                SorobanAuthorizedInvocation(function: .contractFn($0), subInvocations: [])
            })
        if let probes = Self.probes { try probes.probe(call, consent, people, in: self) }
        return try self.call(call, people.map { try signed(consent, by: $0) })
    }

    /// Calls with authorization entries as they are.
    @discardableResult
    func call(
        _ call: InvokeContractArgs, _ authorization: [SorobanAuthorizationEntry]
    ) throws -> SCVal {
        let (contract, function) = (call.contractAddress, call.functionName.description)
        let value = try noting(function, of: contracts[contract]) {
            try run(.invokeContract(call), authorization)
        }
        let result = bookings.note(value, of: function, contract)
        for index in events.indices { events[index].topics = bookings.topics(events[index].topics) }
        return result
    }

    /// The error of a call, which must fail: `#7` for a contract's own.
    func error(
        _ contract: SCAddress, _ function: String, _ arguments: [SCVal],
        signedBy people: [Person] = [], below: [InvokeContractArgs] = []
    ) throws -> String {
        do {
            let value = try call(contract, function, arguments, signedBy: people, below: below)
            throw WorldError.unexpected(value)
        } catch let error as HostError {
            return error.kind == .contract ? "#\(error.number)" : error.description
        }
    }

    /// Somebody's consent, good for 100 ledgers.
    func signed(
        _ consent: SorobanAuthorizedInvocation, by person: Person
    ) throws -> SorobanAuthorizationEntry {
        lastNonce += 1
        let credentials = SorobanAddressCredentials(
            address: person.address, nonce: lastNonce, signatureExpirationLedger: 0,
            signature: .void)
        let entry = SorobanAuthorizationEntry(
            credentials: .address(credentials), rootInvocation: consent)
        return try entry.signed(by: person.key, until: ledger.sequence + 100, on: Self.network)
    }

    /// What would become of a call, which changes nothing yet.
    func outcome(
        _ function: HostFunction, _ authorization: [SorobanAuthorizationEntry]
    ) -> InvocationOutcome {
        machines.invoke(invocation(function, .enforcing(authorization)), on: snapshot)
    }

    /// The name of a contract whose costs are written down.
    func name(of contract: SCAddress) -> String? { costBook?.names[contract] }

    func run(
        _ function: HostFunction, _ authorization: [SorobanAuthorizationEntry]
    ) throws -> SCVal {
        let outcome = outcome(function, authorization)
        let value = try outcome.result.get()
        restored = outcome.restored.map { outcome.footprint.readWrite[Int($0)] }
        guard restored.isEmpty || restoresArchived else { throw WorldError.archived(restored) }
        try costBook?.note(function, authorization, outcome, in: ledger)
        try snapshot.apply(outcome.changes)
        history += PastEvent.all(of: outcome, in: ledger)
        ledger.sequence += 1
        events = outcome.events.compactMap { event in
            guard event.type == .contract, case .v0(let body) = event.body else { return nil }
            return body
        }
        costs = outcome.costs
        return value
    }

    func invocation(
        _ function: HostFunction, _ authorization: Invocation.Authorization
    ) -> Invocation {
        Invocation(
            function: function, source: payer.key.accountID, authorization: authorization,
            footprint: .recording, ledger: ledger, seed: Array(repeating: 7, count: 32),
            costs: .protocol28)
    }
}

/// What a test of contracts did not expect.
enum WorldError: Error {
    case unexpected(SCVal)
    case archived([LedgerKey])
}

/// Entries of the ledger.
struct MemorySnapshot: LedgerSnapshot {
    var entries: [LedgerKey: LedgerSnapshotEntry] = [:]

    func entry(_ key: LedgerKey) -> LedgerSnapshotEntry? { entries[key] }

    mutating func apply(_ changes: [LedgerChange]) throws {
        for change in changes {
            switch change.value {
            case .removed: entries[change.key] = nil
            case .written(let entry):
                entries[change.key] = try LedgerSnapshotEntry(
                    entry: entry, liveUntilLedger: change.liveUntilLedger)
            case .unchanged: entries[change.key]?.liveUntilLedger = change.liveUntilLedger
            }
        }
    }
}
