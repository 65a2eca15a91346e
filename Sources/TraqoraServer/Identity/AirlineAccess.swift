import HTTP
import Stellar
import StellarXDR
import TraqoraAPI
import TraqoraContracts

/// Who acts for an airline: whoever the Airline contract says, asked anew each time.
struct AirlineAccess: Sendable {
    let identity: Identity
    /// The Airline contract; without one nobody acts for any.
    let contract: ContractID?
    let operators: KnownOperators

    /// What is served here.
    var routes: [ServedRoute] { [(.airlineAccess, read)] }

    /// `GET /api/v1/auth/airlines/{code}`
    func read(_ request: HTTPRequest) async throws -> HTTPResponse {
        let caller = try await identity.caller(of: request)
        let code = try request.parameters.require("code", as: String.self)
        return try .json(
            AirlineAccessResponse(
                code: code, isOperator: try await acts(caller, for: code)),
            headers: ["Cache-Control": "no-store"])
    }

    /// Whether somebody acts for the airline of a code.
    /// - Throws: `Problem` when the ledger cannot be asked.
    func acts(_ caller: Identity.Caller, for code: String) async throws -> Bool {
        guard let contract, Self.isCode(code),
            // A share of an account is not the account that the airline trusts.
            let account = try? AccountID(parsing: caller.subject)
        else { return false }
        do {
            let isOperator = try await AirlineContract(contract)
                .isOperator(code: SCSymbol(code), address: .account(account))
                .read(from: identity.rpc)
            if isOperator { operators.remember(caller.subject) }
            return isOperator
        } catch {
            throw ProblemCode.ledgerUnavailable.problem(
                "The Airline contract cannot be asked now. Try again in a moment.")
        }
    }

    /// Whether a text may be an airline's code: two or three capitals or digits.
    static func isCode(_ text: String) -> Bool {
        (2...3).contains(text.utf8.count)
            && text.utf8.allSatisfy { (48...57).contains($0) || (65...90).contains($0) }
    }
}
