import Database
import HTTP
import Telemetry
import TraqoraAPI

/// What whoever watches over the service asks.
struct Watching: Sendable {
    let database: Database
    let metrics: Metrics

    /// What is served here.
    var routes: [ServedRoute] { [(.live, live), (.ready, ready), (.metrics, metrics)] }

    /// `GET /live`: the process answers.
    func live(_ request: HTTPRequest) async throws -> HTTPResponse { .text("live\n") }

    /// `GET /ready`: the database answers and has this release's schema.
    func ready(_ request: HTTPRequest) async throws -> HTTPResponse {
        let version = try? await database.schemaVersion()
        let isReady = version == Migrations.all.last?.number
        return .text(isReady ? "ready\n" : "not ready\n", status: isReady ? .ok : 503)
    }

    /// `GET /metrics`: Prometheus' text.
    func metrics(_ request: HTTPRequest) async throws -> HTTPResponse {
        .text(
            metrics.prometheusText(), contentType: "text/plain; version=0.0.4; charset=utf-8")
    }
}
