internal import Cryptography
internal import SorobanHost
internal import StellarXDR

/// The one way from the sandbox to the Soroban host.
struct SorobanRuntime {
    let context: LedgerContext
    /// Decoded contracts, kept from one invocation to the next.
    let modules: ModuleCache

    /// Limits and prices of the network.
    let costs: CostSettings
    /// Whether each call is told.
    var isTraced = false

    /// Limits and prices with another limit on instructions.
    func costs(instructionsMax: UInt32) -> CostSettings {
        var costs = costs
        costs.processorLimit = UInt64(instructionsMax)
        return costs
    }

    /// Runs a host function.
    func run(
        _ function: HostFunction, by source: AccountID,
        _ authorization: Invocation.Authorization, _ footprint: Invocation.Footprint,
        seed: [UInt8], costs: CostSettings, on state: LedgerEntries
    ) -> InvocationOutcome {
        let archival = context.settings.archival
        let ledger = LedgerInfo(
            protocolVersion: context.protocolVersion, sequence: context.sequence,
            timestamp: context.closeTime, networkID: context.networkID.bytes,
            baseReserve: context.baseReserve, minTemporaryTTL: archival.minTemporaryTTL,
            minPersistentTTL: archival.minPersistentTTL, maxEntryTTL: archival.maxEntryTTL)
        var invocation = Invocation(
            function: function, source: source, authorization: authorization,
            footprint: footprint, ledger: ledger, seed: seed, costs: costs,
            isDiagnosed: true)
        invocation.isTraced = isTraced
        let snapshot = StateSnapshot(state: state)
        guard case .recording = footprint else {
            return invoke(invocation, on: snapshot, modules: modules)
        }
        return invoke(invocation, on: SimulationSnapshot(snapshot), modules: modules)
    }
}

extension SorobanRuntime {
    /// With the costs of the context's settings.
    init(context: LedgerContext, modules: ModuleCache) {
        self.init(
            context: context, modules: modules, costs: CostSettings(context.settings))
    }
}

/// The ledger as an invocation sees it.
private struct StateSnapshot: LedgerSnapshot {
    let state: LedgerEntries

    func entry(_ key: LedgerKey) throws -> LedgerSnapshotEntry? {
        guard let stored = state[key] else { return nil }
        return LedgerSnapshotEntry(
            entry: stored.entry, liveUntilLedger: stored.liveUntil,
            byteCount: try stored.byteCount)
    }
}

extension CostSettings {
    /// As the network's settings have them.
    init(_ settings: NetworkSettings) {
        self.init(
            processor: settings.cpuCosts.map(CostParameters.init),
            memory: settings.memoryCosts.map(CostParameters.init))
        processorLimit = UInt64(clamping: settings.compute.txMaxInstructions)
        memoryLimit = UInt64(settings.compute.txMemoryLimit)
    }
}

extension CostParameters {
    init(_ entry: ContractCostParamEntry) {
        self.init(
            constant: UInt64(clamping: entry.constTerm), linear: UInt64(clamping: entry.linearTerm))
    }
}

extension InvocationOutcome {
    /// What was said and returned, in bytes of XDR.
    var eventsByteCount: Int {
        get throws(XDRError) {
            var count = 0
            for event in events { count += try event.xdrByteCount() }
            if case .success(let value) = result { count += try value.xdrByteCount() }
            return count
        }
    }
}
