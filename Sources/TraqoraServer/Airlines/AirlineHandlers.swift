import HTTP
import StellarXDR
import TraqoraAPI
import Travel

/// The airlines over HTTP: what anybody may know, and what owners and those who act for them do.
struct AirlineHandlers: Sendable {
    let door: AirlineDoor
    let operate: OperateAirline

    private var airlines: AirlineRepository { door.airlines }

    /// What is served here.
    var routes: [ServedRoute] {
        [
            (.airlines, list), (.airline, read), (.airlineOperators, operators),
            (.setOperator, setOperator), (.publishFareRule, publishFareRule),
        ]
    }

    /// `GET /api/v1/airlines?cursor&limit`
    func list(_ request: HTTPRequest) async throws -> HTTPResponse {
        let query = try request.query
        let limit = try query.number("limit", 1...100) ?? 50
        let found = try await airlines.all(
            after: query.text("cursor", 1...3) ?? "", limit: limit + 1)
        let page = Page(found, limit: limit) { $0.code }
        return try .json(AirlinesResponse(airlines: page.items, nextCursor: page.cursor))
    }

    /// `GET /api/v1/airlines/{code}`
    func read(_ request: HTTPRequest) async throws -> HTTPResponse {
        let airline = try await airlines.find(
            door.code(of: request), token: SCAddress.contract(operate.token).description,
            now: operate.now())
        guard let airline else {
            throw ProblemCode.airlineUnknown.problem()
        }
        return try .json(airline)
    }

    /// `GET /api/v1/airlines/{code}/operators`
    func operators(_ request: HTTPRequest) async throws -> HTTPResponse {
        let code = try await door.code(of: request)
        return try .json(
            AirlineOperatorsResponse(operators: try await airlines.operators(of: code)))
    }

    /// `POST /api/v1/airlines/{code}/operators`
    func setOperator(_ request: HTTPRequest) async throws -> HTTPResponse {
        let owner = try await door.admitOwner(request)
        let wanted = try request.json(as: SetOperatorRequest.self)
        return try .toSign(try await operate.setOperator(wanted, by: owner))
    }

    /// `POST /api/v1/airlines/{code}/fare-rules`
    func publishFareRule(_ request: HTTPRequest) async throws -> HTTPResponse {
        let member = try await door.admit(request)
        let rule = try request.json(as: PublishFareRuleRequest.self)
        return try .toSign(try await operate.publish(rule, by: member))
    }
}

extension HTTPResponse {
    /// A transaction for whoever asked.
    static func toSign(_ transaction: UnsignedTransactionResponse) throws -> HTTPResponse {
        try .json(transaction, status: .created, headers: AirlineDoor.secrecy)
    }
}
