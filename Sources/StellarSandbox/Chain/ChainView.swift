internal import SorobanHost
internal import StellarXDR
internal import Telemetry

/// The network after a ledger, for those who look at it beside each other and hold up no ledger.
struct ChainView: Sendable {
    let entries: LedgerEntries
    let header: LedgerHeader
    /// How large all contract data and code were of late, in bytes.
    let stateByteCount: Int64
    /// The newest ledger that readers are told of.
    let seenSequence: UInt32
    /// The ledgers that can be asked for, and their events, of a network in memory.
    let history: (range: LedgerRange, events: EventLog)?
    /// Whether readers see what there is, and no call is made to fail.
    let isPlain: Bool

    /// What readers of `state` after `latest` see, while `frozen` is what they are told.
    init(
        _ state: LedgerState, latest: ClosedLedger, history: History? = nil,
        frozen: Moment? = nil, fails: Bool = false
    ) {
        entries = state.entries
        header = latest.header
        stateByteCount = state.averageSorobanByteCount
        seenSequence = frozen?.latest.sequence ?? latest.sequence
        isPlain = frozen == nil && !fails
        self.history = history.flatMap { history in
            guard history.keepsAll, let first = history.ledger(history.oldest) else { return nil }
            let oldest = Moment.Stamp(sequence: history.oldest, closeTime: first.closeTime)
            return (LedgerRange(oldest: oldest, latest: latest), history.events)
        }
    }

    /// The number of the newest ledger.
    var sequence: UInt32 { header.ledgerSeq }
}

extension Chain {
    /// The network after its newest ledger.
    nonisolated var view: ChainView { views.withLock { $0 } }

    /// Shows what there is now.
    func publish() throws(SandboxError) {
        let view = ChainView(
            state, latest: try latest, history: history, frozen: frozen,
            fails: faults.failure != nil)
        views.withLock { $0 = view }
    }

    /// The ledger that comes after the one of `header`. Ledgers may close several times a second,
    /// so two may bear the same time.
    nonisolated func context(
        after header: LedgerHeader, stateByteCount: Int64, now: UInt64
    ) -> LedgerContext {
        LedgerContext(
            networkID: genesis.networkID,
            protocolVersion: max(header.ledgerVersion, genesis.protocolVersion),
            sequence: header.ledgerSeq + 1, closeTime: max(header.scpValue.closeTime, now),
            baseFee: header.baseFee, baseReserve: header.baseReserve, settings: genesis.settings,
            nativeContract: nativeContract, stateByteCount: stateByteCount)
    }

    /// How late it is in a simulation, as RPC servers have it: as late as the newest ledger. Where
    /// ledgers close with transactions alone, the newest may be hours old; there it is as late as
    /// if one had just closed without any.
    nonisolated func simulatedTime(after header: LedgerHeader) -> UInt64 {
        let closed = header.scpValue.closeTime
        return pace.withLock { $0.isOnDemand } ? max(closed, time) : closed
    }

    /// The way to the Soroban host.
    nonisolated func runtime(in context: LedgerContext) -> SorobanRuntime {
        SorobanRuntime(context: context, modules: modules, costs: costs)
    }
}

/// What tells how late it is.
struct Pace: Sendable {
    /// How far the clock has been advanced, in seconds.
    var advance: UInt64 = 0
    /// Whether ledgers close with transactions alone.
    var isOnDemand = false
}
