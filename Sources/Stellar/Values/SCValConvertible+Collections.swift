public import StellarXDR

extension Dictionary: SCValConvertible where Key: SCValConvertible, Value: SCValConvertible {
    /// From `map`.
    public init(scVal: SCVal) throws(SCValError) {
        guard case .map(let entries?) = scVal else { throw scVal.mismatch(.map) }
        self.init(minimumCapacity: entries.count)
        for entry in entries {
            self[try Key(scVal: entry.key)] = try Value(scVal: entry.val)
        }
        guard count == entries.count else { throw .wrongCount(entries.count, expected: count) }
    }
    /// As `map`, in the order of the keys that contracts demand.
    public var scVal: SCVal {
        .map(
            map { SCMapEntry(key: $0.scVal, val: $1.scVal) }
                .sorted { $0.key.precedes($1.key) })
    }
}

/// Values of several types, one of each: what contracts call a tuple.
public struct ContractTuple<each Element: SCValConvertible & Hashable & Sendable>:
    SCValConvertible, Hashable, Sendable
{
    /// The values.
    public var elements: (repeat each Element)

    /// A tuple of these values.
    public init(_ elements: repeat each Element) { self.elements = (repeat each elements) }

    /// From `vec`, with as many elements.
    public init(scVal: SCVal) throws(SCValError) {
        var count = 0
        for _ in repeat (each Element).self { count += 1 }
        var rest = try scVal.tuple(count: count)[...]
        elements = (repeat try Self.next((each Element).self, of: &rest))
    }

    /// As `vec`.
    public var scVal: SCVal {
        var values: [SCVal] = []
        for element in repeat each elements { values.append(element.scVal) }
        return .vec(values)
    }

    private static func next<Value: SCValConvertible>(
        _ type: Value.Type, of rest: inout ArraySlice<SCVal>
    ) throws(SCValError) -> Value {
        guard let value = rest.popFirst() else { throw .wrongCount(0, expected: 1) }
        return try Value(scVal: value)
    }

    /// Whether each is the same.
    public static func == (one: Self, other: Self) -> Bool {
        for (left, right) in repeat (each one.elements, each other.elements) {
            guard left == right else { return false }
        }
        return true
    }

    /// Mixes in each.
    public func hash(into hasher: inout Hasher) {
        for element in repeat each elements { hasher.combine(element) }
    }
}

/// Bytes of a number that the type says: what contracts call `BytesN`.
public struct ContractBytes<let count: Int>: SCValConvertible, Hashable, Sendable {
    /// As many as the type says.
    public let bytes: [UInt8]

    /// Of these bytes.
    /// - Throws: ``SCValError/wrongCount(_:expected:)``.
    public init(_ bytes: [UInt8]) throws(SCValError) {
        guard bytes.count == count else { throw .wrongCount(bytes.count, expected: count) }
        self.bytes = bytes
    }

    /// From `bytes`, as many as the type says.
    public init(scVal: SCVal) throws(SCValError) {
        try self.init(SCBytes(scVal: scVal).bytes)
    }

    /// As `bytes`.
    public var scVal: SCVal { .bytes(SCBytes(bytes)) }
}
