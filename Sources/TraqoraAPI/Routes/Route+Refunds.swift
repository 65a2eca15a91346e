import HTTP
import Travel

extension Route {
    static let ofRefunds = [carrierRefunds, accountRefunds, claimRefund, withdrawCredit]

    private static let address = Parameter.path(
        "address", String.self, "The address: `G…` or `C…`.")

    /// What passengers of a carrier get back.
    public static let carrierRefunds = Route(
        "carrierRefunds", .get, "/api/v1/refunds/carriers/{code}", in: .refunds,
        "What passengers of a carrier get back: its fare rules, what delays pay, its bonds, claims "
            + "and disputes.", for: .anyone,
        parameters: [.path("code", AirlineCode.self, "The carrier.")],
        answers: [.json(.ok, CarrierRefundsResponse.self, "What the ledger says of it.")],
        ofTrips: true)
    /// What somebody has claimed.
    public static let accountRefunds = Route(
        "accountRefunds", .get, "/api/v1/refunds/accounts/{address}", in: .refunds,
        "What an address has claimed and disputed, and what waits for it.", for: .anyone,
        parameters: [address],
        answers: [.json(.ok, AccountRefundsResponse.self, "What the ledger says of it.")],
        problems: [.malformedAccount])
    /// Claim for a delay.
    public static let claimRefund = Route(
        "claimRefund", .post, "/api/v1/refunds/accounts/{address}/claims", in: .refunds,
        "The transaction that claims for the delay of a booking, wherever that was made.",
        for: .anyone, parameters: [address], takes: .json(ClaimRequest.self),
        answers: toSign, problems: [.malformedAccount] + ofSponsored + ofLedger)
    /// Withdraw what waits.
    public static let withdrawCredit = Route(
        "withdrawCredit", .post, "/api/v1/refunds/accounts/{address}/withdrawals", in: .refunds,
        "The transaction that pays out what waits for an address.", for: .anyone,
        parameters: [address], takes: .json(WithdrawalRequest.self),
        answers: toSign, problems: [.malformedAccount, .nothingWaits] + ofSponsored + ofLedger)
}
