import HTTP
import StellarXDR
import TraqoraAPI
import Travel

/// Gives test dollars to whoever asks, on a standalone network: there is no other way to them.
struct GiveTestDollars: Sendable {
    let contracts: StandaloneContracts

    /// How many at a time: a few intercontinental flights.
    static let amount = TokenAmount(baseUnits: 10_000 * 10_000_000)

    /// `POST /api/v1/test-dollars`
    func give(_ request: HTTPRequest) async throws -> HTTPResponse {
        let account = try request.json(as: TestDollarsRequest.self).account
        guard case .account(let key)? = try? StrKey(parsing: account) else {
            throw ProblemCode.malformedAccount.problem(
                "`account` must be the address of an account: G and 55 characters. "
                    + "This is not one: \(account.prefix(60)).")
        }
        let hash = try await contracts.mint(
            baseUnits: Self.amount.baseUnits, to: .ed25519(key))
        return try .json(
            TestDollarsResponse(
                amount: Self.amount, token: StrKey.contract(contracts.token).text,
                transaction: hash.description),
            status: .created)
    }
}
