/// What one charge costs in one dimension: `constant · times + linear · input · times / 128`.
public struct CostParameters: Sendable, Hashable {
    /// Per time charged.
    public var constant: UInt64
    /// Per unit of input, scaled by 128.
    public var linear: UInt64

    /// Parameters as the ledger's settings hold them.
    public init(constant: UInt64, linear: UInt64) {
        self.constant = constant
        self.linear = linear
    }

    /// The cost of charging `times` with an input each; saturating, rounded down once at the end.
    @inline(__always)
    func cost(times: UInt64, input: UInt64) -> UInt64 {
        let scaled = linear.saturatingMultiplied(by: input).saturatingMultiplied(by: times)
        return constant.saturatingMultiplied(by: times).saturatingAdded(scaled >> 7)
    }
}

/// The limits of one invocation and the price of everything, from the ledger's settings.
public struct CostSettings: Sendable, Hashable {
    /// Instructions one transaction may use.
    public var processorLimit: UInt64 = 400_000_000
    /// Bytes of memory one transaction may use.
    public var memoryLimit: UInt64 = 41_943_040
    /// Instructions, in the order of ``CostType``.
    public var processor: [CostParameters]
    /// Bytes of memory, in the order of ``CostType``.
    public var memory: [CostParameters]

    /// Settings with the parameters of each ``CostType``, in its order; what is missing is free.
    public init(processor: [CostParameters], memory: [CostParameters]) {
        let free = CostParameters(constant: 0, linear: 0)
        let count = CostType.allCases.count
        func padded(_ parameters: [CostParameters]) -> [CostParameters] {
            parameters.prefix(count)
                + Array(repeating: free, count: max(0, count - parameters.count))
        }
        self.processor = padded(processor)
        self.memory = padded(memory)
    }

    init(rows: [(UInt64, UInt64, UInt64, UInt64)]) {
        self.init(
            processor: rows.map { CostParameters(constant: $0.0, linear: $0.1) },
            memory: rows.map { CostParameters(constant: $0.2, linear: $0.3) })
    }
}

extension UInt64 {
    func saturatingAdded(_ other: UInt64) -> UInt64 {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? .max : sum
    }

    func saturatingMultiplied(by other: UInt64) -> UInt64 {
        let (product, overflow) = multipliedReportingOverflow(by: other)
        return overflow ? .max : product
    }
}
