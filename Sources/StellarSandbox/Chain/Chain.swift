internal import Cryptography
internal import SorobanHost
internal import StellarXDR
internal import Telemetry

/// The network: its ledger, what waits to be in the next one, and what was.
actor Chain {
    let genesis: Genesis
    private let clock: @Sendable () -> UInt64
    /// The same as ``clockAdvance`` and ``closing``, for those who cannot wait.
    let pace = Lock(Pace())
    private let friendbotStroops: Int64
    let nativeContract: Hash
    let modules = ModuleCache()
    let costs: CostSettings
    var state: LedgerState
    /// What others look at.
    let views: Lock<ChainView>
    var history: History
    var clockAdvance: UInt64 = 0 {
        didSet { pace.withLock { $0.advance = clockAdvance } }
    }
    var closing = StellarSandbox.Configuration.Closing.manual {
        didSet { pace.withLock { $0.isOnDemand = closing == .onTransaction } }
    }
    var closer: Task<Void, Never>?
    /// What is to go wrong, what is kept back, and what readers see, if not what there is.
    var faults = Faults()
    var held: [HeldTransaction] = []
    var frozen: Moment?
    var moments: [Moment] = []
    /// Why the last ledger did not close that was due, if it did not.
    var closingFailure: SandboxError?
    /// The oldest ledger that is kept, as it was last looked up.
    var oldestStamp: Moment.Stamp?
    /// What the file has not got yet; `nil` for a network in memory.
    var durability: Durability?
    private var waiting = TransactionQueue()

    init(
        _ configuration: StellarSandbox.Configuration, stored: StoredNetwork? = nil,
        durability: Durability? = nil
    ) throws {
        genesis = try Genesis(configuration)
        costs = CostSettings(genesis.settings)
        clock = configuration.now
        friendbotStroops = configuration.friendbotStroops
        nativeContract = try Asset.native.contract(genesis.networkID)
        self.durability = durability
        if let stored {
            guard let latest = stored.history.latest else {
                throw SandboxError.storage("no ledger")
            }
            (state, history) = (stored.state, stored.history)
            views = Lock(ChainView(stored.state, latest: latest))
            clockAdvance = stored.clockAdvance
            pace.withLock { $0.advance = stored.clockAdvance }
            // Another profile may be asked for than last time.
            for setting in genesis.settings.entries where !setting.isMeasured {
                state.put(.configSetting(setting), at: .setting(setting.discriminant))
            }
            return
        }
        state = genesis.state
        let header = genesis.header(closeTime: clock())
        let first = ClosedLedger(header: header, hash: try Self.hash(header), transactions: [])
        history = try History(
            ledgersMax: configuration.ledgersKeptMax, keepsAll: durability == nil,
            oldest: first.sequence, recent: [first])
        views = Lock(ChainView(state, latest: first))
    }

    /// The newest ledger.
    var latest: ClosedLedger {
        get throws(SandboxError) {
            guard let latest = history.latest else { throw .inconsistent("no ledger") }
            return latest
        }
    }

    /// Seconds since 1970, as far as the clock has been advanced.
    var now: UInt64 { clock() + clockAdvance }

    /// The same, to be read from anywhere.
    nonisolated var time: UInt64 { clock() + pace.withLock { $0.advance } }

    /// The ledger that comes next.
    func nextContext() throws(SandboxError) -> LedgerContext {
        context(
            after: try latest.header, stateByteCount: state.averageSorobanByteCount, now: now)
    }

    /// What becomes of a transaction that is sent.
    enum Submission: Sendable {
        /// It will be in a ledger.
        case pending(Hash)
        /// It waits already.
        case duplicate(Hash)
        /// Its source has another one waiting.
        case tryAgainLater(Hash)
        /// It cannot be in a ledger.
        case refused(Hash, TransactionResult, [DiagnosticEvent])

        /// What it is known by.
        var hash: Hash {
            switch self {
            case .pending(let hash), .duplicate(let hash), .tryAgainLater(let hash),
                .refused(let hash, _, _):
                hash
            }
        }
    }

    /// Takes a transaction, and closes the ledger if that is how it goes.
    func submit(_ envelope: TransactionEnvelope) throws(SandboxError) -> Submission {
        let submission = try enqueue(envelope)
        try closeAtOnce()
        return submission
    }

    /// Takes transactions into one ledger.
    func submit(_ envelopes: [TransactionEnvelope]) throws(SandboxError) -> [Submission] {
        var submissions: [Submission] = []
        for envelope in envelopes { submissions.append(try enqueue(envelope)) }
        try closeAtOnce()
        return submissions
    }

    /// Closes ledgers until nothing waits, if that is how it goes.
    private func closeAtOnce() throws(SandboxError) {
        guard closing == .onTransaction else { return }
        var count = waiting.count
        while count > 0 {
            try closeLedger()
            guard waiting.count < count else { return }
            count = waiting.count
        }
    }

    /// Lets a transaction wait for the next ledger, if it may be in it.
    func enqueue(_ envelope: TransactionEnvelope) throws(SandboxError) -> Submission {
        let frame: TransactionFrame
        do {
            frame = try TransactionFrame(envelope, networkID: genesis.networkID)
        } catch {
            throw .malformedTransaction("\(error)")
        }
        for operation in frame.transaction.operations {
            if let name = operation.body.unsupportedName { throw .unsupported(name) }
        }
        if waiting.contains(frame.hash) { return .duplicate(frame.hash) }
        switch waiting.room(for: frame) {
        case .free, .replacing: break
        case .none: return .tryAgainLater(frame.hash)
        case .tooLittle(let needed):
            let refusal = Refusal(.insufficientFee, of: .feeBump)
            return .refused(frame.hash, frame.result(refusal, feeCharged: needed), [])
        }
        let context = try nextContext()
        let check = TransactionCheck(frame: frame, context: context, isApplying: false)
        do throws(Refusal) {
            try check.run(on: state)
        } catch {
            let fee = frame.resourceFee + frame.inclusionFeeMin(baseFee: Int64(context.baseFee))
            return .refused(
                frame.hash, frame.result(error, feeCharged: fee), error.diagnostics)
        }
        waiting.add(frame, validIn: Moment.Stamp(context))
        return .pending(frame.hash)
    }

    /// Forgets what waits.
    func forgetWaiting() {
        waiting = TransactionQueue()
    }

    /// Applies what waits and begins the next ledger.
    @discardableResult
    func closeLedger(
        giving given: AccountEntry? = nil, totalCoins: Int64? = nil
    ) throws(SandboxError) -> ClosedLedger {
        let (context, previous) = (try nextContext(), try latest)
        releaseHeld(before: context.sequence)
        waiting.forgetInvalid(in: Moment.Stamp(context)) { frame in
            let check = TransactionCheck(frame: frame, context: context, isApplying: false)
            return (try? check.run(on: state)) != nil
        }
        let selection = waiting.take(
            into: LedgerRoom(context.settings, operationsMax: previous.header.maxTxSetSize),
            baseFee: Int64(context.baseFee))
        state.sequence = context.sequence
        let start = state.savepoint
        let sealed: ClosedLedger
        do throws(XDRError) {
            if let given { state.put(given) }
            let applied = try apply(selection, in: context)
            let evicted = try state.evict(
                countMax: Int(context.settings.archival.maxEntriesToArchive))
            state.sampleSorobanByteCount(context.settings.archival)
            let changes = state.unsettledChanges
            var closed = try seal(
                applied, selection, in: context, on: previous, changes: changes,
                totalCoins: totalCoins)
            closed.evictedKeys = evicted
            closed.stateByteCount = context.stateByteCount
            try state.settle(changes, costs: costs)
            try history.add(closed)
            note(changes)
            keep(closed, changes)
            sealed = closed
        } catch {
            state.rollBack(to: start)
            throw .inconsistent("\(error)")
        }
        try publish()
        return sealed
    }

    /// All of them: fees first, refunds last.
    private func apply(
        _ selection: LedgerSelection, in context: LedgerContext
    ) throws(XDRError) -> [AppliedTransaction] {
        let application = TransactionApplication(
            context: context, fees: selection.fees, runtime: runtime(in: context))
        var applied: [AppliedTransaction] = []
        for frame in selection.frames {
            applied.append(try application.chargeFee(of: frame, on: &state))
        }
        for index in applied.indices { try application.apply(&applied[index], to: &state) }
        for index in applied.indices { try application.refund(&applied[index], on: &state) }
        return applied
    }

    /// Tells what a ledger changed to those moments that have to know.
    private func note(_ changes: [LedgerState.Change]) {
        frozen?.note(changes)
        if !moments.isEmpty { moments[moments.count - 1].note(changes) }
    }

    /// The header that says what happened. There is no bucket list: in its place stands the hash of
    /// all changes so far.
    private func seal(
        _ applied: [AppliedTransaction], _ selection: LedgerSelection, in context: LedgerContext,
        on previous: ClosedLedger, changes: [LedgerState.Change], totalCoins: Int64?
    ) throws(XDRError) -> ClosedLedger {
        var header = previous.header
        let set = ClosedLedger.transactionSet(
            applied.map(\.frame), previous: previous.hash, fees: selection.fees,
            clusterSizes: selection.clusterSizes)
        let results = TransactionResultSet(
            results: applied.map {
                TransactionResultPair(transactionHash: $0.frame.hash, result: $0.result)
            })
        header.previousLedgerHash = previous.hash
        header.scpValue = StellarValue(
            txSetHash: Hash(fitting: SHA256.hash(try set.xdr())),
            closeTime: context.closeTime, upgrades: [], ext: .basic)
        header.txSetResultHash = Hash(fitting: SHA256.hash(try results.xdr()))
        header.bucketListHash = try changes.hash(after: header.bucketListHash)
        header.ledgerSeq = context.sequence
        header.ledgerVersion = context.protocolVersion
        header.totalCoins = totalCoins ?? header.totalCoins
        header.feePool += applied.reduce(0) { $0 + $1.result.feeCharged }
        let records = applied.enumerated().map { index, applied in
            TransactionRecord(
                applied: applied, order: UInt32(index + 1), ledger: context.sequence,
                closeTime: context.closeTime)
        }
        return ClosedLedger(
            header: header, hash: try Self.hash(header), transactions: records,
            fees: selection.fees, clusterSizes: selection.clusterSizes)
    }

    private static func hash(_ header: LedgerHeader) throws(XDRError) -> Hash {
        Hash(fitting: SHA256.hash(try header.xdr()))
    }

    /// Closes `count` ledgers, the first with what waits.
    func advance(ledgers count: Int) throws(SandboxError) {
        for _ in 0..<max(0, count) { try closeLedger() }
    }

    /// Lets time pass; the next ledger closes that much later.
    func advance(seconds: UInt64) {
        clockAdvance += seconds
    }
}
