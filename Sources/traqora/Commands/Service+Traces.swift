import HTTP
import Telemetry
import TraqoraServer

extension Service {
    /// How traces are sent to the collector that the settings name: OTLP over HTTP, as JSON.
    static func traces(_ settings: Settings, client: HTTPClient) -> TraceConfiguration? {
        let traces = settings.traces
        guard let url = traces.url else { return nil }
        return TraceConfiguration(
            serviceName: traces.serviceName, sampledShare: traces.sampledShare, now: Clock.seconds
        ) { body in
            var headers: HTTPHeaders = ["Content-Type": "application/json"]
            for header in traces.headers { headers[header.name] = header.value.reveal() }
            let request = HTTPClient.Request(
                .post, url, headers: headers, body: body, totalTimeMax: .seconds(10))
            guard let response = try? await client.send(request) else { return .unreachable }
            // OTLP/HTTP: what may be tried again is 429, 502, 503 and 504.
            switch response.status.code {
            case 200...299: return .taken
            case 429, 502, 503, 504: return .unreachable
            default: return .refused
            }
        }
    }
}
