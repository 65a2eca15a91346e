internal import StellarXDR

extension TransactionResult {
    /// Its codes as Horizon spells them.
    var horizonCodes: JSONValue {
        switch result {
        case .success(let results), .failed(let results):
            ["transaction": name, "operations": .array(results.map(\.horizonCode))]
        case .feeBumpInnerSuccess(let pair), .feeBumpInnerFailed(let pair):
            [
                "transaction": name, "inner_transaction": .string(pair.result.result.horizonName),
                "operations": pair.result.result.operationCodes.map { .array($0) },
            ]
        default: ["transaction": name]
        }
    }

    private var name: JSONValue { .string(spelling("tx", result.discriminant)) }
}

extension Verdict {
    /// Its code as Horizon spells it.
    var horizonName: String { spelling("tx", discriminant) }

    fileprivate var operationCodes: [JSONValue]? {
        switch self {
        case .success(let results), .failed(let results): results.map(\.horizonCode)
        default: nil
        }
    }
}

extension OperationResult {
    fileprivate var horizonCode: JSONValue {
        guard case .inner(let inner) = self else {
            return .string(spelling("op", discriminant))
        }
        let name =
            switch inner {
            case .createAccount(let result): spelling("op", result.discriminant)
            case .payment(let result): spelling("op", result.discriminant)
            case .changeTrust(let result): spelling("op", result.discriminant)
            case .invokeHostFunction(let result): sorobanName(result.discriminant)
            case .extendFootprintTtl(let result): sorobanName(result.discriminant)
            case .restoreFootprint(let result): sorobanName(result.discriminant)
            default: "op_not_supported"
            }
        return .string(name)
    }

    private func sorobanName(_ code: some XDREnum) -> String {
        let name = snakeCase(code)
        switch name {
        case "success", "malformed": return "op_\(name)"
        case "trapped": return "function_trapped"
        default: return name
        }
    }
}

/// Horizon's word for a code; most are the protocol's own.
private func spelling(_ prefix: String, _ code: some XDREnum) -> String {
    switch snakeCase(code) {
    case "no_account": "\(prefix)_no_source_account"
    case "already_exist": "op_already_exists"
    case "bad_min_seq_age_or_gap": "tx_bad_minseq_age_or_gap"
    case let name: "\(prefix)_\(name)"
    }
}

private func snakeCase(_ code: some XDREnum) -> String {
    "\(code)".reduce(into: "") { text, character in
        text += character.isUppercase ? "_\(character.lowercased())" : String(character)
    }
}
