public import StellarXDR

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByIntegerLiteral, ExpressibleByArrayLiteral
{
    /// Text.
    public init(stringLiteral value: String) { self = .string(value) }
    /// `true` or `false`.
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    /// A number.
    public init(integerLiteral value: Int64) { self = .number(value.description) }
    /// A list.
    public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
}

extension JSONValue: ExpressibleByDictionaryLiteral {
    /// Names and values; what is `nil` is left out.
    public init(dictionaryLiteral elements: (String, JSONValue?)...) {
        self = .object(
            elements.compactMap { name, value in value.map { Member(name, $0) } })
    }
}

extension JSONValue {
    /// A number.
    static func number(_ value: some BinaryInteger) -> JSONValue { .number(String(value)) }

    /// A number of 64 bits, which JavaScript cannot hold: its digits as text.
    static func digits(_ value: some BinaryInteger) -> JSONValue { .string(String(value)) }

    /// Stroops as lumens with their seven places.
    static func amount(_ stroops: Int64) -> JSONValue {
        let digits = String(stroops.magnitude % 10_000_000)
        let padding = String(repeating: "0", count: 7 - digits.utf8.count)
        let sign = stroops < 0 ? "-" : ""
        return .string("\(sign)\(stroops.magnitude / 10_000_000).\(padding)\(digits)")
    }

    /// Seconds since 1970 as RFC 3339 writes them.
    static func time(_ seconds: UInt64) -> JSONValue { .string(seconds.timestamp) }
}
