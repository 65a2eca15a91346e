internal import StellarXDR

/// What is to go wrong, so that a program can show that it copes.
struct Faults: Sendable {
    /// What befalls a transaction that is sent.
    enum Submission: Sendable {
        /// It is taken, and never seen again.
        case drop
        /// It is taken, and comes so many ledgers later.
        case delay(ledgers: UInt32)
        /// It is refused with this code.
        case reject(Verdict)
        /// It is sent away to come again.
        case tryAgainLater
    }

    /// Calls that fail.
    struct Failure: Sendable {
        /// Of which methods; all if empty.
        var methods: Set<String>
        /// How many more.
        var count: Int
    }

    /// What befalls the next transactions, in their order.
    var submissions: [Submission] = []
    /// Which calls fail.
    var failure: Failure?

    /// What befalls the transaction that is here now.
    mutating func takeSubmission() -> Submission? {
        submissions.isEmpty ? nil : submissions.removeFirst()
    }

    /// Whether a call of `method` fails now.
    mutating func takeFailure(of method: String) -> Bool {
        guard let failing = failure, failing.count > 0,
            failing.methods.isEmpty || failing.methods.contains(method)
        else { return false }
        failure?.count -= 1
        return true
    }
}

/// A transaction that is kept back.
struct HeldTransaction: Sendable {
    let envelope: TransactionEnvelope
    /// The ledger before which it comes.
    let ledger: UInt32
}

/// A moment of the network: what is needed to return to it, or to see the network as it was then.
struct Moment: Sendable {
    /// A ledger's number, and when it closed in seconds since 1970.
    struct Stamp: Hashable, Sendable {
        let sequence: UInt32
        let closeTime: UInt64

        init(sequence: UInt32, closeTime: UInt64) {
            self.sequence = sequence
            self.closeTime = closeTime
        }

        /// Of the ledger that is being made.
        init(_ context: LedgerContext) {
            self.init(sequence: context.sequence, closeTime: context.closeTime)
        }
    }

    /// The newest ledger at that moment.
    let latest: ClosedLedger
    let clockAdvance: UInt64
    /// What each entry was that has changed since.
    private(set) var before: [LedgerKey: StoredEntry?] = [:]

    init(latest: ClosedLedger, clockAdvance: UInt64) {
        self.latest = latest
        self.clockAdvance = clockAdvance
    }

    /// Notes what a ledger changed.
    mutating func note(_ changes: [LedgerState.Change]) {
        for change in changes where before[change.key] == nil {
            before[change.key] = .some(change.before)
        }
    }

    /// Notes that the network has returned to it.
    mutating func forgetChanges() { before = [:] }
}
