import HTTP
import Stellar
import StellarXDR
import TraqoraAPI
import TraqoraContracts
import Travel

/// Points over HTTP.
struct LoyaltyHandlers: Sendable {
    let loyalty: LoyaltyRepository
    let contract: ContractID
    let transactions: AccountTransactions
    let now: @Sendable () -> Instant

    /// How much of what happened is told.
    static let historyMax = 100

    /// What is served here.
    var routes: [ServedRoute] {
        [(.loyaltyAccount, account), (.loyaltyTerms, terms), (.redeemPoints, redeem)]
    }

    /// `GET /api/v1/loyalty/accounts/{address}`
    func account(_ request: HTTPRequest) async throws -> HTTPResponse {
        let address = try request.address()
        let terms = try await currentTerms()
        let account = try await loyalty.account(address.description)
            .current(in: LoyaltyAccount.month(of: now()))
        let history = try await loyalty.entries(of: address.description, limit: Self.historyMax)
        let tier = terms.tiers.last { account.earned >= $0.minPoints } ?? terms.tiers.first
        guard let tier else { throw ProblemCode.notReadYet.problem() }
        return try .json(
            LoyaltyAccountResponse(
                address: address.description, points: account.balance, earned: account.earned,
                tier: tier,
                nextTierAt: terms.tiers.first { $0.minPoints > account.earned }?.minPoints,
                worth: Self.worth(account.balance, terms),
                lots: account.lots.map {
                    LoyaltyLotResponse(earned: $0.earned, left: $0.left, expiresAt: $0.expiresAt)
                },
                history: history.map {
                    LoyaltyEntryResponse(
                        kind: $0.kind, points: $0.points, amount: $0.amount,
                        escrowID: $0.escrowID, carrier: $0.carrier, at: $0.at,
                        transaction: $0.transactionHash)
                }))
    }

    /// `GET /api/v1/loyalty/terms`
    func terms(_ request: HTTPRequest) async throws -> HTTPResponse {
        try .json(try await currentTerms())
    }

    /// `POST /api/v1/loyalty/accounts/{address}/redemptions`
    func redeem(_ request: HTTPRequest) async throws -> HTTPResponse {
        let signer = try request.address()
        let wanted = try request.json(as: RedemptionRequest.self)
        let points = wanted.points
        let terms = try await currentTerms()
        let account = try await loyalty.account(signer.description)
            .current(in: LoyaltyAccount.month(of: now()))
        guard points > 0, points <= account.balance else {
            throw ProblemCode.notEnoughPoints.problem(
                "Redeem 1 to \(max(0, account.balance)) points.")
        }
        let worth = Self.worth(points, terms)
        return try await transactions.answer(
            offering: .init(
                operation: LoyaltyContract(contract).redeem(
                    passenger: signer, points: Int128(points)
                ).operation, purpose: .redemption, subject: "loyalty.\(signer)", signer: signer,
                summary: [
                    "Turn \(points) points of \(signer) into \(worth.shortText) TRQ, the oldest "
                        + "points first."
                ]), isSponsored: wanted.sponsored)
    }

    private func currentTerms() async throws -> LoyaltyTermsResponse {
        guard let terms = try await loyalty.terms() else {
            throw ProblemCode.notReadYet.problem()
        }
        return terms
    }

    private static func worth(_ points: Int64, _ terms: LoyaltyTermsResponse) -> TokenAmount {
        let (units, isTooLarge) = max(0, points)
            .multipliedReportingOverflow(by: terms.redemption.baseUnits)
        return TokenAmount(baseUnits: isTooLarge ? .max : units)
    }
}

extension HTTPRequest {
    /// The address in the path.
    /// - Throws: `Problem`: `payments.malformed_account`.
    func address(_ name: String = "address") throws -> SCAddress {
        try SCAddress(ofRequest: parameters.require(name))
    }

    /// The account in the path, that signs.
    /// - Throws: `Problem`: `payments.malformed_account`.
    func account(_ name: String = "address") throws -> AccountID {
        try AccountID(ofRequest: parameters.require(name))
    }
}

extension SCAddress {
    /// `G…` or `C…`, as a request names it.
    /// - Throws: `Problem`: `payments.malformed_account`.
    init(ofRequest text: String) throws(Problem) {
        switch try? SCAddress(parsing: text) {
        case .account(let account)?: self = .account(account)
        case .contract(let contract)?: self = .contract(contract)
        default:
            throw ProblemCode.malformedAccount.problem(
                "Name an address: G or C and 55 characters. This is not one: \(text.prefix(60)).")
        }
    }
}

extension AccountID {
    /// `G…`, as a request names it.
    /// - Throws: `Problem`: `payments.malformed_account`.
    init(ofRequest text: String) throws(Problem) {
        guard let account = try? AccountID(parsing: text) else {
            throw ProblemCode.malformedAccount.problem(
                "Name an account that signs: G and 55 characters. This is not one: "
                    + "\(text.prefix(60)).")
        }
        self = account
    }
}

extension SCAddress {
    /// Whether it is a contract's: what it authorizes, its code says.
    var isContract: Bool {
        if case .contract = self { true } else { false }
    }
}
