/// Why bytes are not a value of a type, or a value has no bytes. RFC 4506.
public enum XDRError: Error, Hashable, Sendable {
    /// The input ends inside the field at `at`.
    case truncated(at: Int)
    /// `count` bytes follow the value that ends at `at`.
    case trailing(_ count: Int, at: Int)
    /// A length above what the type allows.
    case tooLong(_ count: Int, limit: Int, at: Int)
    /// A length other than the one that the type has.
    case wrongLength(_ count: Int, expected: Int)
    /// Padding that is not zero, in the field at `at`.
    case padding(at: Int)
    /// A Boolean that is neither 0 nor 1.
    case notBoolean(_ value: UInt32, at: Int)
    /// A number that no case of the enum or union `of` has.
    case unknownCase(_ value: Int32, of: String, at: Int)
    /// Deeper than ``XDRDecoder/depthMax`` levels.
    case tooDeep(at: Int)
    /// Text that is not base64: RFC 4648 §4, padded, no other characters, no spare bits.
    case notBase64
}

extension XDRError: CustomStringConvertible {
    /// A sentence for people.
    public var description: String {
        switch self {
        case .truncated(let at): "the XDR ends too early: the field at byte \(at) is incomplete"
        case .trailing(let count, let at): "\(count) bytes follow the XDR value at byte \(at)"
        case .tooLong(let count, let limit, let at):
            "the XDR field at byte \(at) has length \(count), at most \(limit) are allowed"
        case .wrongLength(let count, let expected):
            "\(count) bytes where \(expected) are expected"
        case .padding(let at): "the padding of the XDR field at byte \(at) is not zero"
        case .notBoolean(let value, let at):
            "the XDR Boolean at byte \(at) is \(value), neither 0 nor 1"
        case .unknownCase(let value, let type, let at):
            "\(type) has no case \(value), at byte \(at)"
        case .tooDeep(let at): "the XDR value is nested too deeply, at byte \(at)"
        case .notBase64: "the text is not base64 with padding"
        }
    }
}
