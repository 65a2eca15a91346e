/// What has been charged, in one mode: shown, or in shadow.
struct Meter {
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

    /// What a type costs in both dimensions.
    struct Price {
        let processor: CostParameters
        let memory: CostParameters
    }

    private(set) var processor: Dimension
    private(set) var memory: Dimension
    private(set) var trackers: [Tracker]
    private let prices: [Price]

    init(_ settings: CostSettings) {
        processor = Dimension(limit: settings.processorLimit)
        memory = Dimension(limit: settings.memoryLimit)
        trackers = Array(repeating: Tracker(), count: settings.processor.count)
        prices = zip(settings.processor, settings.memory).map(Price.init)
    }

    /// Counts a charge in both dimensions, instructions first, and says whether their limits hold;
    /// the second is not counted once the first is passed.
    mutating func charge(_ type: CostType, times: UInt64, input: UInt64?) -> Bool {
        let index = type.rawValue
        let price = prices[index]
        trackers[index].times = trackers[index].times.saturatingAdded(times)
        if let input {
            trackers[index].inputs = trackers[index].inputs.saturatingAdded(
                input.saturatingMultiplied(by: times))
        }
        return processor.add(price.processor.cost(times: times, input: input))
            && memory.add(price.memory.cost(times: times, input: input))
    }

    /// Takes memory back, as far as there is some.
    mutating func refund(memory amount: UInt64) {
        memory.used -= min(memory.used, amount)
    }

    /// Instructions left.
    var remainingInstructions: UInt64 {
        processor.limit - min(processor.limit, processor.used)
    }
}
