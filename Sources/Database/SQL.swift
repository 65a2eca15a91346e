/// A statement as it is written, with its values kept apart: `"… WHERE id = \(id)"` binds `id`, it
/// is never part of the text.
///
/// There is no other way to put a value in, so a value cannot become SQL. Table and column names
/// are written out; where a statement is put together from parts, ``raw(_:)`` takes literals only.
public struct SQL: Sendable, Hashable, ExpressibleByStringInterpolation {
    /// What is collected while the compiler walks an interpolated literal.
    public struct StringInterpolation: StringInterpolationProtocol {
        var fragments: [Fragment] = [Fragment()]
        var values: [SQLValue] = []

        /// Makes room for the literal.
        public init(literalCapacity: Int, interpolationCount: Int) {
            values.reserveCapacity(interpolationCount)
        }

        /// The text between values.
        public mutating func appendLiteral(_ literal: String) {
            fragments[fragments.count - 1].append(literal, literal)
        }

        /// Words in which the engines differ; ``DatabaseEngine`` keeps them in one place.
        mutating func appendInterpolation(sqlite: StaticString, postgreSQL: StaticString) {
            fragments[fragments.count - 1].append("\(sqlite)", "\(postgreSQL)")
        }

        /// A value: it is bound.
        public mutating func appendInterpolation(_ value: some SQLConvertible) {
            values.append(value.sqlValue)
            fragments.append(Fragment())
        }

        /// A value or `NULL`: it is bound.
        public mutating func appendInterpolation(_ value: (some SQLConvertible)?) {
            values.append(value.sqlValue)
            fragments.append(Fragment())
        }

        /// A value that is already one: it is bound.
        public mutating func appendInterpolation(_ value: SQLValue) {
            values.append(value)
            fragments.append(Fragment())
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
                fragments[fragments.count - 1].append(fragment.sqlite, fragment.postgreSQL)
                guard index < part.values.count else { continue }
                appendInterpolation(part.values[index])
            }
        }
    }

    /// The text before, between and after the values: always one more than there are values.
    let fragments: [Fragment]
    /// The values, in order.
    public let values: [SQLValue]

    /// A statement without values.
    public init(stringLiteral text: String) {
        fragments = [Fragment(sqlite: text, postgreSQL: text)]
        values = []
    }

    /// A statement with its values bound.
    public init(stringInterpolation: StringInterpolation) {
        fragments = stringInterpolation.fragments
        values = stringInterpolation.values
    }

    /// A literal part to put into another statement: a list of columns, an order.
    public static func raw(_ text: StaticString) -> SQL { SQL(stringLiteral: "\(text)") }

    /// The text with numbered placeholders (`?1`, `$1`).
    func text(for engine: DatabaseEngine) -> String {
        guard var text = fragments.first?.text(for: engine) else { return "" }
        for (index, fragment) in fragments.dropFirst().enumerated() {
            text += "\(engine.placeholder)\(index + 1)"
            text += fragment.text(for: engine)
        }
        return text
    }

    /// Text without values, as each engine wants it.
    struct Fragment: Sendable, Hashable {
        var sqlite = ""
        var postgreSQL = ""

        mutating func append(_ sqlite: String, _ postgreSQL: String) {
            self.sqlite += sqlite
            self.postgreSQL += postgreSQL
        }

        func text(for engine: DatabaseEngine) -> String {
            switch engine {
            case .sqlite: sqlite
            case .postgreSQL: postgreSQL
            }
        }
    }
}
