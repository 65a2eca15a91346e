internal import StellarXDR

extension ScenarioReplay.Aspect {
    /// What a scenario says of the aspect, line by line, with XDR as XDR-JSON. What is no XDR, such
    /// as an error, stays as it is.
    func readable(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false)
            .map { readable(line: String($0)) }.joined(separator: "\n")
    }

    private func readable(line: String) -> String {
        switch self {
        case .result: Self.json(line, as: SCVal.self)
        case .auth: Self.json(line, as: SorobanAuthorizationEntry.self)
        case .events: Self.json(line, as: ContractEvent.self)
        case .data: Self.json(line, as: SorobanTransactionData.self)
        case .footprint: Self.words(line)
        case .changes: Self.change(line)
        case .cpu, .memory: line
        }
    }

    private static func json<Value: XDRCodable>(_ text: String, as type: Value.Type) -> String {
        guard let value = try? Value(base64: text), let json = try? value.json() else {
            return text
        }
        return json.description
    }

    /// `ro KEY`, `rw KEY`, or a count.
    private static func words(_ line: String) -> String {
        let words = line.split(separator: " ", maxSplits: 1)
        guard words.count == 2 else { return line }
        return "\(words[0]) \(json(String(words[1]), as: LedgerKey.self))"
    }

    /// `KEY: ENTRY until LEDGER`, or words in the entry's place.
    private static func change(_ line: String) -> String {
        guard let colon = line.firstRange(of: ": ") else { return line }
        let rest = line[colon.upperBound...]
        let end = rest.firstRange(of: " until ")?.lowerBound ?? rest.endIndex
        let key = json(String(line[..<colon.lowerBound]), as: LedgerKey.self)
        let entry = json(String(rest[..<end]), as: LedgerEntryData.self)
        return "\(key): \(entry)\(rest[end...])"
    }
}

extension ScenarioReplay {
    /// What was charged of one type: how often, and the sum of its inputs if that is known.
    public struct Charge: Sendable, Hashable {
        /// The type, as the ledger calls it.
        public var type: String
        /// What the genuine host charged.
        public var expected: [UInt64]
        /// What this one did.
        public var actual: [UInt64]

        /// Whether they differ; a scenario may leave the inputs out.
        public var differs: Bool {
            let known = min(expected.count, actual.count)
            return expected.isEmpty != actual.isEmpty
                || expected.prefix(known) != actual.prefix(known)
        }
    }

    /// Charges side by side, those that differ marked.
    static func table(_ charges: [Charge]) -> String {
        func cell(_ numbers: [UInt64], _ index: Int) -> String {
            numbers.indices.contains(index) ? "\(numbers[index])" : "–"
        }
        var rows = [["", "cost type", "expected", "answered", "inputs expected", "answered"]]
        for charge in charges {
            rows.append([
                charge.differs ? "≠" : "", charge.type, cell(charge.expected, 0),
                cell(charge.actual, 0), cell(charge.expected, 1), cell(charge.actual, 1),
            ])
        }
        let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            row.indices.map { column in
                let padding = String(repeating: " ", count: widths[column] - row[column].count)
                return column < 2 ? row[column] + padding : padding + row[column]
            }.joined(separator: "  ")
        }.joined(separator: "\n")
    }
}
