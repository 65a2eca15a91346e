import Cache
public import FlightSupply
import HTTP
import StellarXDR
import Telemetry
import Travel

/// Which suppliers are asked, and how long.
public struct SupplierSettings: Sendable {
    /// Whether the simulator sells: what it sells is not flown.
    public var hasSimulator = true
    /// Whether what airlines sell on the ledger is sold here, where its contracts are known.
    public var hasRegistry = true
    /// Duffel; `nil` leaves it out.
    public var duffel: DuffelSupply.Configuration?
    /// Amadeus; `nil` leaves it out.
    public var amadeus: AmadeusSupply.Configuration?
    /// How long a supplier may take for a search.
    public var searchTimeMax = Duration.seconds(20)
    /// The same for some of them, by name.
    public var searchTimesMax: [String: Duration] = [:]

    /// The simulator alone.
    public init() {}
}

/// What is measured of searches.
struct SearchMetrics: Sendable {
    let metrics: Metrics

    /// How long a supplier took, and how it ended.
    func observe(_ answer: SupplierAnswer) {
        metrics.histogram(
            "traqora_supplier_seconds", "How long a supplier took for a search.",
            ["supplier": answer.supplier, "outcome": answer.failure?.code ?? "answered"]
        ).observe(answer.duration / .seconds(1))
    }

    /// How long a search that was not kept took beside the waiting for suppliers.
    func observeOwn(_ duration: Duration) {
        metrics.histogram(
            "traqora_search_own_seconds",
            "How long a search took without the time in which suppliers were asked."
        ).observe(duration / .seconds(1))
    }
}

extension Suppliers {
    /// Those that are configured; each that fails is counted and logged.
    init(
        _ configuration: TraqoraServer.Configuration, simulator: Simulator,
        registry: RegistryRepository, client: HTTPClient, cache: SharedCache,
        metrics: SearchMetrics, log: Logger
    ) {
        let settings = configuration.suppliers
        var list: [any FlightSupplier] = settings.hasSimulator ? [simulator] : []
        if settings.hasRegistry, configuration.registry != nil {
            list.append(RegistrySupply(registry, token: configuration.settlementToken))
        }
        if let duffel = settings.duffel { list.append(DuffelSupply(duffel, client: client)) }
        if let amadeus = settings.amadeus {
            let shelf = OfferShelf(
                keep: { await cache.keep($0, for: $1, seconds: $2) },
                find: { await cache.find($0) })
            list.append(AmadeusSupply(amadeus, client: client, shelf: shelf))
        }
        self.init(
            list, timeMax: settings.searchTimeMax, timesMax: settings.searchTimesMax
        ) { answer in
            metrics.observe(answer)
            // A question that cannot be answered is the asker's affair.
            guard let failure = answer.failure, failure.isFault else { return }
            log.warning(
                "A supplier did not say what it has on offer",
                ["supplier": .string(answer.supplier), "error": .describing(failure)])
        }
    }
}

extension RegistrySupply {
    /// Over what the indexer wrote, in the settlement token.
    fileprivate init(_ registry: RegistryRepository, token: ContractID) {
        let token = SCAddress.contract(token).description
        self.init(
            fares: { origin, destination, span in
                try await registry.fares(
                    from: origin.text, to: destination.text, leaving: span, in: token)
            },
            fare: { try await registry.fare($0, $1, in: token) },
            airline: { try await registry.airlineName($0.text) })
    }
}
