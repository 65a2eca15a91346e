/// Why a text is not a key.
public enum StrKeyError: Error, Hashable, Sendable {
    /// Something other than the 32 characters of base32: upper case and no padding, SEP-23.
    case notBase32
    /// A number of characters that no key of its kind has, or bits to spare that are not zero.
    case wrongLength
    /// Some character was mistyped.
    case wrongChecksum
    /// It begins with a letter that no kind of key has.
    case unknownKind
    /// Its inner length, padding or type is wrong.
    case malformed
    /// It is a key, but not of the kind that is needed here.
    case notThisKind(found: StrKey.Kind)
}

extension StrKeyError: CustomStringConvertible {
    /// A sentence for people.
    public var description: String {
        switch self {
        case .notBase32: "a key has only the letters A to Z and the digits 2 to 7"
        case .wrongLength: "the key has too few or too many characters"
        case .wrongChecksum: "the key's checksum is wrong: a character was mistyped"
        case .unknownKind: "no kind of key begins with this letter"
        case .malformed: "the key's content is malformed"
        case .notThisKind(let kind): "this is \(kind.article) key, which does not fit here"
        }
    }
}
