/// One figure that is worth watching. One benchmark a file, listed in `Benchmarks.all`.
struct Benchmark: Sendable {
    /// `subject.what`, as in ``thresholds``.
    var name: String
    /// What the figure counts: `requests/s`, `ns`.
    var unit: String
    /// Measures once; takes seconds, not minutes.
    var run: @Sendable () async throws -> Figure
}

/// What a benchmark measured.
struct Figure: Sendable {
    /// In the unit of the benchmark.
    var value: Double
    /// The same of someone else, measured in the same run.
    var beside: (name: String, value: Double)?
    /// The same of a third.
    var alsoBeside: (name: String, value: Double)?
    /// What else is worth knowing, a line each.
    var notes: [String] = []

    /// `value`, and what it is compared with.
    init(_ value: Double, beside name: String? = nil, _ other: Double = 0) {
        self.value = value
        beside = name.map { ($0, other) }
    }

    /// How many times the other the figure is.
    var ratio: Double? { beside.map { value / $0.value } }
}

/// What a benchmark needs and this machine lacks: it is left out, and the table says why.
struct BenchmarkSkipped: Error {
    var reason: String
}

/// What a figure must hold.
enum Threshold: Sendable {
    case atLeast(Double)
    case atMost(Double)
    /// Of what it is measured beside.
    case ratioAtLeast(Double)

    func holds(for figure: Figure) -> Bool {
        switch self {
        case .atLeast(let bound): figure.value >= bound
        case .atMost(let bound): figure.value <= bound
        case .ratioAtLeast(let bound): (figure.ratio ?? 0) >= bound
        }
    }
}

extension Threshold: CustomStringConvertible {
    var description: String {
        switch self {
        case .atLeast(let bound): "≥ \(grouped(bound))"
        case .atMost(let bound): "≤ \(grouped(bound))"
        case .ratioAtLeast(let bound): "ratio ≥ \(bound)"
        }
    }
}
