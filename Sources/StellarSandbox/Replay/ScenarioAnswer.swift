internal import SorobanHost
internal import StellarXDR

/// What this host answered to a step, in the words of a scenario.
struct ScenarioAnswer {
    var texts: [ScenarioReplay.Aspect: String] = [:]
    var costs: [String: [UInt64]] = [:]

    init(_ outcome: InvocationOutcome, data: SorobanTransactionData?) {
        texts[.result] = Self.result(outcome)
        texts[.auth] = Self.lines(outcome.authorization)
        texts[.footprint] = Self.footprint(
            outcome.footprint.readOnly.map(Self.text), outcome.footprint.readWrite.map(Self.text),
            outcome.diskReadBytes, outcome.writeBytes)
        texts[.changes] = outcome.changes.map { Self.change($0).description }
            .joined(separator: "\n")
        texts[.events] = Self.lines(outcome.events)
        texts[.cpu] = "\(outcome.costs.instructions)"
        texts[.memory] = "\(outcome.costs.memory)"
        texts[.data] = data.map(Self.text) ?? ""
        for (type, charge) in outcome.costs.charges {
            costs[type.ledgerName] = [charge.times, charge.inputs]
        }
    }

    private static func result(_ outcome: InvocationOutcome) -> String {
        let missing = outcome.unsupportedFunction.map { " (\($0) is not there yet)" } ?? ""
        return switch outcome.result {
        case .success(let value): text(value)
        case .failure(let error): "\(outcome.isFatal ? "fatal " : "")\(error)\(missing)"
        }
    }

    private static func change(_ change: LedgerChange) -> Scenario.Change {
        let key = text(change.key)
        return switch change.value {
        case .written(let entry):
            Scenario.Change(
                key: key, value: .some(text(entry.data)), liveUntil: change.liveUntilLedger)
        case .removed: Scenario.Change(key: key, value: .some(nil), liveUntil: nil)
        case .unchanged:
            Scenario.Change(key: key, value: nil, liveUntil: change.liveUntilLedger)
        }
    }

    static func footprint(
        _ readOnly: [String], _ readWrite: [String], _ read: UInt32, _ written: UInt32
    ) -> String {
        (readOnly.map { "ro \($0)" } + readWrite.map { "rw \($0)" } + ["read \(read)"]
            + ["written \(written)"]).joined(separator: "\n")
    }

    private static func lines(_ values: [some XDRCodable]) -> String {
        values.map(text).joined(separator: "\n")
    }

    private static func text(_ value: some XDRCodable) -> String {
        (try? value.base64()) ?? "not encodable: \(value)"
    }
}

extension ScenarioReplay.Report {
    /// Compares an answer with what the step expects, aspect by aspect.
    mutating func compare(_ answer: ScenarioAnswer, with step: Scenario.Step, at index: Int) {
        steps += 1
        for (aspect, expected) in step.expect.texts {
            stated[aspect, default: 0] += 1
            let actual = answer.texts[aspect] ?? ""
            if actual == expected {
                agreeing[aspect, default: 0] += 1
                continue
            }
            var difference = ScenarioReplay.Difference(
                step: index, note: step.note ?? "", aspect: aspect, expected: expected,
                actual: actual)
            if aspect == .cpu || aspect == .memory {
                difference.charges = Self.charges(answer.costs, step.expect.costs ?? [:])
            }
            differences.append(difference)
        }
    }

    private static func charges(
        _ actual: [String: [UInt64]], _ expected: [String: [UInt64]]
    ) -> [ScenarioReplay.Charge] {
        Set(actual.keys).union(expected.keys).sorted().map {
            ScenarioReplay.Charge(
                type: $0, expected: expected[$0] ?? [], actual: actual[$0] ?? [])
        }
    }
}

extension Scenario.Expectation {
    /// What is expected of each aspect that the step states, in the order of the aspects.
    var texts: [(ScenarioReplay.Aspect, String)] {
        if let fatal { return [(.result, "fatal \(fatal)")] }
        var texts: [(ScenarioReplay.Aspect, String)] = [(.result, result ?? error ?? "")]
        if let auth { texts.append((.auth, auth.joined(separator: "\n"))) }
        if let readOnly, let readWrite {
            texts.append(
                (
                    .footprint,
                    ScenarioAnswer.footprint(
                        readOnly, readWrite, diskReadBytes ?? 0, writeBytes ?? 0)
                ))
        }
        if let changes {
            texts.append((.changes, changes.map(\.description).joined(separator: "\n")))
        }
        if let events { texts.append((.events, events.joined(separator: "\n"))) }
        texts.append((.cpu, "\(cpu)"))
        texts.append((.memory, "\(mem)"))
        if let transactionData { texts.append((.data, transactionData)) }
        return texts
    }
}

extension CostType {
    /// The name that the ledger has for the type.
    var ledgerName: String {
        let name = String(describing: self)
        return name.prefix(1).uppercased() + name.dropFirst()
    }
}
