/// What stood in the places of a path that have a name, decoded.
public struct PathParameters: Hashable, Sendable {
    private var names: [String] = []
    private var values: [String] = []

    /// None.
    public init() {}

    init(names: [String], values: [String]) {
        self.names = names
        self.values = values
    }

    /// The text in the place called `name`.
    public subscript(name: String) -> String? {
        names.firstIndex(of: name).map { values[$0] }
    }

    /// The value in the place called `name`, which must be readable.
    /// - Throws: ``Problem``, `http.parameter_invalid`, or `http.parameter_missing` if the route
    ///   has no such place.
    public func require<Value: LosslessStringConvertible>(
        _ name: String, as type: Value.Type = Value.self
    ) throws(Problem) -> Value {
        guard let text = self[name] else { throw .missingParameter(name) }
        guard let value = Value(text) else { throw .invalidParameter(name, text, as: type) }
        return value
    }
}
