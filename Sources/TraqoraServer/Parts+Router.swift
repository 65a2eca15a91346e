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
        let chance = { random(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) } }
        let ids = RequestIDs(random: chance(), chance())
        let observation = RequestObservation(logger: log, metrics: metrics, makeID: ids.next)
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
