import Foundation
import Testing
import Travel

@Suite struct MoneyTests {
    @Test(arguments: [
        ("355.34", "USD", 35_534), ("126", "USD", 12_600), ("0.5", "USD", 50),
        ("1.005", "KWD", 1_005),
        ("1200", "JPY", 1_200), ("-3.10", "EUR", -310), ("1200.0", "JPY", 1_200),
    ])
    func `a decimal is minor units`(text: String, code: String, units: Int64) throws {
        let money = try Money(parsing: text, currency: Currency(parsing: code))
        #expect(money.minorUnits == units)
        #expect(try Money(parsing: money.amount, currency: money.currency) == money)
    }

    @Test(arguments: [
        "", ".", "1.", ".5", "1.234", "1,000.00", "1e3", "--1", "+1", " 1", "0x10", "１",
        "99999999999999999999",
    ])
    func `what is no amount is refused`(text: String) {
        #expect(throws: TravelError.malformedAmount(text)) {
            try Money(parsing: text, currency: .usd)
        }
    }

    @Test func `currencies are not mixed and sums do not wrap around`() throws {
        let euro = Money(minorUnits: 1, currency: try Currency(parsing: "EUR"))
        let most = Money(minorUnits: .max, currency: .usd)
        #expect(throws: TravelError.currencyMismatch("USD", "EUR")) { try most.adding(euro) }
        #expect(throws: TravelError.amountOutOfRange) { try most.adding(most) }
        #expect(throws: TravelError.amountOutOfRange) { try most.multiplied(by: 2) }
    }

    static let quote = ConversionQuote(
        currency: .usd, token: "TUSD", baseUnitsPerUnit: 10_000_000, source: "par",
        quotedAt: Instant(seconds: 1_000), expiresAt: Instant(seconds: 2_000))

    @Test func `dollars become tokens of seven decimals through a quote`() throws {
        let price = try Money(parsing: "355.34", currency: .usd)
        let tokens = try Self.quote.convert(price, at: Instant(seconds: 1_999))
        #expect(tokens.baseUnits == 3_553_400_000)
        #expect(tokens.description == "355.3400000")
        #expect(tokens.shortText == "355.34")
        #expect(throws: TravelError.quoteExpired(Instant(seconds: 2_000))) {
            try Self.quote.convert(price, at: Instant(seconds: 2_000))
        }
    }

    @Test func `a conversion that does not come out even rounds up once`() throws {
        let quote = ConversionQuote(
            currency: .usd, token: "T", baseUnitsPerUnit: 3_333_333, source: "test",
            quotedAt: Instant(seconds: 0), expiresAt: Instant(seconds: 9))
        let price = Money(minorUnits: 101, currency: .usd)
        // 1.01 × 3 333 333 = 3 366 666.33
        #expect(try quote.convert(price, at: Instant(seconds: 1)).baseUnits == 3_366_667)
        #expect(throws: TravelError.amountOutOfRange) {
            try Self.quote.convert(
                Money(minorUnits: .max, currency: .usd), at: Instant(seconds: 1_000))
        }
    }

    @Test func `money is written as decimal strings`() throws {
        let money = Money(minorUnits: 35_534, currency: .usd)
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let json = try encoder.encode(money)
        #expect(String(decoding: json, as: UTF8.self) == #"{"amount":"355.34","currency":"USD"}"#)
        #expect(try JSONDecoder().decode(Money.self, from: json) == money)
    }
}
