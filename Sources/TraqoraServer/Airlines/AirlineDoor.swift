import HTTP
import Stellar
import StellarXDR
import TraqoraAPI
import TraqoraContracts

/// Lets those in who act for an airline, as its contract says each time anew.
struct AirlineDoor: Sendable {
    let access: AirlineAccess
    let airlines: AirlineRepository
    let contract: ContractID

    /// What answers have that are for the airline alone.
    static let secrecy: HTTPHeaders = ["Cache-Control": "no-store"]

    /// Somebody who may act for an airline.
    struct Member: Sendable {
        var subject: String
        var account: AccountID
        var code: String

        var address: SCAddress { .account(account) }
        /// The code as the contracts have it: it was found there.
        var symbol: SCSymbol { SCSymbol(code) }
    }

    /// The airline of a request.
    /// - Throws: `Problem`, `airlines.unknown`.
    func code(of request: HTTPRequest) async throws -> String {
        let code: String = try request.parameters.require("code")
        guard AirlineAccess.isCode(code), try await airlines.contains(code) else {
            throw ProblemCode.airlineUnknown.problem(
                "GET \(Route.airlines.pattern) to see which there are.")
        }
        return code
    }

    /// Somebody who acts for the airline.
    /// - Throws: `Problem`.
    func admit(_ request: HTTPRequest) async throws -> Member {
        let caller = try await access.identity.caller(of: request)
        let code = try await code(of: request)
        guard try await access.acts(caller, for: code),
            let account = try? AccountID(parsing: caller.subject)
        else {
            throw ProblemCode.notOperator.problem(
                "The owner of \(code) lets an account act for it: POST "
                    + Route.setOperator.pattern.replacing("{code}", with: code) + ".")
        }
        return Member(subject: caller.subject, account: account, code: code)
    }

    /// The owner of the airline.
    /// - Throws: `Problem`.
    func admitOwner(_ request: HTTPRequest) async throws -> Member {
        let member = try await admitAnyAccount(request)
        let owner = try await airline(member.code).owner
        guard owner == member.address else {
            throw ProblemCode.notOperator.problem("That is for the owner, \(owner).")
        }
        return member
    }

    /// To whom the airline was offered.
    /// - Throws: `Problem`.
    func admitProposedOwner(_ request: HTTPRequest) async throws -> Member {
        let member = try await admitAnyAccount(request)
        guard let heir = try await airline(member.code).proposedOwner else {
            throw ProblemCode.notOperator.problem("The airline was offered to nobody.")
        }
        guard heir == member.address else {
            throw ProblemCode.notOperator.problem("The airline was offered to \(heir).")
        }
        return member
    }

    /// An account that is signed in, and the airline; it may be nobody of it.
    /// - Throws: `Problem`.
    func admitAnyAccount(_ request: HTTPRequest) async throws -> Member {
        let caller = try await access.identity.caller(of: request)
        let code = try await code(of: request)
        guard let account = try? AccountID(parsing: caller.subject) else {
            throw ProblemCode.notOperator.problem(
                "Sign in as an account of its own (G…), without a memo.")
        }
        return Member(subject: caller.subject, account: account, code: code)
    }

    private func airline(_ code: String) async throws(Problem) -> AirlineContract.Airline {
        do {
            return try await AirlineContract(contract).airline(code: SCSymbol(code))
                .read(from: access.identity.rpc)
        } catch {
            throw ProblemCode.ledgerUnavailable.problem(
                "The Airline contract cannot be asked now. Try again in a moment.")
        }
    }
}
