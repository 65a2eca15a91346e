public import StellarXDR

/// One host function of a transaction, with all that decides what comes of it.
public struct Invocation: Sendable {
    /// Whence the authorization comes.
    public enum Authorization: Sendable {
        /// Whatever is asked for is allowed and recorded, as a simulation does. With `rootOnly`
        /// only the call at the root may ask; `addressV2` chooses the kind of the recorded
        /// credentials.
        case recording(rootOnly: Bool, addressV2: Bool)
        /// Only what these entries prove is allowed.
        case enforcing([SorobanAuthorizationEntry])
    }

    /// Which entries of the ledger may be used.
    public enum Footprint: Sendable {
        /// All; which ones were used is recorded, and archived ones are restored.
        case recording
        /// Those of the footprint. `restored` are the positions in its read-write list of archived
        /// entries that come back to life with this transaction.
        case enforcing(LedgerFootprint, restored: [UInt32])
    }

    /// What to do.
    public var function: HostFunction
    /// The account whose transaction it is.
    public var source: AccountID
    /// Whence the authorization comes.
    public var authorization: Authorization
    /// Which entries of the ledger may be used.
    public var footprint: Footprint
    /// The ledger it runs in.
    public var ledger: LedgerInfo
    /// 32 bytes from which contracts' random numbers follow.
    public var seed: [UInt8]
    /// Limits and prices.
    public var costs: CostSettings
    /// Whether the outcome is to tell what happened on the way to it; nothing else depends on it.
    public var isDiagnosed: Bool
    /// Whether the outcome tells each call; that takes time, and changes nothing else.
    public var isTraced = false

    /// An invocation; see the properties.
    public init(
        function: HostFunction, source: AccountID, authorization: Authorization,
        footprint: Footprint, ledger: LedgerInfo, seed: [UInt8], costs: CostSettings,
        isDiagnosed: Bool = false
    ) {
        self.function = function
        self.source = source
        self.authorization = authorization
        self.footprint = footprint
        self.ledger = ledger
        self.seed = seed
        self.costs = costs
        self.isDiagnosed = isDiagnosed
    }
}

/// What an invocation came to.
public struct InvocationOutcome: Sendable {
    /// The returned value, or why it failed. A failed invocation changes nothing.
    public var result: Result<SCVal, HostError>
    /// Whether it failed outside the call itself, so that nothing else here means anything.
    public var isFatal = false
    /// The recorded entries, or those that were given.
    public var authorization: [SorobanAuthorizationEntry] = []
    /// The keys that were used, in their order.
    public var footprint = LedgerFootprint(readOnly: [], readWrite: [])
    /// Positions in the read-write list of archived entries that come back to life.
    public var restored: [UInt32] = []
    /// Bytes of the entries that are read from disk: classic ones and archived ones.
    public var diskReadBytes: UInt32 = 0
    /// Bytes of the entries that are written.
    public var writeBytes: UInt32 = 0
    /// What changes in the ledger, in the order of the footprint.
    public var changes: [LedgerChange] = []
    /// Events of calls that succeeded, in their order.
    public var events: [ContractEvent] = []
    /// What happened, if that was asked for: calls, returns, logs, failures and all events.
    public var diagnostics: [DiagnosticEvent] = []
    /// What it cost.
    public var costs = InvocationCosts()
    /// The lives and sizes that rent is computed from.
    public var rent: [RentChange] = []
    /// A host function that this host does not have and the contract called.
    public var unsupportedFunction: String?
    /// The calls that were made, if the invocation is traced.
    public var calls: [TracedCall] = []
}

/// What an invocation used of the limits.
public struct InvocationCosts: Sendable, Hashable {
    /// Instructions.
    public var instructions: UInt64 = 0
    /// Bytes of memory: the most that were in use at a time.
    public var memory: UInt64 = 0
    /// What was charged, in the order of ``CostType``.
    var tally: [Charge] = []

    /// What was charged of each ``CostType`` that was.
    public var charges: [CostType: Charge] {
        var charges: [CostType: Charge] = [:]
        for (type, charge) in zip(CostType.allCases, tally) where charge.times > 0 {
            charges[type] = charge
        }
        return charges
    }

    /// How often a type was charged, and the sum of its inputs.
    public struct Charge: Sendable, Hashable {
        /// Times charged.
        public var times: UInt64
        /// Sum of the inputs.
        public var inputs: UInt64
    }
}
