public import StellarXDR

/// A Swift type that contracts understand as well.
public protocol SCValConvertible {
    /// The value, read from what a contract gave.
    init(scVal: SCVal) throws(SCValError)
    /// The value, as a contract takes it.
    var scVal: SCVal { get }
}

/// Why a contract's value is not what is expected.
public enum SCValError: Error, Hashable, Sendable {
    /// A value of another type.
    case unexpectedType(expected: SCValType, found: SCValType)
    /// A number that does not fit.
    case outOfRange
    /// A structure without this field.
    case missingField(SCSymbol)
    /// Another number of elements.
    case wrongCount(Int, expected: Int)
    /// A case that the enum does not have.
    case unknownCase(SCSymbol)
}

extension SCValError: CustomStringConvertible {
    /// A sentence.
    public var description: String {
        switch self {
        case .unexpectedType(let expected, let found):
            "the contract gave a value of type \(found) where \(expected) is expected"
        case .outOfRange: "the contract gave a number that does not fit"
        case .missingField(let name): "the contract's structure has no field \(name)"
        case .wrongCount(let count, let expected):
            "the contract gave \(count) elements where \(expected) are expected"
        case .unknownCase(let name): "the contract gave an unknown case \(name)"
        }
    }
}

extension SCVal: SCValConvertible {
    /// Itself.
    public init(scVal: SCVal) throws(SCValError) { self = scVal }
    /// Itself.
    public var scVal: SCVal { self }

    /// The value as `Value`.
    public func decode<Value: SCValConvertible>(
        as type: Value.Type = Value.self
    ) throws(SCValError) -> Value {
        try Value(scVal: self)
    }

    func mismatch(_ expected: SCValType) -> SCValError {
        .unexpectedType(expected: expected, found: discriminant)
    }
}
