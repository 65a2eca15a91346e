import HTTP
import Stellar
import StellarXDR
import TraqoraAPI
import Travel

/// Whether the network's servers answer and are not behind, and whether the contracts are there.
struct LedgerHealth: Sendable {
    let rpc: SorobanRPC
    let client: HTTPClient
    /// The network's Horizon server; `nil` where there is none to look at.
    let horizonURL: String?
    /// How old the newest ledger may be; `nil` on a network that closes one when it has to.
    let ageSecondsMax: Int64?
    /// The contracts, by what they are called here.
    let contracts: [(name: String, id: ContractID)]
    /// How long Horizon may take.
    let patience: Duration
    let now: @Sendable () -> Instant

    init(
        _ configuration: TraqoraServer.Configuration, rpc: SorobanRPC, client: HTTPClient,
        now: @escaping @Sendable () -> Instant
    ) {
        self.rpc = rpc
        self.client = client
        self.now = now
        horizonURL = configuration.horizonURL
        patience = configuration.healthPatience
        ageSecondsMax = configuration.ledgerAgeSecondsMax
        var contracts = [
            (name: "booking", id: configuration.bookingContract),
            (name: "token", id: configuration.settlementToken),
        ]
        if let registry = configuration.registry {
            contracts += [
                ("airline", registry.airline), ("flight_registry", registry.flights),
                ("refund", registry.refund),
            ]
        }
        self.contracts = contracts + configuration.otherContracts
    }

    func rpcCheck() async -> HealthResponse.Check {
        do throws(RPCError) {
            let health = try await rpc.health()
            let latest = try await rpc.latestLedger()
            var check = aged(
                "rpc", latest.sequence, closed: latest.closeTime.map(Int64.init(clamping:)))
            if health.status != "healthy" {
                check.status = .failing
                check.detail = "\(health.status), \(check.detail)"
            }
            return check
        } catch {
            return .init(name: "rpc", status: .failing, detail: error.code)
        }
    }

    /// Horizon serves signing in alone, and that asks RPC too: without it, things go on.
    func horizonCheck() async -> [HealthResponse.Check] {
        guard let horizonURL else { return [] }
        let failed = { HealthResponse.Check(name: "horizon", status: .degraded, detail: $0) }
        do throws(HTTPClientError) {
            let response = try await client.send(
                HTTPClient.Request(.get, horizonURL, totalTimeMax: patience))
            guard response.status == .ok, let root = try? response.json(as: HorizonRoot.self)
            else { return [failed("status \(response.status)")] }
            let closed = try? Instant(parsing: root.closedAt)
            var check = aged("horizon", root.latest, closed: closed?.seconds)
            if check.status == .failing { check.status = .degraded }
            return [check]
        } catch {
            return [failed("it cannot be reached")]
        }
    }

    /// What the contracts are called among the checks.
    var contractNames: [String] { contracts.map { "contract.\($0.name)" } }

    func contractChecks() async -> [HealthResponse.Check] {
        let keys = contracts.map { contract in
            LedgerKey.contractData(
                LedgerKeyContractData(
                    contract: .contract(contract.id), key: .ledgerKeyContractInstance,
                    durability: .persistent))
        }
        do throws(RPCError) {
            let entries = try await rpc.ledgerEntries(keys).entries
            return zip(contracts, keys).map { contract, key in
                Self.check(contract.name, entries.first { $0.key == key }?.data)
            }
        } catch {
            return contractNames.map { .init(name: $0, status: .failing, detail: error.code) }
        }
    }

    private static func check(_ name: String, _ data: LedgerEntryData?) -> HealthResponse.Check {
        let name = "contract.\(name)"
        guard case .contractData(let entry)? = data,
            case .contractInstance(let instance) = entry.val
        else { return .init(name: name, status: .failing, detail: "not on the ledger") }
        switch instance.executable {
        case .wasm(let hash):
            var check = HealthResponse.Check(name: name, status: .ok, detail: "its own code")
            check.codeHash = hash.description
            return check
        case .stellarAsset: return .init(name: name, status: .ok, detail: "an asset of the network")
        case .externalRef: return .init(name: name, status: .ok, detail: "code of another contract")
        }
    }

    private func aged(_ name: String, _ ledger: UInt32, closed: Int64?) -> HealthResponse.Check {
        var check = HealthResponse.Check(name: name, status: .ok, detail: "ledger \(ledger)")
        check.ledger = ledger
        guard let closed else { return check }
        let age = max(0, Instant(seconds: closed).seconds(until: now()))
        check.ledgerAgeSeconds = age
        check.detail += ", closed \(age) s ago"
        if let ageSecondsMax, age > ageSecondsMax { check.status = .failing }
        return check
    }

    private struct HorizonRoot: Decodable {
        var latest: UInt32
        var closedAt: String

        private enum CodingKeys: String, CodingKey {
            case latest = "history_latest_ledger"
            case closedAt = "history_latest_ledger_closed_at"
        }
    }
}
