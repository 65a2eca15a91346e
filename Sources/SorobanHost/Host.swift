internal import StellarXDR

/// One invocation: everything that contracts can see and touch while it runs.
///
/// Single-threaded, made per invocation, with its parts in files of their own; what contracts call
/// is in `HostFunctions/`, one file a module, as extensions.
final class Host {
    let invocation: Invocation
    let budget: Budget
    let ledger: LedgerInfo
    let storage: Storage
    let authorization: Authorization
    /// Contract code that is already decoded.
    let modules: ModuleCache
    /// Values that do not fit a word.
    var objects = ObjectTable()
    /// Keys of contract data that were asked for lately.
    var knownKeys = KnownKeys()
    /// The calls that are running, the innermost last.
    var frames: [Frame] = []
    /// What contracts announced, in the order of it.
    var events: [RecordedEvent] = []
    /// What happened, if someone wants to know.
    var diagnostics: Diagnostics?
    /// The sources of chance, charged for at the beginning and made when something is drawn.
    lazy var randomness = Randomness(seed: invocation.seed)
    /// The host function that this host does not have and a contract called.
    var unsupportedFunction: String?
    /// Who writes down what happens, if somebody wants to know.
    let tracer: Tracer?

    init(_ invocation: Invocation, snapshot: any LedgerSnapshot, modules: ModuleCache) {
        self.invocation = invocation
        self.modules = modules
        budget = Budget(invocation.costs)
        tracer = invocation.isTraced ? Tracer() : nil
        ledger = invocation.ledger
        diagnostics = invocation.isDiagnosed ? Diagnostics() : nil
        var isRecording = false
        if case .recording = invocation.footprint { isRecording = true }
        storage = Storage(
            snapshot: snapshot, ledger: ledger, budget: budget, isRecording: isRecording,
            tracer: tracer)
        switch invocation.authorization {
        case .recording(let rootOnly, let addressV2):
            authorization = Authorization(
                mode: .recording(rootOnly: rootOnly, addressV2: addressV2))
        case .enforcing: authorization = Authorization(mode: .enforcing)
        }
    }
}
