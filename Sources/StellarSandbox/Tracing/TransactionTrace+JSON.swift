internal import SorobanHost
public import StellarXDR

extension TransactionTrace {
    /// The trace as JSON; values of the ledger are XDR-JSON (SEP-51).
    public var json: JSONValue {
        var members: [JSONValue.Member] = [
            .init("hash", .string(hash.description)), .init("ledger", .init(UInt64(ledger))),
        ]
        members += Self.members(of: result)
        members.append(.init("calls", .array(calls.map(Self.json))))
        members.append(.init("auth", .array(authorization.map(Self.value))))
        members.append(.init("instructions", .init(costs.instructions)))
        members.append(.init("memoryBytes", .init(costs.memory)))
        let charges = costs.charges.sorted { $0.key.rawValue < $1.key.rawValue }.map {
            JSONValue.Member(
                $0.key.ledgerName,
                .object([
                    .init("times", .init($0.value.times)), .init("inputs", .init($0.value.inputs)),
                ]))
        }
        members.append(.init("costs", .object(charges)))
        return .object(members)
    }

    private static func json(_ call: TracedCall) -> JSONValue {
        var members: [JSONValue.Member] = [
            .init("contract", .string(StrKey.encode(.contract(call.contract)))),
            .init("function", .string(call.function)),
            .init("arguments", .array(call.arguments.map(value))),
        ]
        if let result = call.result { members += Self.members(of: result) }
        members += [
            .init("requiredAuth", .array(call.authorizers.map(value))),
            .init(
                "storage",
                .array(
                    call.storage.map {
                        .object([
                            .init("access", .string($0.access.rawValue)),
                            .init("key", value($0.key)),
                        ])
                    })),
            .init("events", .array(call.events.map(value))),
            .init("instructions", .init(call.instructions)),
            .init("memoryBytes", .init(call.memory)),
            .init("calls", .array(call.calls.map(json))),
        ]
        return .object(members)
    }

    private static func members(of result: Result<SCVal, HostError>) -> [JSONValue.Member] {
        switch result {
        case .success(let value): [.init("result", Self.value(value))]
        case .failure(let error): [.init("error", .string("\(error)"))]
        }
    }

    private static func value(_ value: some XDRCodable) -> JSONValue {
        (try? value.json()) ?? .null
    }
}

extension JSONValue {
    /// A number.
    fileprivate init(_ number: UInt64) { self = .number(number.description) }
}
