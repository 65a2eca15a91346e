internal import SorobanHost
internal import StellarXDR

extension TransactionTrace {
    /// The trace for people: a call a paragraph, what it called indented below it.
    public var text: String {
        var lines = ["transaction \(hash) in ledger \(ledger)"]
        for call in calls { Self.write(call, indent: "  ", to: &lines) }
        lines.append("  \(Self.text(result))")
        lines.append("  \(costs.instructions) instructions, \(costs.memory) bytes of memory:")
        let charges = costs.charges.sorted { $0.key.rawValue < $1.key.rawValue }
        for (type, charge) in charges {
            lines.append("    \(type.ledgerName): \(charge.times) times, \(charge.inputs) in all")
        }
        return lines.joined(separator: "\n")
    }

    private static func write(_ call: TracedCall, indent: String, to lines: inout [String]) {
        let arguments = call.arguments.map(value).joined(separator: ", ")
        let contract = StrKey.encode(.contract(call.contract))
        lines.append("\(indent)\(contract).\(call.function)(\(arguments))")
        let inner = indent + "  "
        for address in call.authorizers {
            lines.append("\(inner)needs the word of \(value(address))")
        }
        for use in call.storage {
            lines.append("\(inner)\(use.access.rawValue)s \(value(use.key))")
        }
        for event in call.events { lines.append("\(inner)says \(value(event))") }
        for call in call.calls { write(call, indent: inner, to: &lines) }
        let result = call.result.map(text) ?? "did not end"
        lines.append("\(inner)\(result) after \(call.instructions) instructions")
    }

    private static func text(_ result: Result<SCVal, HostError>) -> String {
        switch result {
        case .success(let value): "returned \(Self.value(value))"
        case .failure(let error): "failed: \(error)"
        }
    }

    private static func value(_ value: some XDRCodable) -> String {
        (try? value.json().description) ?? "\(value)"
    }
}
