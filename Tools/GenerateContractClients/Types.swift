import Stellar
import StellarXDR

extension ClientWriter {
    /// The words that Swift keeps for itself.
    private static let keywords: Set<String> = [
        "as", "associatedtype", "break", "case", "catch", "class", "continue", "default", "defer",
        "deinit", "do", "else", "enum", "extension", "fallthrough", "false", "fileprivate", "for",
        "func", "guard", "if", "import", "in", "init", "inout", "internal", "is", "let", "nil",
        "operator", "precedencegroup", "private", "protocol", "public", "repeat", "rethrows",
        "return", "self", "static", "struct", "subscript", "super", "switch", "throw", "throws",
        "true", "try", "typealias", "var", "where", "while",
    ]

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
        case .timepoint: "ContractTimepoint"
        case .duration: "ContractDuration"
        case .u256: "UInt256Parts"
        case .i256: "Int256Parts"
        case .error: "SCError"
        // What has no Swift type of its own yet is passed on as it is.
        case .val, .map, .tuple: "SCVal"
        }
    }

    /// `ticket_hash` → `ticketHash`, quoted where Swift has the word for itself.
    func camel(_ name: String) -> String {
        let word = camelWords(name)
        return Self.keywords.contains(word) ? "`\(word)`" : word
    }

    /// The same behind a dot, where no quotes are needed.
    func bare(_ name: String) -> String { camelWords(name) }

    func camelWords(_ name: String) -> String {
        let words = name.split(separator: "_").map(String.init)
        let first = words.first.map { $0.prefix(1).lowercased() + $0.dropFirst() } ?? ""
        return first + words.dropFirst().map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    }
}
