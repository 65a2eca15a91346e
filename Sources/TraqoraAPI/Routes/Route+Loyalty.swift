import HTTP
import Travel

extension Route {
    static let ofLoyalty = [loyaltyAccount, loyaltyTerms, redeemPoints]

    private static let address = Parameter.path(
        "address", String.self, "The account: `G…` or `C…`.")

    /// The points of an account.
    public static let loyaltyAccount = Route(
        "loyaltyAccount", .get, "/api/v1/loyalty/accounts/{address}", in: .loyalty,
        "The points of an account: how many, its tier, when they expire, what happened.",
        for: .anyone, parameters: [address],
        answers: [.json(.ok, LoyaltyAccountResponse.self, "The account; it may have nothing.")],
        problems: [.malformedAccount, .notReadYet])
    /// What points are given for.
    public static let loyaltyTerms = Route(
        "loyaltyTerms", .get, "/api/v1/loyalty/terms", in: .loyalty,
        "What points are given for, and what they are worth.", for: .anyone,
        answers: [.json(.ok, LoyaltyTermsResponse.self, "The terms.")], problems: [.notReadYet])
    /// Points become tokens.
    public static let redeemPoints = Route(
        "redeemPoints", .post, "/api/v1/loyalty/accounts/{address}/redemptions", in: .loyalty,
        "The transaction in which points become tokens; signed, it goes to `/transactions`.",
        for: .anyone, parameters: [address], takes: .json(RedemptionRequest.self),
        answers: toSign,
        problems: [.malformedAccount, .notEnoughPoints, .notReadYet] + ofSponsored + ofLedger)
}
