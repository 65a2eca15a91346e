import Stellar
import StellarXDR

extension ClientWriter {
    /// The Swift of a contract's type.
    func type(_ type: SCSpecTypeDef) -> String {
        switch type {
        case .bool: "Bool"
        case .void: "NoValue"
        case .u32: "UInt32"
        case .i32: "Int32"
        case .u64: "UInt64"
        case .i64: "Int64"
        case .u128: "UInt128"
        case .i128: "Int128"
        case .bytes: "SCBytes"
        case .string: "String"
        case .symbol: "SCSymbol"
        case .address, .muxedAddress: "SCAddress"
        case .option(let option): "\(self.type(option.valueType))?"
        case .result(let result): self.type(result.okType)
        case .vec(let vector): "[\(self.type(vector.elementType))]"
        case .bytesN(let bytes): bytes.n == 32 ? "Hash" : "SCBytes"
        case .udt(let named):
            spec.errors.contains { $0.name == named.name } ? "SCVal" : "\(named.name)"
        // What has no Swift type of its own yet is passed on as it is.
        case .val, .error, .timepoint, .duration, .u256, .i256, .map, .tuple: "SCVal"
        }
    }

    /// `ticket_hash` → `ticketHash`, quoted where Swift has the word for itself.
    func camel(_ name: String) -> String {
        let word = camelWords(name)
        let keywords: Set<String> = ["operator", "in", "case", "default", "is", "for", "where"]
        return keywords.contains(word) ? "`\(word)`" : word
    }

    /// The same behind a dot, where no quotes are needed.
    func bare(_ name: String) -> String { camelWords(name) }

    func camelWords(_ name: String) -> String {
        let words = name.split(separator: "_").map(String.init)
        let first = words.first.map { $0.prefix(1).lowercased() + $0.dropFirst() } ?? ""
        return first + words.dropFirst().map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    }
}
