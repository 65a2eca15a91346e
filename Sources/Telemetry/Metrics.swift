/// All metrics of a process: counters, gauges and histograms, read as Prometheus text.
///
/// Asking twice for one name and labels gives the same metric. Series are limited, so that labels
/// that vary without end (ids, paths) cannot fill the memory: what is over the limit is counted in
/// a metric that nobody reads.
public final class Metrics: Sendable {
    /// Names and values that tell series of one metric apart, such as `route`.
    public typealias Labels = KeyValuePairs<String, String>

    private struct Family {
        var help: String
        var kind: String
        var series: [String: any Series] = [:]
    }

    private let seriesMax: Int
    private let families = Lock<[String: Family]>([:])

    /// An empty registry that holds at most `seriesMax` series a name.
    public init(seriesMax: Int = 1000) { self.seriesMax = seriesMax }

    /// A number that only grows.
    public func counter(_ name: String, _ help: String, _ labels: Labels = [:]) -> Counter {
        series(name, help, "counter", labels) { Counter() }
    }

    /// A number that goes up and down.
    public func gauge(_ name: String, _ help: String, _ labels: Labels = [:]) -> Gauge {
        series(name, help, "gauge", labels) { Gauge() }
    }

    /// How often values fell below each of `bounds`, which ascend.
    public func histogram(
        _ name: String, _ help: String, _ labels: Labels = [:],
        bounds: [Double] = Histogram.secondsBounds
    ) -> Histogram {
        series(name, help, "histogram", labels) { Histogram(bounds: bounds) }
    }

    /// Everything in the Prometheus text format, version 0.0.4, in the order of the names.
    public func prometheusText() -> String {
        let families = families.withLock { $0 }
        var text = ""
        for (name, family) in families.sorted(by: { $0.key < $1.key }) {
            text += "# HELP \(name) \(escaped(family.help, quotes: false))\n"
            text += "# TYPE \(name) \(family.kind)\n"
            for (labels, series) in family.series.sorted(by: { $0.key < $1.key }) {
                text += series.lines(name: name, labels: labels)
            }
        }
        return text
    }

    private func series<S: Series>(
        _ name: String, _ help: String, _ kind: String, _ labels: Labels, make: () -> S
    ) -> S {
        let key = labels.map { "\($0.key)=\"\(escaped($0.value, quotes: true))\"" }
            .joined(separator: ",")
        return families.withLock { families in
            var family = families[name] ?? Family(help: help, kind: kind)
            if let known = family.series[key] as? S { return known }
            let made = make()
            guard family.kind == kind, family.series.count < seriesMax else { return made }
            family.series[key] = made
            families[name] = family
            return made
        }
    }
}

/// One line, or one group of lines, of the text.
protocol Series: Sendable {
    func lines(name: String, labels: String) -> String
}

/// Labels in their braces, or nothing.
func braces(_ labels: String...) -> String {
    let labels = labels.filter { !$0.isEmpty }.joined(separator: ",")
    return labels.isEmpty ? "" : "{\(labels)}"
}

private func escaped(_ text: String, quotes: Bool) -> String {
    var result = ""
    for character in text.unicodeScalars {
        switch character {
        case "\\": result += "\\\\"
        case "\n": result += "\\n"
        case "\"" where quotes: result += "\\\""
        default: result.unicodeScalars.append(character)
        }
    }
    return result
}
