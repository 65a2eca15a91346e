import HTTP
import TraqoraAPI

/// A route with what answers it.
typealias ServedRoute = (route: Route, handler: HTTPHandler)

/// What a server answers. A handler gets in only with the description of its route, and the
/// documents are made of those that got in: nothing is served that they do not name, and nothing is
/// named that is not served.
struct ServedRoutes {
    private(set) var routes: [Route] = []
    private var router: Router
    private let maintenance: Maintenance

    /// None yet, behind what `router` has in front; what must not change anything while the service
    /// is maintained asks `maintenance` first.
    init(_ router: Router, _ maintenance: Maintenance) {
        self.router = router
        self.maintenance = maintenance
    }

    /// Adds routes. Two for the same method and path are a mistake in the program.
    mutating func add(_ more: [ServedRoute]) {
        for (route, handler) in more {
            routes.append(route)
            let guarded =
                route.restsDuringMaintenance ? maintenance.guarded(handler) : handler
            router.on(
                route.method, route.pattern,
                RequestTracing.named(route.method, route.pattern, guarded))
        }
    }

    /// The router, with the documents of all that was added, and of themselves.
    func routerWithDocuments() -> Router {
        var all = self
        let documents = APIDocuments(routes + APIDocuments.ownRoutes)
        all.add(documents.routes)
        return all.router
    }
}
