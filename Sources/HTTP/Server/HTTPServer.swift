internal import CMicroHTTPD
internal import Foundation
internal import Glibc
internal import Telemetry

/// An HTTP/1.1 server.
///
/// Starts once and stops once. It runs until ``stop()``, also if nobody refers to it any more.
public final class HTTPServer: Sendable {
    private enum State {
        case idle
        case running(Running)
        case stopping(Task<Void, Never>)
    }

    private struct Running: Sendable {
        let daemons: Daemons
        let acceptor: Acceptor
        let watchdog: Task<Void, Never>
    }

    private let core: ServerCore
    private let state = Lock(State.idle)

    /// A server whose answers `handler` makes, on the concurrent executor; it must not block.
    /// - Parameter immediate: is asked first, on the thread that read the request, and answers what
    ///   it can at once: handing a request over and back takes as long as a small computation. The
    ///   thread's other connections wait meanwhile, and no limit of time holds, so it must be brief
    ///   by itself. `nil` leaves the request to `handler`.
    /// - Parameter refuse: makes the answer to a request that the server itself refuses: one that
    ///   is too large, ambiguous or too slow, that took too long, or came while it stops. The
    ///   request has no body.
    /// - Parameter unreadable: hears of what the library refuses before there is a request: what
    ///   is no HTTP/1.1, or a head beyond all limits. It answers with a page of its own, and
    ///   closes.
    public init(
        _ configuration: Configuration = Configuration(),
        immediate: (@Sendable (HTTPRequest) -> HTTPResponse?)? = nil,
        refuse: @escaping @Sendable (HTTPRequest, Problem) async -> HTTPResponse = {
            $1.response
        },
        unreadable: @escaping @Sendable (HTTPStatus) -> Void = { _ in },
        handler: @escaping @Sendable (HTTPRequest) async -> HTTPResponse
    ) {
        core = ServerCore(
            configuration, immediate: immediate, refuse: refuse, unreadable: unreadable,
            handler: handler)
    }

    init(_ core: ServerCore) { self.core = core }

    /// A server whose answers come from `router`.
    public convenience init(_ configuration: Configuration = Configuration(), router: Router) {
        self.init(configuration, refuse: router.refuser(), handler: router.handler())
    }

    /// Listens and serves.
    /// - Returns: The port, also where 0 was asked for.
    public func start() async throws(HTTPServerError) -> Int {
        try state.withLock { state throws(HTTPServerError) in
            guard case .idle = state else { throw .alreadyStarted }
            let running = try run()
            state = .running(running)
            return running.acceptor.listener.port
        }
    }

    /// Refuses what is new, waits for what is under way (``Configuration/stopTimeMax`` at most),
    /// then closes every connection. Does nothing if the server does not run.
    public func stop() async {
        let task: Task<Void, Never>? = state.withLock { state in
            switch state {
            case .idle: return nil
            case .stopping(let task): return task
            case .running(let running):
                let task = Task { [core] in await Self.stop(running, core) }
                state = .stopping(task)
                return task
            }
        }
        await task?.value
    }

    private func run() throws(HTTPServerError) -> Running {
        let limits = core.configuration
        let listener = try Listener(host: limits.host, port: limits.port)
        var settings = traqora_mhd_settings()
        // A few more than there are: it counts one that has closed for a little longer than we do.
        settings.connections_max = UInt32(core.connectionsMax + 16)
        settings.idle_seconds_max = UInt32(
            min(max(limits.idleTimeMax.components.seconds, 1), 86_400))
        settings.head_bytes_max = min(max(limits.headBytesMax, 1024), 1 << 24)
        settings.access = Callbacks.access
        settings.completed = Callbacks.completed
        settings.connection = Callbacks.connection
        settings.uri = Callbacks.target
        settings.log = Callbacks.log
        let context = Unmanaged.passRetained(core)
        settings.context = context.toOpaque()
        guard let daemons = Daemons(settings, count: min(max(limits.threads, 1), 64)) else {
            let reason = systemError()
            context.release()
            close(listener.socket)
            throw .cannotStart(reason)
        }
        return Running(
            daemons: daemons, acceptor: Acceptor(listener, core, daemons), watchdog: watch())
    }

    /// Looks for what is overdue; a quarter of the shortest limit is how exact it is.
    private func watch() -> Task<Void, Never> {
        let limits = core.configuration
        let shortest = min(limits.headTimeMax, limits.bodyTimeMax, limits.handlerTimeMax)
        let pause = min(max(shortest / 4, .milliseconds(10)), .milliseconds(250))
        return Task.detached { [core] in
            while (try? await Task.sleep(for: pause)) != nil {
                let now = monotonicNanoseconds()
                for connection in core.connections { connection.expire(at: now) }
            }
        }
    }

    /// The order matters: see ``ServerCore``.
    private static func stop(_ running: Running, _ core: ServerCore) async {
        core.enter(.draining)
        await running.acceptor.stop()
        let deadline = ContinuousClock.now + core.configuration.stopTimeMax
        while core.active > 0, ContinuousClock.now < deadline {
            for connection in core.connections { connection.exchange?.endEvents() }
            try? await Task.sleep(for: .milliseconds(5))
        }
        // Who is still waited for is told so, while that can be shaped and logged.
        for connection in core.connections { connection.exchange?.giveUp(.stopping) }
        let last = ContinuousClock.now + .seconds(1)
        while core.suspended > 0, ContinuousClock.now < last {
            try? await Task.sleep(for: .milliseconds(5))
        }
        core.enter(.closing)
        while core.suspended > 0 {
            for connection in core.connections { connection.exchange?.giveUp(.stopping) }
            try? await Task.sleep(for: .milliseconds(1))
        }
        running.watchdog.cancel()
        await withCheckedContinuation { continuation in
            // It joins the library's threads, so it must not hold up one of the executor.
            Thread.detachNewThread {
                running.daemons.stop()
                continuation.resume()
            }
        }
        Unmanaged.passUnretained(core).release()
    }
}
