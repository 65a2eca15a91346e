internal import HTTP

/// The paths of quickstart: RPC at `/rpc`, `/soroban/rpc` and `/`, friendbot, and Horizon at all
/// others. Pages of any origin may ask.
struct SandboxRoutes: Sendable {
    let rpc: RPCService
    let friendbot: FriendbotService
    let horizon: HorizonService
    let requests: RequestCount

    func answer(_ request: HTTPRequest) async -> HTTPResponse {
        var response = await route(request)
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Allow-Private-Network"] = "true"
        if request.method == .options {
            response.headers["Access-Control-Allow-Methods"] =
                "GET, PUT, POST, PATCH, DELETE, HEAD, OPTIONS"
            response.headers["Access-Control-Allow-Headers"] =
                request.headers["Access-Control-Request-Headers"] ?? "*"
        }
        return response
    }

    /// A call of RPC. Whoever steers the network waits as long as it takes.
    private func call(_ request: HTTPRequest) async -> HTTPResponse {
        let answer =
            rpc.configuration.offersControl
            ? await rpc.answer(request.body)
            : await TimeLimit.run(rpc.limits.request) { await rpc.answer(request.body) }
        guard let answer else { return .empty(504) }
        return answer.isEmpty
            ? .empty(.noContent) : .bytes(answer, contentType: "application/json")
    }

    private func route(_ request: HTTPRequest) async -> HTTPResponse {
        if request.method == .options { return .empty(.noContent) }
        switch (request.method, request.path) {
        case (.post, "/rpc"), (.post, "/soroban/rpc"), (.post, "/"):
            return await requests.run(upTo: rpc.limits.requestsMax) { await call(request) }
                ?? .empty(.serviceUnavailable)
        case (.get, "/friendbot"), (.post, "/friendbot"): return await friendbot.answer(request)
        case (_, "/rpc"), (_, "/soroban/rpc"), (_, "/friendbot"):
            return Problem.methodNotAllowed(["POST"]).response
        default: return await horizon.answer(request)
        }
    }
}
