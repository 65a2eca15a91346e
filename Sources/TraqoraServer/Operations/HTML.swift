/// HTML that is written: text is escaped, tags are ours.
struct HTML: ExpressibleByStringInterpolation, Sendable {
    /// The text.
    private(set) var text: String

    init(stringLiteral value: String) { text = value }
    init(stringInterpolation: StringInterpolation) { text = stringInterpolation.text }
    /// All of these, one after the other.
    init(_ parts: [HTML]) { text = parts.map(\.text).joined(separator: "\n") }

    /// Puts text between tags.
    struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var text = ""

        init(literalCapacity: Int, interpolationCount: Int) {}
        mutating func appendLiteral(_ literal: String) { text += literal }
        mutating func appendInterpolation(_ html: HTML) { text += html.text }
        mutating func appendInterpolation(_ plain: String) { text += HTML.escaped(plain) }
        mutating func appendInterpolation(_ number: Int) { text += "\(number)" }
    }

    /// A sentence whose words between backticks are code.
    static func sentence(_ plain: String) -> HTML {
        let parts = plain.split(separator: "`", omittingEmptySubsequences: false)
        return HTML(
            joining: parts.enumerated().map { index, part in
                index % 2 == 1 ? "<code>\(String(part))</code>" : "\(String(part))"
            })
    }

    /// A table; nothing without rows.
    static func table(_ heads: [String], _ rows: [[HTML]]) -> HTML {
        guard !rows.isEmpty else { return "" }
        let head = HTML(joining: heads.map { "<th>\($0)</th>" })
        let body = HTML(
            rows.map { row in "<tr>\(HTML(joining: row.map { "<td>\($0)</td>" }))</tr>" })
        return "<table><thead><tr>\(head)</tr></thead><tbody>\n\(body)\n</tbody></table>"
    }

    private init(joining parts: [HTML]) { text = parts.map(\.text).joined() }

    private static func escaped(_ plain: String) -> String {
        plain.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
            .replacing(">", with: "&gt;").replacing("\"", with: "&quot;")
    }
}
