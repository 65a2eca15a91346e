internal import HTTP

/// The paths of quickstart: RPC at `/rpc`, `/soroban/rpc` and `/`, friendbot, and Horizon at all
/// others. Pages of any origin may ask.
struct SandboxRoutes: Sendable {
    let rpc: RPCService
    let friendbot: FriendbotService
    let horizon: HorizonService
    let requests: RequestCount

    func answer(_ request: HTTPRequest) async -> HTTPResponse {
        opened(await route(request), to: request)
    }

    /// What can be answered where the request was read: a call alone that takes less time than
    /// handing it over.
    func answerAtOnce(_ request: HTTPRequest) -> HTTPResponse? {
        guard isCall(request), let answer = rpc.answerAtOnce(request.body) else { return nil }
        return opened(response(answer), to: request)
    }

    private func opened(_ response: HTTPResponse, to request: HTTPRequest) -> HTTPResponse {
        var response = response
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

    private func isCall(_ request: HTTPRequest) -> Bool {
        request.method == .post && ["/rpc", "/soroban/rpc", "/"].contains(request.path)
    }

    /// A call of RPC, or several. Whoever steers the network waits as long as it takes.
    private func call(_ request: HTTPRequest) async -> HTTPResponse {
        if RPCService.isBatch(request.body), !rpc.configuration.offersControl {
            request.limitTime(to: rpc.limits.request, else: opened(.empty(504), to: request))
        }
        return response(
            await rpc.answer(request.body) { time, late in
                request.limitTime(to: time, else: opened(response(late), to: request))
            })
    }

    private func response(_ answer: [UInt8]) -> HTTPResponse {
        answer.isEmpty ? .empty(.noContent) : .bytes(answer, contentType: "application/json")
    }

    private func route(_ request: HTTPRequest) async -> HTTPResponse {
        if request.method == .options { return .empty(.noContent) }
        if isCall(request) {
            return await requests.run(upTo: rpc.limits.requestsMax) { await call(request) }
                ?? .empty(.serviceUnavailable)
        }
        switch (request.method, request.path) {
        case (.get, "/friendbot"), (.post, "/friendbot"): return await friendbot.answer(request)
        case (_, "/rpc"), (_, "/soroban/rpc"), (_, "/friendbot"):
            return Problem.methodNotAllowed(["POST"]).response
        default: return await horizon.answer(request)
        }
    }
}
