import HTTP
public import Telemetry

/// Where traces go, and how many.
public struct TraceConfiguration: Sendable {
    /// What the collector calls us.
    public var serviceName: String
    /// The share of requests that begin a trace here which are traced, 0 to 1.
    public var sampledShare: Double
    /// Seconds since 1970.
    public var now: @Sendable () -> Double
    /// Brings JSON to the collector.
    public var send: @Sendable ([UInt8]) async -> TraceSender.Outcome

    /// A configuration.
    public init(
        serviceName: String, sampledShare: Double, now: @escaping @Sendable () -> Double,
        send: @escaping @Sendable ([UInt8]) async -> TraceSender.Outcome
    ) {
        self.serviceName = serviceName
        self.sampledShare = sampledShare
        self.now = now
        self.send = send
    }
}

/// What makes traces and what sends them.
struct Tracing: Sendable {
    let tracer: Tracer
    let sender: TraceSender

    init(
        _ configuration: TraceConfiguration, metrics: Metrics, log: Logger,
        random: @escaping @Sendable (Int) -> [UInt8]
    ) {
        let sender = TraceSender(
            TraceSender.Configuration(serviceName: configuration.serviceName), metrics: metrics,
            log: log, send: configuration.send)
        self.sender = sender
        tracer = Tracer(
            sampledShare: configuration.sampledShare, now: configuration.now,
            random: { random(8).reduce(0) { $0 << 8 | UInt64($1) } }, sink: sender.add)
    }
}
