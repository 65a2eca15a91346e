/// Begins traces, or goes on with those that others began.
public struct Tracer: Sendable {
    /// The share of traces that begin here and are recorded, 0 to 1.
    public let sampledShare: Double
    let now: @Sendable () -> Double
    let sink: @Sendable (SpanRecord) -> Void
    private let random: @Sendable () -> UInt64

    /// A tracer that hands ended spans to `sink`, which must not wait.
    /// - Parameters:
    ///   - now: seconds since 1970.
    ///   - random: unpredictable bits.
    public init(
        sampledShare: Double, now: @escaping @Sendable () -> Double,
        random: @escaping @Sendable () -> UInt64, sink: @escaping @Sendable (SpanRecord) -> Void
    ) {
        self.sampledShare = sampledShare
        self.now = now
        self.random = random
        self.sink = sink
    }

    /// Traces `body`: as a part of `parent`, recorded if that is, or else from here, recorded by
    /// chance.
    public func trace<Value, Failure: Error>(
        _ name: String, _ kind: Span.Kind, after parent: TraceContext? = nil,
        _ body: (Span?) async throws(Failure) -> Value
    ) async throws(Failure) -> Value {
        guard parent?.isSampled ?? isChosen() else { return try await body(nil) }
        let context = TraceContext(
            trace: parent?.trace ?? hex() + hex(), span: hex(), isSampled: true)
        return try await run(
            Span(name, kind, context: context, parent: parent?.span, [], tracer: self), body)
    }

    /// Traces a round of a worker, recorded only if it did something: how much is what `body`
    /// returns.
    public func round(_ name: String, _ body: () async throws -> Int) async throws -> Int {
        guard isChosen() else { return try await body() }
        let kept = Lock<[SpanRecord]>([])
        let inner = Tracer(sampledShare: 1, now: now, random: random) { record in
            kept.withLock { if $0.count < Self.roundSpansMax { $0.append(record) } }
        }
        let sink = sink
        func send() { for record in kept.withLock({ $0 }) { sink(record) } }
        do {
            let count = try await inner.trace(name, .inside) { _ in try await body() }
            if count > 0 { send() }
            return count
        } catch {
            if !(error is CancellationError) { send() }
            throw error
        }
    }

    /// How many spans of a round are kept.
    private static let roundSpansMax = 200

    func part(
        of whole: Span, _ name: String, _ kind: Span.Kind,
        _ attributes: [(key: String, value: LogValue)]
    ) -> Span {
        let context = TraceContext(trace: whole.context.trace, span: hex(), isSampled: true)
        return Span(
            name, kind, context: context, parent: whole.context.span, attributes, tracer: self)
    }

    private func run<Value, Failure: Error>(
        _ span: Span, _ body: (Span?) async throws(Failure) -> Value
    ) async throws(Failure) -> Value {
        defer { span.end() }
        // The task's value can be set around what throws anything or nothing, not around this.
        let result: Result<Value, Failure> = await Span.$current.withValue(span) {
            do throws(Failure) {
                return .success(try await body(span))
            } catch {
                span.fail("\(error)")
                return .failure(error)
            }
        }
        return try result.get()
    }

    private func isChosen() -> Bool {
        sampledShare >= 1 || Double(random() >> 11) < sampledShare * 9_007_199_254_740_992
    }

    /// Sixteen digits, not all zero.
    private func hex() -> String {
        let digits = String(max(1, random()), radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
