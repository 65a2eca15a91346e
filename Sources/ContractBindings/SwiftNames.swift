internal import StellarXDR

/// Names of a specification as Swift's names.
enum SwiftNames {
    /// The words that Swift keeps for itself, and takes in quotes.
    private static let keywords: Set<String> = [
        "as", "associatedtype", "await", "break", "case", "catch", "class", "continue", "default",
        "defer",
        "deinit", "do", "else", "enum", "extension", "fallthrough", "false", "fileprivate", "for",
        "func", "guard", "if", "import", "in", "inout", "internal", "is", "let", "nil",
        "operator", "precedencegroup", "private", "protocol", "public", "repeat", "rethrows",
        "return", "static", "struct", "subscript", "super", "switch", "throw", "throws",
        "true", "try", "typealias", "var", "where", "while",
    ]

    /// The words that mean something else behind a dot even in quotes.
    private static let taken: Set<String> = ["self", "init", "_"]

    /// What types of a contract may not be called, since the client says it of something else.
    private static let takenTypes: Set<String> = [
        "Any", "AnyObject", "Array", "Bool", "CaseIterable", "ContractBytes", "ContractCall",
        "ContractDuration", "ContractID", "ContractTimepoint", "ContractTuple", "Dictionary",
        "Equatable", "Error", "Hash", "Hashable", "Int", "Int128", "Int256Parts", "Int32", "Int64",
        "Never", "NoValue", "Optional", "Protocol", "RawRepresentable", "SCAddress", "SCBytes",
        "SCError", "SCMapEntry", "SCSymbol", "SCVal", "SCValConvertible", "SCValError", "Self",
        "Sendable", "Stellar", "StellarXDR", "String", "Swift", "Type", "UInt128", "UInt256Parts",
        "UInt32", "UInt64", "Void", "self",
    ]

    /// `ticket_hash` → `ticketHash`, quoted where Swift has the word for itself.
    static func quoted(_ word: String) -> String {
        keywords.contains(word) ? "`\(word)`" : word
    }

    /// `ticket_hash` → `ticketHash`: letters and digits, a letter first.
    static func camel(_ name: [UInt8]) -> String {
        let words = clean(name).split(separator: "_").map(String.init)
        let first = words.first.map { $0.prefix(1).lowercased() + $0.dropFirst() } ?? "unnamed"
        let word =
            first + words.dropFirst().map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
        if word.first?.isNumber == true { return "value\(word)" }
        return taken.contains(word) ? "\(word)_" : word
    }

    /// The name as a type's, which has its form already.
    static func type(_ name: [UInt8]) -> String {
        let word = clean(name)
        guard let first = word.first(where: { $0 != "_" }) else { return "Unnamed" }
        let free = first.isNumber && word.first != "_" ? "Type\(word)" : word
        let isTaken =
            takenTypes.contains(free) || keywords.contains(free) || taken.contains(free)
        return isTaken ? "Contract\(free)" : free
    }

    /// Each name as Swift's, no two the same: a later one gets a number.
    static func unique(_ names: [String], besides used: Set<String> = []) -> [String] {
        var used = used
        return names.map { name in
            var free = name
            var number = 2
            while !used.insert(free).inserted {
                free = "\(name)\(number)"
                number += 1
            }
            return free
        }
    }

    private static func clean(_ name: [UInt8]) -> String {
        String(
            decoding: name.map { SwiftText.isIdentifierByte($0) ? $0 : UInt8(ascii: "_") },
            as: UTF8.self)
    }
}
