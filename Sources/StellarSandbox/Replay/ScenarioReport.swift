extension ScenarioReplay {
    /// How far several files agree, as a table: steps that agree of steps that state it.
    public static func table(_ reports: [Report]) -> String {
        var rows = [["scenario", "steps"] + Aspect.allCases.map(\.rawValue)]
        for report in reports { rows.append(row(report)) }
        if reports.count > 1 { rows.append(row(total(reports))) }
        let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            zip(row, widths).enumerated().map { column, cell in
                let padding = String(repeating: " ", count: cell.1 - cell.0.count)
                return column == 0 ? cell.0 + padding : padding + cell.0
            }.joined(separator: "  ")
        }.joined(separator: "\n")
    }

    /// The first differences of each report in one of `aspects`, at most one a step, to be read by
    /// people.
    public static func firstDifferences(
        _ reports: [Report], in aspects: Set<Aspect> = Set(Aspect.allCases), count: Int = 1
    ) -> String {
        reports.flatMap { report in
            var steps: Set<Int> = []
            return report.differences
                .filter { aspects.contains($0.aspect) && steps.insert($0.step).inserted }
                .prefix(count)
                .map { readable($0, in: report) }
        }.joined(separator: "\n")
    }

    /// Values as XDR-JSON, costs by type side by side.
    private static func readable(_ difference: Difference, in report: Report) -> String {
        let aspect = difference.aspect
        let place = "\(report.name), step \(difference.step) (\(difference.note))"
        let text = """
            \(place): \(aspect.rawValue)
              expected \(indented(aspect.readable(difference.expected)))
              answered \(indented(aspect.readable(difference.actual)))
            """
        guard !difference.charges.isEmpty else { return text }
        return text + "\n           " + indented(table(difference.charges))
    }

    private static func indented(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false)
            .joined(separator: "\n           ")
    }

    private static func row(_ report: Report) -> [String] {
        [report.name, "\(report.steps)"]
            + Aspect.allCases.map { aspect in
                let stated = report.stated[aspect, default: 0]
                let agreeing = report.agreeing[aspect, default: 0]
                if stated == 0 { return "–" }
                return agreeing == stated ? "all" : "\(agreeing)/\(stated)"
            }
    }

    private static func total(_ reports: [Report]) -> Report {
        reports.reduce(into: Report(name: "total")) { total, report in
            total.steps += report.steps
            total.stated.merge(report.stated, uniquingKeysWith: +)
            total.agreeing.merge(report.agreeing, uniquingKeysWith: +)
        }
    }
}
