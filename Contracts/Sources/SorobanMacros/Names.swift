import SwiftDiagnostics
import SwiftSyntax
import SwiftSyntaxMacros

/// What is wrong with a declaration, at the place where it is.
struct Fault: DiagnosticMessage, Error {
    var message: String
    var diagnosticID: MessageID { MessageID(domain: "Soroban", id: message) }
    var severity: DiagnosticSeverity { .error }

    init(_ message: String) { self.message = message }
}

extension MacroExpansionContext {
    func report(_ message: String, at node: some SyntaxProtocol) {
        diagnose(Diagnostic(node: node, message: Fault(message)))
    }
}

/// `transferFrom` is `transfer_from` on the ledger, `ticketID` is `ticket_id`.
func snakeCase(_ name: String) -> String {
    let characters = Array(name.trimmingBackticks)
    var result = ""
    for (index, character) in characters.enumerated() {
        let previous = index > 0 ? characters[index - 1] : "_"
        let isFollowedByLower = index + 1 < characters.count && characters[index + 1].isLowercase
        if character.isUppercase, previous != "_", !previous.isUppercase || isFollowedByLower {
            result.append("_")
        }
        result.append(contentsOf: character.lowercased())
    }
    return result
}

extension String {
    var trimmingBackticks: String { filter { $0 != "`" } }

    /// As a literal of Swift.
    var quoted: String {
        let escaped = flatMap { character -> String in
            switch character {
            case "\\": "\\\\"
            case "\"": "\\\""
            case "\n": "\\n"
            default: String(character)
            }
        }
        return "\"" + String(escaped) + "\""
    }
}

/// Whether the characters are those of a symbol, and not too many.
func isSymbol(_ name: String, maximum: Int = 32) -> Bool {
    !name.isEmpty && name.utf8.count <= maximum
        && name.utf8.allSatisfy { sixBits(of: $0) != nil }
}

private func sixBits(of character: UInt8) -> UInt64? {
    switch character {
    case UInt8(ascii: "_"): 1
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt64(character - UInt8(ascii: "0")) + 2
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt64(character - UInt8(ascii: "A")) + 12
    case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt64(character - UInt8(ascii: "a")) + 38
    default: nil
    }
}

/// The word of a symbol of at most nine characters: six bits each, the first one highest.
func symbolWord(_ name: String) -> String? {
    guard isSymbol(name, maximum: 9) else { return nil }
    let body = name.utf8.reduce(UInt64(0)) { $0 << 6 | (sixBits(of: $1) ?? 0) }
    return "0x" + String(body << 8 | 14, radix: 16)
}

/// An expression for the word of a symbol of any length.
func symbolExpression(_ name: String) -> String {
    symbolWord(name) ?? "Symbol(long: \(name.quoted)).value.word"
}

/// The first paragraph of the documentation comment, in one line.
func documentation(of node: some SyntaxProtocol) -> String {
    var lines: [String] = []
    for piece in node.leadingTrivia {
        guard case .docLineComment(let text) = piece else { continue }
        let line = text.dropFirst(3).drop { $0 == " " }
        if line.isEmpty {
            if lines.isEmpty { continue }
            break
        }
        lines.append(String(line))
    }
    // At most 1,024 bytes (`SC_SPEC_DOC_LIMIT`), and no part of a character.
    var text = lines.joined(separator: " ")
    while text.utf8.count > 1_024 { text.removeLast() }
    return text
}

/// `public ` or `package ` if the declaration is: what is made for it must be too.
func access(of modifiers: DeclModifierListSyntax) -> String {
    for modifier in modifiers {
        let name = modifier.name.text
        if name == "public" || name == "package" { return name + " " }
    }
    return ""
}

extension DeclModifierListSyntax {
    func contains(_ names: String...) -> Bool { contains { names.contains($0.name.text) } }
}
