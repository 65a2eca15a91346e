internal import HTTP
internal import StellarXDR

/// Of Horizon: its root, accounts, ledgers, transactions and fee statistics.
struct HorizonService: Sendable {
    let chain: Chain
    let passphrase: String
    /// What links begin with, without a slash at the end.
    let base: String

    /// Answers what is no call of RPC. Clients read the network's time from the header `Date`.
    func answer(_ request: HTTPRequest) async -> HTTPResponse {
        var response = await route(request)
        response.headers["Date"] = await chain.now.httpDate
        return response
    }

    private func route(_ request: HTTPRequest) async -> HTTPResponse {
        do {
            let parts = request.path.split(separator: "/").map(String.init)
            switch (request.method, parts.first, parts.count) {
            case (.get, nil, _), (.head, nil, _): return try await root()
            case (.get, "accounts", 2): return try await account(parts[1])
            case (.get, "ledgers", 1): return try await ledgers(try request.query)
            case (.get, "ledgers", 2): return try await ledger(parts[1])
            case (.get, "fee_stats", 1): return try await feeStats()
            case (.get, "transactions", 2): return try await transaction(parts[1])
            case (.post, "transactions", 1): return try await submit(request)
            case (.post, "transactions_async", 1): return try await submitAsynchronously(request)
            default: throw HorizonProblem.notFound
            }
        } catch let problem as HorizonProblem {
            return problem.response
        } catch let problem as Problem {
            return HorizonProblem.badRequest(problem.detail ?? problem.title).response
        } catch SandboxError.unsupported(let what) {
            return HorizonProblem.notImplemented(what).response
        } catch {
            return HorizonProblem.failed("\(error)").response
        }
    }

    private func root() async throws -> HTTPResponse {
        let range = try await chain.range
        let version = JSONValue.number(range.latest.header.ledgerVersion)
        return .hal([
            "_links": [
                "self": link("/"), "account": link("/accounts/{account_id}"),
                "fee_stats": link("/fee_stats"), "friendbot": link("/friendbot{?addr}"),
                "ledger": link("/ledgers/{sequence}"),
                "ledgers": link("/ledgers{?cursor,limit,order}"),
                "transaction": link("/transactions/{hash}"),
            ],
            "horizon_version": "28.0.0-traqora-sandbox", "core_version": "traqora sandbox",
            "ingest_latest_ledger": .number(range.latest.sequence),
            "history_latest_ledger": .number(range.latest.sequence),
            "history_latest_ledger_closed_at": .time(range.latest.closeTime),
            "history_elder_ledger": .number(range.oldest.sequence),
            "core_latest_ledger": .number(range.latest.sequence),
            "network_passphrase": .string(passphrase), "current_protocol_version": version,
            "supported_protocol_version": version, "core_supported_protocol_version": version,
        ])
    }

    /// A link to a path; with braces in it, it is a template.
    func link(_ path: String) -> JSONValue {
        ["href": .string(base + path), "templated": path.contains("{") ? true : nil]
    }

    /// A page of records.
    func page(_ records: [JSONValue], of path: String, after: String?) -> HTTPResponse {
        .hal([
            "_links": [
                "self": link(path), "next": link(after.map { "\(path)?cursor=\($0)" } ?? path),
                "prev": link(path),
            ],
            "_embedded": ["records": .array(records)],
        ])
    }
}

/// What Horizon says when it has no other answer.
struct HorizonProblem: Error {
    let status: HTTPStatus
    let type: String
    let title: String
    let detail: String
    var extras: JSONValue?

    static let notFound = HorizonProblem(
        status: .notFound, type: "not_found", title: "Resource Missing",
        detail: "The resource at the url requested was not found.")

    static func badRequest(_ detail: String, field: String? = nil) -> HorizonProblem {
        HorizonProblem(
            status: .badRequest, type: "bad_request", title: "Bad Request", detail: detail,
            extras: field.map { ["invalid_field": .string($0), "reason": .string(detail)] })
    }

    static func notImplemented(_ what: String) -> HorizonProblem {
        HorizonProblem(
            status: 501, type: "not_implemented", title: "Resource Not Yet Implemented",
            detail: SandboxError.unsupported(what).description)
    }

    static func failed(_ detail: String) -> HorizonProblem {
        HorizonProblem(
            status: .internalServerError, type: "server_error", title: "Internal Server Error",
            detail: detail)
    }

    var response: HTTPResponse {
        let body: JSONValue = [
            "type": .string("https://stellar.org/horizon-errors/\(type)"), "title": .string(title),
            "status": .number(status.code), "detail": .string(detail), "extras": extras,
        ]
        return .bytes(
            Array(body.description.utf8), contentType: "application/problem+json", status: status)
    }
}

extension HTTPResponse {
    /// JSON as Horizon sends it.
    static func hal(_ body: JSONValue, status: HTTPStatus = .ok) -> HTTPResponse {
        .bytes(
            Array(body.description.utf8), contentType: "application/hal+json; charset=utf-8",
            status: status)
    }
}
