/// Why JSON is not a value of a type, or the other way round.
public enum XDRJSONError: Error, Hashable, Sendable {
    /// It is no JSON, from this byte on.
    case syntax(at: Int)
    /// The protocol has no type of this name.
    case unknownType(String)
    /// Something else is expected here.
    case expected(String, found: String)
    /// A structure has no field of this name, or lacks one.
    case field(String, of: String)
    /// The XDR is wrong.
    case xdr(XDRError)
}

extension XDRJSONError: CustomStringConvertible {
    /// A sentence for people.
    public var description: String {
        switch self {
        case .syntax(let at): "the text is no JSON, from byte \(at) on"
        case .unknownType(let name): "the protocol has no type \(name)"
        case .expected(let what, let found): "\(what) is expected, not \(found)"
        case .field(let name, let type): "the field \(name) of \(type) is missing or unknown"
        case .xdr(let error): "\(error)"
        }
    }
}
