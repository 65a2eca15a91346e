/// The fields of a head, in their order. Names compare without regard to case, RFC 9110 section
/// 5.1.
public struct HTTPHeaders: Sendable {
    /// One line of a head.
    public struct Field: Hashable, Sendable {
        /// As it was written.
        public var name: String
        /// Without the white space around it.
        public var value: String
    }

    /// All lines, in order.
    public private(set) var fields: [Field] = []

    /// No fields.
    public init() {}

    /// The first value under `name`; setting replaces all of them, `nil` removes them.
    public subscript(name: String) -> String? {
        get { fields.first { equalIgnoringCase($0.name, name) }?.value }
        set {
            remove(name)
            if let newValue { append(name, newValue) }
        }
    }

    /// Every value under `name`.
    public func values(_ name: String) -> [String] {
        fields.filter { equalIgnoringCase($0.name, name) }.map(\.value)
    }

    /// Adds a line. One that cannot stand in a head (line breaks, control characters, an empty
    /// name) is left out, so that no value can become two lines.
    public mutating func append(_ name: String, _ value: String) {
        guard Self.isName(name), Self.isValue(value) else { return }
        fields.append(Field(name: name, value: value))
    }

    /// Adds all lines of another head.
    public mutating func append(contentsOf other: HTTPHeaders) { fields += other.fields }

    /// Removes every line under `name`.
    public mutating func remove(_ name: String) {
        fields.removeAll { equalIgnoringCase($0.name, name) }
    }

    /// Adds a line that came from the library, which has checked it.
    mutating func appendParsed(_ name: String, _ value: String) {
        fields.append(Field(name: name, value: value))
    }

    private static func isName(_ name: String) -> Bool {
        !name.isEmpty && allSatisfy(name, isToken)
    }

    private static func isValue(_ value: String) -> Bool {
        allSatisfy(value) { $0 == UInt8(ascii: "\t") || ($0 >= 0x20 && $0 != 0x7f) }
    }

    /// Over the bytes as they lie in memory, which most strings have in one piece.
    private static func allSatisfy(_ text: String, _ accepts: (UInt8) -> Bool) -> Bool {
        text.utf8.withContiguousStorageIfAvailable { $0.allSatisfy(accepts) }
            ?? text.utf8.allSatisfy(accepts)
    }

    private static func isToken(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "-"):
            true
        default: "!#$%&'*+.^_`|~".utf8.contains(byte)
        }
    }
}

extension HTTPHeaders: ExpressibleByDictionaryLiteral {
    /// `["Content-Type": "text/plain"]`.
    public init(dictionaryLiteral fields: (String, String)...) {
        for (name, value) in fields { append(name, value) }
    }
}

extension HTTPHeaders: Hashable {}

/// Whether two names are the same but for the case of ASCII letters.
func equalIgnoringCase(_ left: String, _ right: String) -> Bool {
    guard left.utf8.count == right.utf8.count else { return false }
    let isEqual = left.utf8.withContiguousStorageIfAvailable { left in
        right.utf8.withContiguousStorageIfAvailable { right in
            left.indices.allSatisfy {
                left[$0] == right[$0] || lowercased(left[$0]) == lowercased(right[$0])
            }
        }
    }
    return (isEqual ?? nil)
        ?? zip(left.utf8, right.utf8).allSatisfy { lowercased($0) == lowercased($1) }
}

private func lowercased(_ byte: UInt8) -> UInt8 {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
}
