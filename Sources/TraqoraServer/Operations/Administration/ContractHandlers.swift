import Cryptography
import HTTP
import Stellar
import StellarXDR
import TraqoraAPI
import TraqoraContracts
import Travel

/// The contracts as the ledger has them, for whoever runs the service.
struct ContractHandlers: Sendable {
    let gate: AdministrationGate
    let rpc: SorobanRPC
    let network: Network
    /// The contracts, by what they are called here.
    let contracts: [(name: String, id: ContractID)]
    let token: ContractID
    let tokenSymbol: String

    /// What is served here.
    var routes: [ServedRoute] { [(.contracts, read)] }

    /// The code of this release, by what contracts are called here.
    private static let codes: [String: ContractCode] = [
        "booking": .booking, "token": .token, "airline": .airline,
        "flight_registry": .flightRegistry, "refund": .refund, "loyalty": .loyalty,
        "governance": .governance,
    ]
    private static let hashes = codes.mapValues { Hash(fitting: SHA256.hash($0.wasm)) }

    /// `GET /api/v1/admin/contracts`
    func read(_ request: HTTPRequest) async throws -> HTTPResponse {
        try await gate.admit(request, toRead: "contracts")
        let described = try await withThrowingTaskGroup { group in
            for (place, contract) in contracts.enumerated() {
                group.addTask { (place, try await describe(contract.name, contract.id)) }
            }
            return try await group.reduce(into: [Int: ContractsResponse.Contract]()) {
                $0[$1.0] = $1.1
            }
        }
        return try .json(
            ContractsResponse(
                network: network.passphrase, token: SCAddress.contract(token).description,
                symbol: tokenSymbol,
                contracts: described.sorted { $0.key < $1.key }.map(\.value)),
            headers: AdministrationGate.secrecy)
    }

    private func describe(_ name: String, _ id: ContractID) async throws
        -> ContractsResponse.Contract
    {
        var contract = ContractsResponse.Contract(
            name: name, id: SCAddress.contract(id).description)
        let release = Self.hashes[name]
        contract.releaseCodeHash = release?.description
        // All of ours share these functions; whoever lacks one has no such thing.
        let calls = BookingContract(id)
        let hash = try await codeHash(of: id)
        contract.codeHash = hash?.description
        contract.isOfRelease = hash != nil && hash == release
        contract.admin = try await answer(to: calls.admin())?.description
        contract.isPaused = try await answer(to: calls.paused())
        contract.version = try await answer(to: calls.version())
        let balance = try await answer(
            to: TokenContract(token).balance(id: SCAddress.contract(id)))
        contract.balance = balance.flatMap { Int64(exactly: $0) }
            .map(TokenAmount.init(baseUnits:))
        return contract
    }

    private func codeHash(of id: ContractID) async throws -> Hash? {
        let key = LedgerKey.contractData(
            LedgerKeyContractData(
                contract: .contract(id), key: .ledgerKeyContractInstance,
                durability: .persistent))
        do throws(RPCError) {
            guard case .contractData(let entry)? = try await rpc.ledgerEntry(key)?.data,
                case .contractInstance(let instance) = entry.val,
                case .wasm(let hash) = instance.executable
            else { return nil }
            return hash
        } catch {
            throw error.problem(for: nil)
        }
    }

    /// What a contract says; `nil` if it has no such function.
    private func answer<Value: SCValConvertible>(to call: ContractCall<Value>) async throws
        -> Value?
    {
        do {
            return try await call.read(from: rpc)
        } catch RPCError.simulationFailed {
            return nil
        } catch let error as RPCError {
            throw error.problem(for: nil)
        } catch is SCValError {
            return nil
        }
    }
}
