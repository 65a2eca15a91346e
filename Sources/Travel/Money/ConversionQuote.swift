/// What a currency is worth in a settlement token, who said so, and until when that holds.
///
/// Nothing converts by itself: a price in dollars becomes an amount of tokens only through a quote,
/// which is kept with the booking.
public struct ConversionQuote: Hashable, Codable, Sendable {
    /// The currency that prices are in.
    public let currency: Currency
    /// The token's symbol.
    public let token: String
    /// Token base units for one whole unit of the currency: 10 000 000 is one to one.
    public let baseUnitsPerUnit: Int64
    /// Who said so.
    public let source: String
    /// When.
    public let quotedAt: Instant
    /// Until when it holds; at this instant it does not any more.
    public let expiresAt: Instant

    private enum CodingKeys: String, CodingKey {
        case currency, token, source
        case baseUnitsPerUnit = "base_units_per_unit"
        case quotedAt = "quoted_at"
        case expiresAt = "expires_at"
    }

    /// A quote as it was given.
    public init(
        currency: Currency, token: String, baseUnitsPerUnit: Int64, source: String,
        quotedAt: Instant, expiresAt: Instant
    ) {
        self.currency = currency
        self.token = token
        self.baseUnitsPerUnit = baseUnitsPerUnit
        self.source = source
        self.quotedAt = quotedAt
        self.expiresAt = expiresAt
    }

    /// What `money` is in tokens at `now`. Rounds up to a base unit, once: the escrow must hold at
    /// least what was promised.
    /// - Throws: `quoteExpired`, `currencyMismatch`, `amountOutOfRange`.
    public func convert(_ money: Money, at now: Instant) throws(TravelError) -> TokenAmount {
        guard now < expiresAt else { throw .quoteExpired(expiresAt) }
        guard money.currency == currency else {
            throw .currencyMismatch(money.currency.code, currency.code)
        }
        guard money.minorUnits >= 0, baseUnitsPerUnit > 0 else { throw .amountOutOfRange }
        var scale: Int64 = 1
        for _ in 0..<currency.minorDigits { scale *= 10 }
        let product = money.minorUnits.multipliedFullWidth(by: baseUnitsPerUnit)
        guard product.high >= 0, product.high < scale else { throw .amountOutOfRange }
        let (quotient, remainder) = scale.dividingFullWidth(product)
        let (rounded, overflow) = quotient.addingReportingOverflow(remainder > 0 ? 1 : 0)
        guard !overflow else { throw .amountOutOfRange }
        return TokenAmount(baseUnits: rounded)
    }
}
