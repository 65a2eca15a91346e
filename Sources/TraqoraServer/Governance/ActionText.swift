import Stellar
import StellarXDR
import TraqoraContracts

/// What a proposal does, in words: which contract, what it is asked, with what.
struct ActionText: Sendable {
    /// The contracts that are known, by address.
    let contracts: [String: ContractCode]

    /// What one of these contracts takes, by function.
    private static let interfaces: [ContractCode: ContractSpec] = {
        var all: [ContractCode: ContractSpec] = [:]
        for code in ContractCode.allCases { all[code] = try? ContractSpec(wasm: code.wasm) }
        return all
    }()

    /// How deep, and how much, of an argument is told.
    private static let (depthMax, itemsMax) = (4, 20)

    func sentence(_ action: ProposalRow.Action) -> String {
        let code = contracts[action.contract]
        let name = code?.rawValue ?? "the contract \(action.contract)"
        let arguments = action.arguments.map { text in
            (try? SCVal(base64: text)).map { Self.text($0, depth: 0) } ?? "?"
        }
        let names = Self.names(action.function, of: code)
        let named = arguments.enumerated().map { index, text in
            index < names.count ? "\(names[index]) \(text)" : text
        }
        return "Ask \(name) to \(action.function.replacing("_", with: " "))"
            + (named.isEmpty ? "." : ": \(named.joined(separator: ", ")).")
    }

    /// What Governance does with itself is no function of its interface.
    private static func names(_ function: String, of code: ContractCode?) -> [String] {
        guard let code else { return [] }
        if code == .governance {
            switch function {
            case "set_settings": return ["settings"]
            case "set_guardian": return ["guardian"]
            case "pause": return ["seconds"]
            case "upgrade": return ["code"]
            case "authorize": return ["calls"]
            default: return []
            }
        }
        return interfaces[code]?.functions.first { "\($0.name)" == function }?.inputs
            .map { "\($0.name)" } ?? []
    }

    private static func text(_ value: SCVal, depth: Int) -> String {
        switch value {
        case .bool(let value): return "\(value)"
        case .void: return "nothing"
        case .u32(let value): return "\(value)"
        case .i32(let value): return "\(value)"
        case .u64(let value): return "\(value)"
        case .i64(let value): return "\(value)"
        case .u128, .i128:
            if let number = try? value.decode() as Int128 { return "\(number)" }
            return (try? value.decode() as UInt128).map { "\($0)" } ?? "a large number"
        case .bytes(let bytes): return Hex.encode(bytes.bytes)
        case .string(let text): return "“\(text)”"
        case .symbol(let symbol): return "\(symbol)"
        case .address(let address): return "\(address)"
        case .vec(let items?):
            guard depth < depthMax else { return "[…]" }
            let texts = items.prefix(itemsMax).map { text($0, depth: depth + 1) }
            return "[\((texts + (items.count > itemsMax ? ["…"] : [])).joined(separator: ", "))]"
        case .map(let fields?):
            guard depth < depthMax else { return "{…}" }
            let texts = fields.prefix(itemsMax).map {
                "\(text($0.key, depth: depth + 1)): \(text($0.val, depth: depth + 1))"
            }
            return "{\((texts + (fields.count > itemsMax ? ["…"] : [])).joined(separator: ", "))}"
        default: return "a value"
        }
    }
}
