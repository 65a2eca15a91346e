/// An amount of a currency, in its minor units: never a floating-point number.
public struct Money: Hashable, Sendable {
    /// The amount in minor units: cents, yen, fils.
    public let minorUnits: Int64
    /// The currency.
    public let currency: Currency

    /// That many minor units.
    public init(minorUnits: Int64, currency: Currency) {
        self.minorUnits = minorUnits
        self.currency = currency
    }

    /// Reads a decimal such as `355.34`, with at most the decimals the currency has.
    /// - Throws: `malformedAmount`.
    public init(parsing text: String, currency: Currency) throws(TravelError) {
        minorUnits = try decimal(text, digits: currency.minorDigits)
        self.currency = currency
    }

    /// The sum.
    /// - Throws: `currencyMismatch`, `amountOutOfRange`.
    public func adding(_ other: Money) throws(TravelError) -> Money {
        guard currency == other.currency else {
            throw .currencyMismatch(currency.code, other.currency.code)
        }
        let (sum, overflow) = minorUnits.addingReportingOverflow(other.minorUnits)
        guard !overflow else { throw .amountOutOfRange }
        return Money(minorUnits: sum, currency: currency)
    }

    /// `count` times as much.
    /// - Throws: `amountOutOfRange`.
    public func multiplied(by count: Int) throws(TravelError) -> Money {
        let (product, overflow) = minorUnits.multipliedReportingOverflow(by: Int64(count))
        guard !overflow else { throw .amountOutOfRange }
        return Money(minorUnits: product, currency: currency)
    }

    /// The amount without the currency: `355.34`.
    public var amount: String { decimal(minorUnits, digits: currency.minorDigits) }
}

extension Money: CustomStringConvertible {
    /// `355.34 USD`.
    public var description: String { "\(amount) \(currency)" }
}

extension Money: Codable {
    private enum CodingKeys: String, CodingKey { case amount, currency }

    /// Reads `{"amount": "355.34", "currency": "USD"}`.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let currency = try container.decode(Currency.self, forKey: .currency)
        let text = try container.decode(String.self, forKey: .amount)
        do {
            try self.init(parsing: text, currency: currency)
        } catch {
            throw DecodingError.dataCorruptedError(
                forKey: .amount, in: container, debugDescription: "\(error)")
        }
    }

    /// Writes amount and currency as strings.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(amount, forKey: .amount)
        try container.encode(currency, forKey: .currency)
    }
}
