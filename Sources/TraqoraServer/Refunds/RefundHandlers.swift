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
    let transactions: AccountTransactions

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
                bonds: try await refunds.bonds(of: code),
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
        let signer = try request.account()
        let id = try request.json(as: ClaimRequest.self).escrowID
        return try answer(
            try await transactions.offer(
                RefundContract(refund).claimDelay(passenger: .account(signer), booking: id)
                    .operation,
                for: .claim, about: "refunds.\(id)", by: signer,
                summary: [
                    "Claim from the airline's bond what the delay of booking \(id) on the ledger is "
                        + "worth. It is paid to \(signer)."
                ]))
    }

    /// `POST /api/v1/refunds/accounts/{address}/withdrawals`
    func withdraw(_ request: HTTPRequest) async throws -> HTTPResponse {
        let signer = try request.account()
        let token = try SCAddress(ofRequest: request.json(as: WithdrawalRequest.self).token)
        let credit = try await refunds.credits(of: signer.description).first {
            $0.token == token.description
        }
        guard let credit else {
            throw ProblemCode.nothingWaits.problem("Nothing of \(token) waits for \(signer).")
        }
        return try answer(
            try await transactions.offer(
                BookingContract(booking).withdraw(
                    address: .account(signer), token: token, to: .account(signer)
                ).operation,
                for: .payout, about: "refunds.\(signer)", by: signer,
                summary: [
                    "Have \(credit.amount.shortText) of the token \(token), which wait in the escrow "
                        + "contract, paid out to \(signer)."
                ]))
    }

    private func answer(_ offered: UnsignedTransactionResponse) throws -> HTTPResponse {
        try .json(offered, status: .created, headers: ["Cache-Control": "no-store"])
    }
}
