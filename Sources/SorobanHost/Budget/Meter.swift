/// What has been used of the limits, in one mode: shown, in shadow, or for diagnostics.
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

    private(set) var processor: Dimension
    private(set) var memory: Dimension

    init(_ settings: CostSettings) {
        processor = Dimension(limit: settings.processorLimit)
        memory = Dimension(limit: settings.memoryLimit)
    }

    /// Counts in both dimensions, instructions first, and says whether their limits hold; the
    /// second is not counted once the first is passed.
    mutating func add(instructions: UInt64, memory bytes: UInt64) -> Bool {
        processor.add(instructions) && memory.add(bytes)
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

/// A ``CostType`` in one invocation: what it costs, and what was charged of it.
struct Tariff {
    let processor: CostParameters
    let memory: CostParameters
    private(set) var charged = InvocationCosts.Charge(times: 0, inputs: 0)

    init(processor: CostParameters, memory: CostParameters) {
        self.processor = processor
        self.memory = memory
    }

    mutating func count(times: UInt64, inputs: UInt64) {
        charged.times = charged.times.saturatingAdded(times)
        charged.inputs = charged.inputs.saturatingAdded(inputs)
    }
}
