/// What documentation comments say of types that are `Codable`, and of their fields.
///
/// Reads what `swift format` writes: one declaration a line, four columns a level.
struct TypeComments {
    private struct Scope {
        var indentation: Int
        var name: String
        var isCodingKeys: Bool
    }

    private var codable: Set<String> = []
    private var meanings: [String: String] = [:]
    /// The names in JSON of a type's fields, where they differ.
    private var names: [String: [String: String]] = [:]
    private var scopes: [Scope] = []
    private var comment: [String] = []

    /// A line each: the type, or type and field, a tab, what it means.
    var lines: [String] {
        meanings.compactMap { key, meaning -> String? in
            guard !codable.contains(key) else { return "\(key)\t\(meaning)" }
            guard let dot = key.lastIndex(of: "."), codable.contains(String(key[..<dot])) else {
                return nil
            }
            let (type, field) = (String(key[..<dot]), String(key[key.index(after: dot)...]))
            return "\(type).\(names[type]?[field] ?? field)\t\(meaning)"
        }.sorted()
    }

    /// Reads a file.
    mutating func read(_ source: String) {
        scopes = []
        comment = []
        for line in source.split(separator: "\n", omittingEmptySubsequences: false) {
            read(line: line)
        }
    }

    private mutating func read(line: Substring) {
        let code = line.drop { $0 == " " }
        guard !code.isEmpty else { return comment = [] }
        if code.hasPrefix("///") {
            comment.append(String(code.dropFirst(3).drop { $0 == " " }))
            return
        }
        defer { comment = [] }
        let indentation = line.count - code.count
        if code.hasPrefix("}") {
            scopes.removeAll { $0.indentation >= indentation }
            return
        }
        if let match = code.firstMatch(of: Self.type) {
            open(match, at: indentation, code)
        } else if let scope = scopes.last, scope.isCodingKeys {
            readNames(code, of: scopes.dropLast().map(\.name).joined(separator: "."))
        } else if let match = code.prefixMatch(of: Self.field) {
            note(String(match.1))
        }
    }

    private static var type: Regex<(Substring, Substring, Substring)> {
        /^(?:[a-z]+ )*(struct|enum|extension) ([A-Za-z_.]+)/
    }
    private static var field: Regex<(Substring, Substring)> {
        /public (?:internal\(set\) |private\(set\) )?(?:let|var) ([a-zA-Z]+):/
    }

    private mutating func open(
        _ match: Regex<(Substring, Substring, Substring)>.Match, at indentation: Int,
        _ code: Substring
    ) {
        let name = String(match.2)
        scopes.append(
            Scope(indentation: indentation, name: name, isCodingKeys: name == "CodingKeys"))
        let path = scopes.map(\.name).joined(separator: ".")
        if code.contains("Codable") { codable.insert(path) }
        if match.1 != "extension" { note("") }
        // It ends where it begins.
        if code.hasSuffix("}") {
            if name == "CodingKeys", let brace = code.firstIndex(of: "{") {
                readNames(
                    code[code.index(after: brace)...].drop { $0 == " " },
                    of: scopes.dropLast().map(\.name).joined(separator: "."))
            }
            scopes.removeLast()
        }
    }

    /// `case id, offerID = "offer_id"`.
    private mutating func readNames(_ code: Substring, of type: String) {
        for match in code.matches(of: /([a-zA-Z]+) = "([a-z_0-9]+)"/) {
            names[type, default: [:]][String(match.1)] = String(match.2)
        }
    }

    /// Keeps the comment that stands before a field of the type that is open, or before itself.
    private mutating func note(_ field: String) {
        let text = comment.prefix { !$0.hasPrefix("- ") }.filter { !$0.isEmpty }
            .joined(separator: " ").replacing("``", with: "`").replacing("\t", with: " ")
        guard !text.isEmpty else { return }
        let path = scopes.map(\.name) + (field.isEmpty ? [] : [field])
        meanings[path.joined(separator: ".")] = text
    }
}
