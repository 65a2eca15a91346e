import HTTP
import Travel

/// What the owner of an airline decides.
extension Route {
    static let ofOwners = [
        setPayout, proposeOwner, acceptOwner, depositBond, requestBondWithdrawal, withdrawBond,
    ]

    /// Say where the money goes.
    public static let setPayout = Route(
        "setPayout", .post, "/api/v1/airlines/{code}/payout", in: .airlines,
        "The transaction with which the owner says where the airline's money goes.",
        for: .airlineOwner, parameters: [airlineCode], takes: .json(SetPayoutRequest.self),
        answers: airlineSigns, problems: [.malformedAccount] + ofLedger)
    /// Offer the airline.
    public static let proposeOwner = Route(
        "proposeOwner", .post, "/api/v1/airlines/{code}/owner", in: .airlines,
        "The transaction with which the owner offers the airline to another account.",
        for: .airlineOwner, parameters: [airlineCode], takes: .json(ProposeOwnerRequest.self),
        answers: airlineSigns, problems: [.malformedAccount] + ofLedger)
    /// Take the airline over.
    public static let acceptOwner = Route(
        "acceptOwner", .post, "/api/v1/airlines/{code}/owner/acceptance", in: .airlines,
        "The transaction with which an account takes over an airline that was offered to it.",
        for: .account, parameters: [airlineCode], answers: airlineSigns,
        problems: [.notOperator, .airlineUnknown] + ofLedger)
    /// Add to the bond.
    public static let depositBond = Route(
        "depositBond", .post, "/api/v1/airlines/{code}/bonds/deposits", in: .airlines,
        "The transaction with which an account adds to the airline's bond; anyone may.",
        for: .account, parameters: [airlineCode], takes: .json(BondRequest.self),
        answers: airlineSigns,
        problems: [.malformedAccount, .notOperator, .airlineUnknown] + ofLedger, ofTrips: true)
    /// Announce a withdrawal.
    public static let requestBondWithdrawal = Route(
        "requestBondWithdrawal", .post, "/api/v1/airlines/{code}/bonds/withdrawal-requests",
        in: .airlines,
        "The transaction with which the owner announces a withdrawal from the bond, in place of "
            + "any before.", for: .airlineOwner, parameters: [airlineCode],
        takes: .json(BondRequest.self), answers: airlineSigns,
        problems: [.malformedAccount] + ofLedger, ofTrips: true)
    /// Withdraw from the bond.
    public static let withdrawBond = Route(
        "withdrawBond", .post, "/api/v1/airlines/{code}/bonds/withdrawals", in: .airlines,
        "The transaction with which the owner withdraws what was announced, within a week of the "
            + "day it is due, to the airline's payout address.", for: .airlineOwner,
        parameters: [airlineCode], takes: .json(BondWithdrawalRequest.self, isRequired: false),
        answers: airlineSigns, problems: [.malformedAccount] + ofLedger)
}
