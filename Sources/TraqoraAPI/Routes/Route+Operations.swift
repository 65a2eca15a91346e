import HTTP

extension Route {
    static let ofOperations = [health, live, ready, metrics, openAPI, docs, problem, stellarToml]

    /// Whether the service and what it needs are well.
    public static let health = Route(
        "health", .get, "/health", in: .operations,
        "Whether the service and what it needs are well.", for: .watcher,
        answers: [
            .json(.ok, HealthResponse.self, "It works, perhaps without what makes it faster."),
            .json(.serviceUnavailable, HealthResponse.self, "Something that it needs is failing."),
        ])
    /// Whether the process answers.
    public static let live = Route(
        "live", .get, "/live", in: .operations, "Whether the process answers.", for: .watcher,
        answers: [.bytes(.ok, "text/plain", "It does.")])
    /// Whether the database answers and has this release's schema.
    public static let ready = Route(
        "ready", .get, "/ready", in: .operations,
        "Whether the database answers and has this release's schema.", for: .watcher,
        answers: [
            .bytes(.ok, "text/plain", "It does."),
            .bytes(.serviceUnavailable, "text/plain", "It does not."),
        ])
    /// What the service has done.
    public static let metrics = Route(
        "metrics", .get, "/metrics", in: .operations,
        "What the service has done, as Prometheus reads it.", for: .watcher,
        answers: [.bytes(.ok, "text/plain", "Prometheus' text, version 0.0.4.")])
    /// This description for programs.
    public static let openAPI = Route(
        "openAPI", .get, "/openapi.json", in: .operations,
        "What the API answers to, as OpenAPI 3.1.", for: .anyone,
        answers: [.object(.ok, "The description.")])
    /// This description for people.
    public static let docs = Route(
        "docs", .get, "/docs", in: .operations, "The same for people.", for: .anyone,
        answers: [.bytes(.ok, "text/html", "A page.")])
    /// Where the `type` of a problem leads.
    public static let problem = Route(
        "problem", .get, "/problems/{code}", in: .operations,
        "Where the `type` of a problem leads: its place in the page.", for: .anyone,
        parameters: [.path("code", String.self, "The problem's code.")],
        answers: [.empty(303, "The place, in `Location`.")])
    /// What the domain says of itself.
    public static let stellarToml = Route(
        "stellarToml", .get, "/.well-known/stellar.toml", in: .signIn,
        "What the domain says of itself, SEP-1.", for: .anyone,
        answers: [.bytes(.ok, "text/plain", "TOML.")])
}
