/// What an invocation has used, and the meter that stops it.
///
/// Every primitive of the host charges here, in an order that is part of the protocol: the order
/// decides what has been done when the limit stops it.
final class Budget {
    let settings: CostSettings
    private var shown: Meter
    private var shadow: Meter
    private var diagnostic: Meter
    private var shadowDepth = 0
    /// How deep the recursion over nested values is.
    private var nesting = 0

    /// Values may be nested this deep, the leaf counted.
    static let maxNesting = 100

    init(_ settings: CostSettings) {
        self.settings = settings
        shown = Meter(settings)
        shadow = shown
        diagnostic = shown
    }

    /// Instructions.
    var processor: Meter.Dimension { shown.processor }
    /// Bytes of memory.
    var memory: Meter.Dimension { shown.memory }
    /// What was charged, in the order of ``CostType``.
    var trackers: [Meter.Tracker] { shown.trackers }

    /// Whether charges now go to the counters that are not shown.
    var isShadow: Bool { shadowDepth > 0 }

    /// Charges `times` for `type`, each with `input` if the type has one.
    /// - Throws: (Budget, ExceededLimit), after the amount was counted.
    func charge(_ type: CostType, times: UInt64 = 1, input: UInt64? = nil) throws(HostError) {
        let isWithin =
            isShadow
            ? shadow.charge(type, times: times, input: input)
            : shown.charge(type, times: times, input: input)
        guard isWithin else { throw .budgetExceeded }
    }

    /// Charges once for `type` with an input.
    func charge(_ type: CostType, _ input: some BinaryInteger) throws(HostError) {
        try charge(type, input: UInt64(clamping: input))
    }

    /// The memory that one charge of `type` takes.
    func memoryCost(of type: CostType, input: UInt64?) -> UInt64 {
        settings.memory[type.rawValue].cost(times: 1, input: input)
    }

    /// Gives back memory: the linear memory of a frame that ends.
    func refund(memory amount: UInt64) {
        if isShadow { shadow.refund(memory: amount) } else { shown.refund(memory: amount) }
    }

    /// Instructions left, in the mode that is on.
    var remainingInstructions: UInt64 {
        isShadow ? shadow.remainingInstructions : shown.remainingInstructions
    }

    /// Runs `body` with its charges going to counters of their own, which nothing shows.
    func inShadow<Result>(_ body: () throws(HostError) -> Result) throws(HostError) -> Result {
        shadowDepth += 1
        defer { shadowDepth -= 1 }
        return try body()
    }

    /// Runs `body` with its charges going to a meter for diagnostics alone; `nil` if it fails.
    ///
    /// It is apart from the shadow's too, so that nothing else can come to depend on diagnostics.
    func forDiagnostics<Result>(_ body: () throws(HostError) -> Result) -> Result? {
        let kept = (shadow, shadowDepth, nesting)
        (shadow, shadowDepth, nesting) = (diagnostic, 1, 0)
        defer {
            diagnostic = shadow
            (shadow, shadowDepth, nesting) = kept
        }
        do throws(HostError) { return try body() } catch { return nil }
    }

    /// Goes one level deeper into a nested value.
    /// - Throws: (Context, ExceededLimit) beyond ``maxNesting``.
    func enter() throws(HostError) {
        guard nesting < Self.maxNesting else { throw HostError(.context, .exceededLimit) }
        nesting += 1
    }

    /// Comes back from a level.
    func leave() { nesting -= 1 }
}
