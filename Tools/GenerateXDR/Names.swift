import Foundation

/// The protocol's names in Swift's case.
enum Names {
    /// Types that would hide one of Swift's.
    private static let taken: Set<String> = ["Error", "Duration"]
    private static let integers = [
        "int32": "Int32", "uint32": "UInt32", "int64": "Int64", "uint64": "UInt64",
    ]
    private static let keywords: Set<String> = [
        "as", "break", "case", "catch", "class", "continue", "default", "defer", "do", "else",
        "enum", "extension", "false", "for", "func", "if", "import", "in", "init", "inout",
        "internal", "is", "let", "nil", "operator", "private", "protocol", "public", "repeat",
        "return", "self", "static", "struct", "super", "switch", "throw", "true", "try", "var",
        "where", "while",
    ]

    /// `uint32` → `UInt32`, `string64` → `String64`, `Error` → `StellarError`.
    static func type(_ name: String) -> String {
        if let integer = integers[name] { return integer }
        if taken.contains(name) { return "Stellar" + name }
        return name.prefix(1).uppercased() + name.dropFirst()
    }

    /// `nonce_key` → `nonceKey`, `default` → `` `default` ``.
    static func field(_ name: String) -> String {
        let words = name.split(separator: "_")
        let rest = words.dropFirst().map { $0.prefix(1).uppercased() + $0.dropFirst() }
        return quoted(((words.first.map(String.init) ?? "") + rest.joined()))
    }

    /// `SCV_LEDGER_KEY_NONCE` of an enum whose members begin with `SCV_` → `ledgerKeyNonce`.
    static func member(_ name: String, of definition: Definition) -> String {
        let prefix = prefix(of: definition)
        var words = name.dropFirst(prefix.count).split(separator: "_").map(String.init)
        if words.first?.first?.isNumber == true, let word = prefix.split(separator: "_").last {
            words.insert(String(word), at: 0)
        }
        return quoted(camel(words))
    }

    /// `MAX_OPS_PER_TX` → `maxOpsPerTx`.
    static func constant(_ name: String) -> String {
        camel(name.split(separator: "_").map(String.init))
    }

    /// What all members begin with: what the definitions say, or the type's own name, or `tx`.
    private static func prefix(of definition: Definition) -> String {
        if let prefix = definition.memberPrefix, !prefix.isEmpty { return prefix }
        let names = (definition.members ?? []).map(\.name)
        let whole = snake(definition.name).uppercased() + "_"
        let shorter = ["TYPE_", "KIND_", "FLAGS_"].filter(whole.hasSuffix).map {
            String(whole.dropLast($0.count))
        }
        return ([whole] + shorter + ["tx", "op"]).first { candidate in
            names.allSatisfy { $0.hasPrefix(candidate) && $0.count > candidate.count }
        } ?? ""
    }

    /// Words in capitals become `lowerCamel`; a word in mixed case keeps its inner capitals.
    private static func camel(_ words: [String]) -> String {
        words.enumerated().map { index, word in
            let isShouted = !word.contains { $0.isLowercase }
            if index == 0 { return isShouted ? word.lowercased() : lowerFirst(word) }
            return isShouted
                ? word.prefix(1) + word.dropFirst().lowercased()
                : word.prefix(1).uppercased() + word.dropFirst()
        }.joined()
    }

    /// `VmCachedInstantiation` → `vmCachedInstantiation`, `IPv4` → `ipv4`.
    private static func lowerFirst(_ word: String) -> String {
        let capitals = word.prefix { $0.isUppercase }.count
        return word.prefix(max(capitals, 1)).lowercased() + word.dropFirst(max(capitals, 1))
    }

    /// `ClaimableBalanceIDType` → `Claimable_Balance_ID_Type`; also the words of XDR-JSON, which
    /// are these in lower case.
    static func snake(_ name: String) -> String {
        let characters = Array(name)
        var result = ""
        for (index, character) in characters.enumerated() {
            if index > 0, character.isUppercase {
                let follows = characters[index - 1].isLowercase || characters[index - 1].isNumber
                let starts = index + 1 < characters.count && characters[index + 1].isLowercase
                if follows || (starts && characters[index - 1].isUppercase) { result.append("_") }
            }
            result.append(character)
        }
        return result
    }

    private static func quoted(_ name: String) -> String {
        keywords.contains(name) ? "`\(name)`" : name
    }
}
