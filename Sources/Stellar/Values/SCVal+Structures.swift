public import StellarXDR

extension SCVal {
    /// A structure of a contract: a map by the names of its fields, in the order of the names.
    public static func structure(_ fields: KeyValuePairs<SCSymbol, SCVal>) -> SCVal {
        .map(
            fields.sorted { $0.key < $1.key }
                .map { SCMapEntry(key: .symbol($0.key), val: $0.value) })
    }

    /// A case of a contract's enum that carries values: a list that begins with the case's name.
    public static func variant(_ name: SCSymbol, _ values: [SCVal] = []) -> SCVal {
        .vec([.symbol(name)] + values)
    }

    /// The field of a structure.
    public func field<Value: SCValConvertible>(
        _ name: SCSymbol, as type: Value.Type = Value.self
    ) throws(SCValError) -> Value {
        guard case .map(let entries?) = self else { throw mismatch(.map) }
        guard let entry = entries.first(where: { $0.key == .symbol(name) }) else {
            throw .missingField(name)
        }
        return try Value(scVal: entry.val)
    }

    /// The name of an enum's case, and what it carries.
    public func variant() throws(SCValError) -> (name: SCSymbol, values: [SCVal]) {
        guard case .vec(let values?) = self else { throw mismatch(.vec) }
        guard let first = values.first else { throw .wrongCount(0, expected: 1) }
        return (try SCSymbol(scVal: first), Array(values.dropFirst()))
    }

    /// The elements of a tuple.
    public func tuple(count: Int) throws(SCValError) -> [SCVal] {
        guard case .vec(let values?) = self else { throw mismatch(.vec) }
        guard values.count == count else { throw .wrongCount(values.count, expected: count) }
        return values
    }

    /// An address, `G…`, `C…` or `M…`.
    public static func address(_ text: String) throws(StrKeyError) -> SCVal {
        .address(try SCAddress(parsing: text))
    }
}
