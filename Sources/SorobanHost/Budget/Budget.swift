/// What an invocation has used, and the meter that stops it.
///
/// Every primitive of the host charges here, in an order that is part of the protocol: the order
/// decides what has been done when the limit stops it.
final class Budget {
    /// One of the two things counted.
    struct Dimension {
        let limit: UInt64
        /// What is in use now.
        var used: UInt64 = 0
        /// The most that ever was.
        var peak: UInt64 = 0

        /// Adds, and says whether the limit still holds; equal to the limit is allowed.
        mutating func add(_ amount: UInt64) -> Bool {
            used = used.saturatingAdded(amount)
            peak = max(peak, used)
            return used <= limit
        }
    }

    /// How often a type was charged, and the sum of its inputs.
    struct Tracker: Hashable {
        var times: UInt64 = 0
        var inputs: UInt64 = 0
    }

    let settings: CostSettings
    private(set) var processor: Dimension
    private(set) var memory: Dimension
    private(set) var trackers: [Tracker]
    private var shadowProcessor: Dimension
    private var shadowMemory: Dimension
    private var shadowDepth = 0
    /// How deep the recursion over nested values is.
    private var nesting = 0

    /// Values may be nested this deep, the leaf counted.
    static let maxNesting = 100

    init(_ settings: CostSettings) {
        self.settings = settings
        processor = Dimension(limit: settings.processorLimit)
        memory = Dimension(limit: settings.memoryLimit)
        shadowProcessor = processor
        shadowMemory = memory
        trackers = Array(repeating: Tracker(), count: CostType.allCases.count)
    }

    /// Whether charges now go to the counters that are not shown.
    var isShadow: Bool { shadowDepth > 0 }

    /// Charges `times` for `type`, each with `input` if the type has one.
    /// - Throws: (Budget, ExceededLimit), after the amount was counted.
    func charge(_ type: CostType, times: UInt64 = 1, input: UInt64? = nil) throws(HostError) {
        let index = type.rawValue
        let instructions = settings.processor[index].cost(times: times, input: input)
        let bytes = settings.memory[index].cost(times: times, input: input)
        if isShadow {
            guard shadowProcessor.add(instructions), shadowMemory.add(bytes) else {
                throw .budgetExceeded
            }
            return
        }
        trackers[index].times = trackers[index].times.saturatingAdded(times)
        if let input {
            trackers[index].inputs = trackers[index].inputs.saturatingAdded(
                input.saturatingMultiplied(by: times))
        }
        guard processor.add(instructions) else { throw .budgetExceeded }
        guard memory.add(bytes) else { throw .budgetExceeded }
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
        if isShadow {
            shadowMemory.used -= min(shadowMemory.used, amount)
        } else {
            memory.used -= min(memory.used, amount)
        }
    }

    /// Instructions left, in the mode that is on.
    var remainingInstructions: UInt64 {
        let dimension = isShadow ? shadowProcessor : processor
        return dimension.limit - min(dimension.limit, dimension.used)
    }

    /// Runs `body` with its charges going to counters of their own, which nothing shows.
    func inShadow<Result>(_ body: () throws(HostError) -> Result) throws(HostError) -> Result {
        shadowDepth += 1
        defer { shadowDepth -= 1 }
        return try body()
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
