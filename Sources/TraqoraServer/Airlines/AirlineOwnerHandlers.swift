import HTTP
import TraqoraAPI

/// What the owner of an airline decides, over HTTP.
struct AirlineOwnerHandlers: Sendable {
    let door: AirlineDoor
    let operate: OperateAirline

    /// What is served here.
    var routes: [ServedRoute] {
        [
            (.setPayout, setPayout), (.proposeOwner, proposeOwner), (.acceptOwner, acceptOwner),
            (.depositBond, deposit), (.requestBondWithdrawal, requestWithdrawal),
            (.withdrawBond, withdraw),
        ]
    }

    /// `POST /api/v1/airlines/{code}/payout`
    func setPayout(_ request: HTTPRequest) async throws -> HTTPResponse {
        let owner = try await door.admitOwner(request)
        let wanted = try request.json(as: SetPayoutRequest.self)
        return try .toSign(try await operate.setPayout(wanted, by: owner))
    }

    /// `POST /api/v1/airlines/{code}/owner`
    func proposeOwner(_ request: HTTPRequest) async throws -> HTTPResponse {
        let owner = try await door.admitOwner(request)
        let wanted = try request.json(as: ProposeOwnerRequest.self)
        return try .toSign(try await operate.proposeOwner(wanted, by: owner))
    }

    /// `POST /api/v1/airlines/{code}/owner/acceptance`
    func acceptOwner(_ request: HTTPRequest) async throws -> HTTPResponse {
        let heir = try await door.admitProposedOwner(request)
        return try .toSign(try await operate.acceptOwner(by: heir))
    }

    /// `POST /api/v1/airlines/{code}/bonds/deposits`
    func deposit(_ request: HTTPRequest) async throws -> HTTPResponse {
        let member = try await door.admitAnyAccount(request)
        let wanted = try request.json(as: BondRequest.self)
        return try .toSign(try await operate.deposit(wanted, by: member))
    }

    /// `POST /api/v1/airlines/{code}/bonds/withdrawal-requests`
    func requestWithdrawal(_ request: HTTPRequest) async throws -> HTTPResponse {
        let owner = try await door.admitOwner(request)
        let wanted = try request.json(as: BondRequest.self)
        return try .toSign(try await operate.requestWithdrawal(wanted, by: owner))
    }

    /// `POST /api/v1/airlines/{code}/bonds/withdrawals`
    func withdraw(_ request: HTTPRequest) async throws -> HTTPResponse {
        let owner = try await door.admitOwner(request)
        let wanted =
            request.body.isEmpty
            ? BondWithdrawalRequest() : try request.json(as: BondWithdrawalRequest.self)
        return try .toSign(try await operate.withdraw(wanted, by: owner))
    }
}
