/// The parameters of a query or a form, decoded, in their order.
public struct HTTPQuery: Hashable, Sendable {
    /// The most parameters that are read.
    public static let countMax = 1000

    /// One of them.
    public struct Item: Hashable, Sendable {
        /// What stands before the `=`.
        public var name: String
        /// What stands behind it; empty if there is none.
        public var value: String
    }

    /// All of them.
    public let items: [Item]

    /// Decodes `a=1&b=2`.
    /// - Throws: ``Problem``, `http.bad_target`.
    public init(parsing text: String) throws(Problem) {
        var items: [Item] = []
        for pair in text.split(separator: "&", maxSplits: Self.countMax) {
            guard items.count < Self.countMax else {
                throw .badTarget("The query has more than \(Self.countMax) parameters.")
            }
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = PercentCoding.decode(parts[0], plusIsSpace: true),
                let value = PercentCoding.decode(
                    parts.count > 1 ? parts[1] : "", plusIsSpace: true)
            else { throw .badTarget("The query is not percent-encoded UTF-8: \(pair)") }
            items.append(Item(name: name, value: value))
        }
        self.items = items
    }

    /// The first value under `name`.
    public subscript(name: String) -> String? { items.first { $0.name == name }?.value }

    /// Every value under `name`.
    public func values(_ name: String) -> [String] {
        items.filter { $0.name == name }.map(\.value)
    }

    /// The value under `name`, which must be there and readable.
    /// - Throws: ``Problem``, `http.parameter_missing` or `http.parameter_invalid`.
    public func require<Value: LosslessStringConvertible>(
        _ name: String, as type: Value.Type = Value.self
    ) throws(Problem) -> Value {
        guard let value = try optional(name, as: type) else { throw .missingParameter(name) }
        return value
    }

    /// The value under `name` if it is there, which must then be readable.
    /// - Throws: ``Problem``, `http.parameter_invalid`.
    public func optional<Value: LosslessStringConvertible>(
        _ name: String, as type: Value.Type = Value.self
    ) throws(Problem) -> Value? {
        guard let text = self[name] else { return nil }
        guard let value = Value(text) else { throw .invalidParameter(name, text, as: type) }
        return value
    }
}
