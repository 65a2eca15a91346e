import HTTP
import Telemetry
import Travel

extension Parts {
    /// The router of these routes, behind what stands before every handler.
    static func router(
        _ routes: [ServedRoute], _ edges: Edges, _ maintenance: Maintenance, metrics: Metrics,
        tracer: Tracer?, random: @escaping @Sendable (Int) -> [UInt8], log: Logger
    ) -> Router {
        var router = Router { error, request in
            log.error(
                "A request failed on our side",
                ["path": .string(request.path), "error": .describing(error)])
        }
        let observation = RequestObservation(logger: log, metrics: metrics) {
            let numbers = random(16).reduce(into: [UInt64](repeating: 0, count: 2)) {
                $0[0] = $0[0] << 8 | $0[1] >> 56
                $0[1] = $0[1] << 8 | UInt64($1)
            }
            return RequestID(random: numbers[0], numbers[1])
        }
        if let tracer { router.use(RequestTracing(tracer: tracer).middleware) }
        router.use(observation.middleware)
        router.use(edges.carry)
        router.use(edges.limit)
        var served = ServedRoutes(router, maintenance)
        served.add(routes)
        return served.routerWithDocuments()
    }
}

extension HTTPClient {
    /// For addresses that accounts name: it follows nothing, and reaches what is public alone.
    static func forWebhooks(_ configuration: TraqoraServer.Configuration) -> HTTPClient {
        var limits = HTTPClient.Configuration()
        limits.reachesPublicAddressesOnly = !configuration.areWebhooksLocal
        limits.bodyBytesMax = 65_536
        limits.connectionsPerHostMax = 4
        return HTTPClient(limits)
    }
}
