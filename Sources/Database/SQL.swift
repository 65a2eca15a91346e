/// A statement as it is written, with its values kept apart: `"… WHERE id = \(id)"` binds `id`, it
/// is never part of the text.
///
/// There is no other way to put a value in, so a value cannot become SQL. Table and column names
/// are written out; where a statement is put together from parts, ``raw(_:)`` takes literals only.
public struct SQL: Sendable, Hashable, ExpressibleByStringInterpolation {
    /// What is collected while the compiler walks an interpolated literal.
    public struct StringInterpolation: StringInterpolationProtocol {
        var fragments: [String] = [""]
        var values: [SQLValue] = []

        /// Makes room for the literal.
        public init(literalCapacity: Int, interpolationCount: Int) {
            values.reserveCapacity(interpolationCount)
        }

        /// The text between values.
        public mutating func appendLiteral(_ literal: String) {
            fragments[fragments.count - 1] += literal
        }

        /// A value: it is bound.
        public mutating func appendInterpolation(_ value: some SQLConvertible) {
            values.append(value.sqlValue)
            fragments.append("")
        }

        /// A value or `NULL`: it is bound.
        public mutating func appendInterpolation(_ value: (some SQLConvertible)?) {
            values.append(value.sqlValue)
            fragments.append("")
        }

        /// A value that is already one: it is bound.
        public mutating func appendInterpolation(_ value: SQLValue) {
            values.append(value)
            fragments.append("")
        }

        /// A list of values for `IN (…)`: each is bound. An empty list matches nothing.
        public mutating func appendInterpolation(list: [some SQLConvertible]) {
            guard !list.isEmpty else { return appendLiteral("NULL") }
            for (index, value) in list.enumerated() {
                if index > 0 { appendLiteral(", ") }
                appendInterpolation(value)
            }
        }

        /// A part of a statement, with its own values.
        public mutating func appendInterpolation(_ part: SQL) {
            for (index, fragment) in part.fragments.enumerated() {
                appendLiteral(fragment)
                guard index < part.values.count else { continue }
                appendInterpolation(part.values[index])
            }
        }
    }

    /// The text before, between and after the values: always one more than there are values.
    let fragments: [String]
    /// The values, in order.
    public let values: [SQLValue]

    /// A statement without values.
    public init(stringLiteral text: String) {
        fragments = [text]
        values = []
    }

    /// A statement with its values bound.
    public init(stringInterpolation: StringInterpolation) {
        fragments = stringInterpolation.fragments
        values = stringInterpolation.values
    }

    /// A literal part to put into another statement: a list of columns, an order.
    public static func raw(_ text: StaticString) -> SQL { SQL(stringLiteral: "\(text)") }

    /// The text with numbered placeholders: `prefix` and the number, from 1 (`?1`, `$1`).
    func text(placeholder prefix: String) -> String {
        guard var text = fragments.first else { return "" }
        for (index, fragment) in fragments.dropFirst().enumerated() {
            text += "\(prefix)\(index + 1)\(fragment)"
        }
        return text
    }
}
