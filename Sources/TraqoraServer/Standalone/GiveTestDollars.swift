import HTTP
public import StellarXDR
import TraqoraAPI
import Travel

/// The settlement token of a network of one's own, of which there is as much as one likes.
public struct TestDollars: Sendable {
    /// The token.
    public let token: ContractID
    let give: @Sendable (_ baseUnits: Int64, _ account: AccountID) async throws -> Hash

    /// A token, and how an account gets some of it: by the transaction that is returned.
    public init(
        token: ContractID,
        give: @escaping @Sendable (_ baseUnits: Int64, _ account: AccountID) async throws -> Hash
    ) {
        self.token = token
        self.give = give
    }
}

/// Gives test dollars to whoever asks, on a standalone network: there is no other way to them.
struct GiveTestDollars: Sendable {
    let dollars: TestDollars

    /// How many at a time: a few intercontinental flights.
    static let amount = TokenAmount(baseUnits: 10_000 * 10_000_000)

    /// What is served here.
    var routes: [ServedRoute] { [(.testDollars, give)] }

    /// `POST /api/v1/test-dollars`
    func give(_ request: HTTPRequest) async throws -> HTTPResponse {
        let account = try request.json(as: TestDollarsRequest.self).account
        guard case .account(let key)? = try? StrKey(parsing: account) else {
            throw ProblemCode.malformedAccount.problem(
                "`account` must be the address of an account: G and 55 characters. "
                    + "This is not one: \(account.prefix(60)).")
        }
        let hash = try await dollars.give(Self.amount.baseUnits, .ed25519(key))
        return try .json(
            TestDollarsResponse(
                amount: Self.amount, token: StrKey.contract(dollars.token).text,
                transaction: hash.description),
            status: .created)
    }
}
