/// One invocation: everything that contracts can see and touch while it runs.
///
/// Single-threaded, made per invocation, with its parts in files of their own; what contracts call
/// is in `HostFunctions/`, one file a module, as extensions.
final class Host {
    let budget: Budget
    let ledger: LedgerInfo
    /// Values that do not fit a word.
    var objects = ObjectTable()
    /// The calls that are running, the innermost last.
    var frames: [Frame] = []
    /// The source of each frame's own source.
    var baseRandomness: PRNG?
    /// The host function that this host does not have and a contract called.
    var unsupportedFunction: String?

    init(budget: Budget, ledger: LedgerInfo) {
        self.budget = budget
        self.ledger = ledger
    }
}
