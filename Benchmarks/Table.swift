internal import Foundation

/// Prints rows under each other as they come.
struct Table {
    private static let widths = [30, 22, 38, 8, 16]

    static func printHead() {
        printRow(["benchmark", "figure", "beside", "ratio", "goal", ""])
    }

    static func printRow(of benchmark: Benchmark, _ figure: Figure) {
        let threshold = thresholds[benchmark.name]
        let verdict = threshold.map { $0.holds(for: figure) ? "holds" : "MISSED" } ?? ""
        printRow([
            benchmark.name, "\(grouped(figure.value)) \(benchmark.unit)",
            [figure.beside, figure.alsoBeside].compactMap { $0 }
                .map { "\($0.name) \(grouped($0.value))" }.joined(separator: ", "),
            figure.ratio.map { "\(($0 * 100).rounded() / 100)" } ?? "",
            threshold.map { "\($0)" } ?? "", verdict,
        ])
        for note in figure.notes { printRow(["", note]) }
    }

    static func printRow(_ cells: [String]) {
        let padded = cells.enumerated().map { index, cell in
            guard index < widths.count else { return cell }
            return cell + String(repeating: " ", count: max(0, widths[index] - cell.count))
        }
        // At once, also into a pipe: a table that comes after minutes looks like a program that
        // hangs.
        FileHandle.standardOutput.write(Data((padded.joined(separator: " ") + "\n").utf8))
    }
}

/// `12 345`, `1.23`: three digits at least, thousands apart.
func grouped(_ number: Double) -> String {
    guard number.isFinite, abs(number) < 1e15 else { return "\(number)" }
    guard abs(number) >= 100 else { return "\((number * 100).rounded() / 100)" }
    var digits = String(Int(abs(number).rounded()))
    var groups: [String] = []
    while digits.count > 3 {
        groups.insert(String(digits.suffix(3)), at: 0)
        digits.removeLast(3)
    }
    return (number < 0 ? "-" : "") + ([digits] + groups).joined(separator: " ")
}
