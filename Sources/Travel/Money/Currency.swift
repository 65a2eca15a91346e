/// A currency of ISO 4217 that prices may be in.
public struct Currency: Hashable, Sendable {
    /// The code: `USD`.
    public let code: String
    /// How many decimals its minor unit has.
    public let minorDigits: Int

    /// The currency with this code.
    /// - Throws: `unknownCurrency`.
    public init(parsing code: String) throws(TravelError) {
        guard let digits = Self.minorDigits[code] else { throw .unknownCurrency(code) }
        self.init(code: code, minorDigits: digits)
    }

    private init(code: String, minorDigits: Int) {
        self.code = code
        self.minorDigits = minorDigits
    }

    /// The dollar of the United States, in cents.
    public static let usd = Currency(code: "USD", minorDigits: 2)

    /// The currencies airlines file most fares in, and those whose decimals trip people up.
    private static let minorDigits = [
        "AED": 2, "AUD": 2, "BHD": 3, "BRL": 2, "CAD": 2, "CHF": 2, "CLP": 0, "CNY": 2, "CZK": 2,
        "DKK": 2, "EUR": 2, "GBP": 2, "HKD": 2, "HUF": 2, "INR": 2, "ISK": 0, "JOD": 3, "JPY": 0,
        "KES": 2, "KRW": 0, "KWD": 3, "MXN": 2, "MYR": 2, "NGN": 2, "NOK": 2, "NZD": 2, "OMR": 3,
        "PLN": 2, "QAR": 2, "SAR": 2, "SEK": 2, "SGD": 2, "THB": 2, "TND": 3, "TRY": 2, "TWD": 2,
        "USD": 2, "VND": 0, "ZAR": 2,
    ]
}

extension Currency: TextCodable {
    /// The code.
    public var description: String { code }
}
