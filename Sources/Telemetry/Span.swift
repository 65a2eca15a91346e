/// Something that takes time, while it goes on: a part of a trace.
///
/// ``current`` is the one that the task works for. What asks others (a database, another service)
/// measures itself as a part of it with ``part(_:_:_:)``, and needs nothing handed in: where
/// nothing is traced, nothing is measured.
public final class Span: Sendable {
    /// What it is for others.
    public enum Kind: Int, Sendable {
        /// Work of our own.
        case inside = 1
        /// An answer to somebody.
        case server = 2
        /// A question to somebody.
        case client = 3
    }

    private struct State {
        var name: String
        var attributes: [(key: String, value: LogValue)]
        var failure: String?
    }

    /// Its place in the trace.
    public let context: TraceContext
    private let parent: String?
    private let kind: Kind
    private let tracer: Tracer
    private let began: (wall: Double, clock: ContinuousClock.Instant)
    private let state: Lock<State>

    /// The span that this task works for, if it is recorded.
    @TaskLocal public static var current: Span?

    init(
        _ name: String, _ kind: Kind, context: TraceContext, parent: String?,
        _ attributes: [(key: String, value: LogValue)], tracer: Tracer
    ) {
        self.context = context
        self.parent = parent
        self.kind = kind
        self.tracer = tracer
        began = (tracer.now(), .now)
        state = Lock(State(name: name, attributes: attributes, failure: nil))
    }

    /// Gives it a better name.
    public func rename(_ name: String) { state.withLock { $0.name = name } }

    /// Adds something that was particular about it. Never a secret.
    public func set(_ key: String, _ value: LogValue) {
        state.withLock { $0.attributes.append((key, value)) }
    }

    /// Says that it failed, and why.
    public func fail(_ reason: String) { state.withLock { $0.failure = reason } }

    /// Measures `body` as a part of what this task works for; only runs it when nothing is traced.
    ///
    /// `describe` is asked only when it is recorded. What `body` throws is the failure.
    public static func part<Value, Failure: Error>(
        _ kind: Kind, _ describe: () -> (name: String, [(key: String, value: LogValue)]),
        _ body: (Span?) async throws(Failure) -> Value
    ) async throws(Failure) -> Value {
        guard let whole = current else { return try await body(nil) }
        let (name, attributes) = describe()
        let span = whole.tracer.part(of: whole, name, kind, attributes)
        defer { span.end() }
        do {
            return try await body(span)
        } catch {
            span.fail("\(error)")
            throw error
        }
    }

    /// Ends it: what it was is sent.
    func end() {
        let took = began.clock.duration(to: .now) / .seconds(1)
        let last = state.withLock { $0 }
        tracer.sink(
            SpanRecord(
                context: context, parent: parent, name: last.name, kind: kind,
                began: began.wall, ended: began.wall + took, attributes: last.attributes,
                failure: last.failure))
    }
}

/// A span that has ended.
public struct SpanRecord: Sendable {
    /// Its place in the trace.
    public var context: TraceContext
    /// The span it is a part of.
    public var parent: String?
    /// What it was.
    public var name: String
    /// What it was for others.
    public var kind: Span.Kind
    /// When it began, in seconds since 1970.
    public var began: Double
    /// When it ended, in seconds since 1970.
    public var ended: Double
    /// What was particular about it.
    public var attributes: [(key: String, value: LogValue)]
    /// Why it failed; `nil` if it did not.
    public var failure: String?
}
