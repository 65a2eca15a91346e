/// What stands behind a key of a log line.
public enum LogValue: Hashable, Sendable {
    /// Text.
    case string(String)
    /// A whole number.
    case integer(Int)
    /// A measured number; not a number and the infinities are written as text.
    case double(Double)
    /// Yes or no.
    case bool(Bool)

    /// A secret: that there was one, and nothing more.
    public static func secret(_ secret: Secret) -> LogValue { .string(secret.description) }

    /// What `value` says of itself.
    public static func describing(_ value: some Any) -> LogValue { .string("\(value)") }
}

extension LogValue: ExpressibleByStringLiteral, ExpressibleByStringInterpolation,
    ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral, ExpressibleByBooleanLiteral
{
    /// Text.
    public init(stringLiteral value: String) { self = .string(value) }
    /// A whole number.
    public init(integerLiteral value: Int) { self = .integer(value) }
    /// A measured number.
    public init(floatLiteral value: Double) { self = .double(value) }
    /// Yes or no.
    public init(booleanLiteral value: Bool) { self = .bool(value) }
}
