import HTTP
import Stellar
import StellarXDR
import TraqoraAPI
import TraqoraContracts
import Travel

/// What passengers get back, over HTTP.
struct RefundHandlers: Sendable {
    let refunds: RefundRepository
    let booking: ContractID
    let refund: ContractID
    /// In which bonds count.
    let token: ContractID
    let transactions: AccountTransactions
    let now: @Sendable () -> Instant

    /// How many of each are told of.
    static let countMax = 50

    /// What is served here.
    var routes: [ServedRoute] {
        [
            (.carrierRefunds, carrier), (.accountRefunds, account), (.claimRefund, claim),
            (.withdrawCredit, withdraw),
        ]
    }

    /// `GET /api/v1/refunds/carriers/{code}`
    func carrier(_ request: HTTPRequest) async throws -> HTTPResponse {
        let code = try AirlineCode(parsing: request.parameters.require("code")).text
        let limit = Self.countMax
        return try .json(
            CarrierRefundsResponse(
                carrier: code, rules: try await refunds.rules(of: code, limit: limit),
                schedules: try await refunds.schedules(limit: limit),
                bonds: try await refunds.bonds(
                    of: code, token: SCAddress.contract(token).description, now: now()),
                claims: try await refunds.claims(carrier: code, limit: limit),
                disputes: try await refunds.disputes(carrier: code, limit: limit)))
    }

    /// `GET /api/v1/refunds/accounts/{address}`
    func account(_ request: HTTPRequest) async throws -> HTTPResponse {
        let address = try request.address().description
        let limit = Self.countMax
        return try .json(
            AccountRefundsResponse(
                address: address,
                claims: try await refunds.claims(passenger: address, limit: limit),
                disputes: try await refunds.disputes(passenger: address, limit: limit),
                credits: try await refunds.credits(of: address)))
    }

    /// `POST /api/v1/refunds/accounts/{address}/claims`
    func claim(_ request: HTTPRequest) async throws -> HTTPResponse {
        let signer = try request.address()
        let wanted = try request.json(as: ClaimRequest.self)
        let id = wanted.escrowID
        return try await transactions.answer(
            offering: .init(
                operation: RefundContract(refund).claimDelay(passenger: signer, booking: id)
                    .operation, purpose: .claim, subject: "refunds.\(id)", signer: signer,
                summary: [
                    "Claim from the airline's bond what the delay of booking \(id) on the ledger is "
                        + "worth. It is paid to \(signer)."
                ]), isSponsored: wanted.sponsored)
    }

    /// `POST /api/v1/refunds/accounts/{address}/withdrawals`
    func withdraw(_ request: HTTPRequest) async throws -> HTTPResponse {
        let signer = try request.address()
        let wanted = try request.json(as: WithdrawalRequest.self)
        let token = try SCAddress(ofRequest: wanted.token)
        let credit = try await refunds.credits(of: signer.description).first {
            $0.token == token.description
        }
        guard let credit else {
            throw ProblemCode.nothingWaits.problem("Nothing of \(token) waits for \(signer).")
        }
        return try await transactions.answer(
            offering: .init(
                operation: BookingContract(booking).withdraw(
                    address: signer, token: token, to: signer
                ).operation, purpose: .payout, subject: "refunds.\(signer)", signer: signer,
                summary: [
                    "Have \(credit.amount.shortText) of the token \(token), which wait in the "
                        + "escrow contract, paid out to \(signer)."
                ]), isSponsored: wanted.sponsored)
    }
}
