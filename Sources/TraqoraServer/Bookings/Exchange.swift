import Travel

/// What prices are worth in the settlement token.
///
/// The token of the sandbox stands for a dollar, so a dollar is one token; the quote says so, and
/// says that nobody else did.
struct Exchange: Sendable {
    let token: String

    /// How long a quote holds.
    static let lifetimeSeconds: Int64 = 1_800

    /// A quote for dollars, the one currency there is a token for.
    func quote(at now: Instant) -> ConversionQuote {
        ConversionQuote(
            currency: .usd, token: token, baseUnitsPerUnit: 10_000_000, source: "par",
            quotedAt: now, expiresAt: now.adding(seconds: Self.lifetimeSeconds))
    }
}
