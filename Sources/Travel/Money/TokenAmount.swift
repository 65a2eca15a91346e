/// An amount of a settlement token, in its base units of seven decimals: what contracts count in.
public struct TokenAmount: Hashable, Sendable {
    /// The amount in base units; 10 000 000 make one token.
    public let baseUnits: Int64

    /// How many decimals a token has.
    public static let digits = 7

    /// That many base units.
    public init(baseUnits: Int64) { self.baseUnits = baseUnits }

    /// Reads a decimal such as `355.3400000`.
    /// - Throws: `malformedAmount`.
    public init(parsing text: String) throws(TravelError) {
        baseUnits = try decimal(text, digits: Self.digits)
    }

    /// The amount as people read it, without zeros that say nothing: `355.34`.
    public var shortText: String {
        let text = description
        let whole = text.prefix { $0 != "." }
        var fraction = text.drop { $0 != "." }.dropFirst()
        while fraction.count > 2, fraction.last == "0" { fraction.removeLast() }
        return "\(whole).\(fraction)"
    }
}

extension TokenAmount: Comparable {
    /// Whether `left` is less.
    public static func < (left: TokenAmount, right: TokenAmount) -> Bool {
        left.baseUnits < right.baseUnits
    }
}

extension TokenAmount: TextCodable {
    /// `355.3400000`.
    public var description: String { decimal(baseUnits, digits: Self.digits) }
}
