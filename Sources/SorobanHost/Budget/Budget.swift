/// What an invocation has used, and the meter that stops it.
///
/// Every primitive of the host charges here, in an order that is part of the protocol: the order
/// decides what has been done when the limit stops it.
final class Budget {
    /// Which counters charges go to.
    private enum Mode {
        case shown, shadow, diagnostic
    }

    let settings: CostSettings
    private var mode = Mode.shown
    /// The counters of the mode that is on.
    private var meter: Meter
    // The counters of each mode, while it is off.
    private var shown: Meter
    private var shadow: Meter
    private var diagnostic: Meter
    /// Prices and sums by ``CostType``, in the object itself: there are thousands of charges to an
    /// invocation, and each is a few instructions so.
    private var tariffs: InlineArray<86, Tariff>
    /// How deep the recursion over nested values is.
    private var nesting = 0

    /// Values may be nested this deep, the leaf counted.
    static let maxNesting = 100

    init(_ settings: CostSettings) {
        self.settings = settings
        meter = Meter(settings)
        (shown, shadow, diagnostic) = (meter, meter, meter)
        tariffs = InlineArray { type in
            Tariff(processor: settings.processor[type], memory: settings.memory[type])
        }
    }

    /// Instructions.
    var processor: Meter.Dimension { shownMeter.processor }
    /// Bytes of memory.
    var memory: Meter.Dimension { shownMeter.memory }
    /// What was charged, in the order of ``CostType``.
    var charged: [InvocationCosts.Charge] { tariffs.indices.map { tariffs[$0].charged } }

    private var shownMeter: Meter { mode == .shown ? meter : shown }

    /// Charges once for `type`, whose price depends on nothing.
    /// - Throws: (Budget, ExceededLimit), after the amount was counted.
    func charge(_ type: CostType) throws(HostError) {
        try charge(type, times: 1)
    }

    /// Charges `times` for `type`, whose price depends on nothing.
    /// - Throws: (Budget, ExceededLimit), after the amount was counted.
    // Not inlined: it is called from too many places, and the optimiser of Swift 6.3.1 crashes over
    // some of them.
    @inline(never)
    func charge(_ type: CostType, times: UInt64) throws(HostError) {
        let place = type.rawValue
        if mode == .shown { tariffs[place].count(times: times, inputs: 0) }
        guard
            meter.add(
                instructions: times.saturatingMultiplied(by: tariffs[place].processor.constant),
                memory: times.saturatingMultiplied(by: tariffs[place].memory.constant))
        else { throw .budgetExceeded }
    }

    /// Charges once for `type` by an input.
    /// - Throws: (Budget, ExceededLimit), after the amount was counted.
    // Not inlined: see above.
    @inline(never)
    func charge(_ type: CostType, input: UInt64) throws(HostError) {
        let place = type.rawValue
        if mode == .shown { tariffs[place].count(times: 1, inputs: input) }
        guard
            meter.add(
                instructions: tariffs[place].processor.cost(times: 1, input: input),
                memory: tariffs[place].memory.cost(times: 1, input: input))
        else { throw .budgetExceeded }
    }

    /// Charges `times` for `type`, each with an input; rounded down together, not each.
    /// - Throws: (Budget, ExceededLimit), after the amount was counted.
    func charge(_ type: CostType, times: UInt64, input: UInt64) throws(HostError) {
        let place = type.rawValue
        if mode == .shown {
            tariffs[place].count(times: times, inputs: input.saturatingMultiplied(by: times))
        }
        guard
            meter.add(
                instructions: tariffs[place].processor.cost(times: times, input: input),
                memory: tariffs[place].memory.cost(times: times, input: input))
        else { throw .budgetExceeded }
    }

    /// Charges once for `type` by an input.
    func charge(_ type: CostType, _ input: Int) throws(HostError) {
        try charge(type, input: UInt64(clamping: input))
    }

    /// The memory that one charge of `type` takes.
    func memoryCost(of type: CostType, input: UInt64) -> UInt64 {
        settings.memory[type.rawValue].cost(times: 1, input: input)
    }

    /// Gives back memory: the linear memory of a frame that ends.
    func refund(memory amount: UInt64) {
        meter.refund(memory: amount)
    }

    /// Instructions left, in the mode that is on.
    var remainingInstructions: UInt64 { meter.remainingInstructions }

    private func turn(to next: Mode) {
        switch mode {
        case .shown: shown = meter
        case .shadow: shadow = meter
        case .diagnostic: diagnostic = meter
        }
        mode = next
        meter =
            switch next {
            case .shown: shown
            case .shadow: shadow
            case .diagnostic: diagnostic
            }
    }

    /// Runs `body` with its charges going to counters of their own, which nothing shows.
    func inShadow<Result>(_ body: () throws(HostError) -> Result) throws(HostError) -> Result {
        let previous = mode
        if previous == .shown { turn(to: .shadow) }
        defer { turn(to: previous) }
        return try body()
    }

    /// Runs `body` with its charges going to a meter for diagnostics alone; `nil` if it fails.
    ///
    /// It is apart from the shadow's too, so that nothing else can come to depend on diagnostics.
    func forDiagnostics<Result>(_ body: () throws(HostError) -> Result) -> Result? {
        let previous = (mode, nesting)
        turn(to: .diagnostic)
        nesting = 0
        defer {
            turn(to: previous.0)
            nesting = previous.1
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
