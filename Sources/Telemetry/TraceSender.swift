/// Sends ended spans to a collector, many at a time, from a queue that has an end: what comes
/// while it is full is dropped and counted, so a collector that is slow or dead slows nobody.
public final class TraceSender: Sendable {
    /// How much, how often.
    public struct Configuration: Sendable {
        /// What the collector calls us.
        public var serviceName: String
        /// How many spans wait at most.
        public var queueMax = 2_048
        /// How many go at once.
        public var batchMax = 512
        /// How long they are gathered.
        public var interval = Duration.seconds(1)
        /// The longest pause after failures.
        public var pauseMax = Duration.seconds(30)
        /// How long the last ones may take when it stops.
        public var farewell = Duration.seconds(3)

        /// The defaults.
        public init(serviceName: String) { self.serviceName = serviceName }
    }

    /// What became of a batch.
    public enum Outcome: Sendable {
        /// The collector has it.
        case taken
        /// The collector does not want it, now or later.
        case refused
        /// It may be tried again.
        case unreachable
    }

    private let configuration: Configuration
    private let send: @Sendable ([UInt8]) async -> Outcome
    private let log: Logger
    private let sent: Counter
    private let dropped: Counter
    private let queue = Lock<[SpanRecord]>([])
    private let task = Lock<Task<Void, Never>?>(nil)

    /// A sender; `send` brings the body of a request, JSON, to the collector.
    public init(
        _ configuration: Configuration, metrics: Metrics, log: Logger,
        send: @escaping @Sendable ([UInt8]) async -> Outcome
    ) {
        self.configuration = configuration
        self.send = send
        self.log = log
        sent = metrics.counter("traces_sent_total", "Spans that the collector took.")
        dropped = metrics.counter("traces_dropped_total", "Spans that could not be sent.")
    }

    /// Takes a span. Never waits.
    public func add(_ span: SpanRecord) {
        let isTaken = queue.withLock { queue in
            guard queue.count < configuration.queueMax else { return false }
            queue.append(span)
            return true
        }
        if !isTaken { dropped.increment() }
    }

    /// Begins to send.
    public func start() {
        task.withLock { task in
            guard task == nil else { return }
            task = Task { await run() }
        }
    }

    /// Sends what is left, for a while, and ends.
    public func stop() async {
        let task = task.withLock { task in
            defer { task = nil }
            return task
        }
        task?.cancel()
        await task?.value
        // What is under way when the time is over is let go of.
        await withTaskGroup { group in
            group.addTask { _ = await self.sendAll() }
            group.addTask { try? await Task.sleep(for: self.configuration.farewell) }
            await group.next()
            group.cancelAll()
        }
        dropped.increment(by: queue.withLock { $0.count })
    }

    private func run() async {
        var pause = configuration.interval
        while !Task.isCancelled {
            guard (try? await Task.sleep(for: pause)) != nil else { return }
            if await sendAll() {
                pause = configuration.interval
            } else {
                if pause == configuration.interval {
                    log.warning("Traces cannot be sent; the newest are dropped while this lasts")
                }
                pause = min(pause * 2, configuration.pauseMax)
            }
        }
    }

    /// Sends until nothing waits.
    /// - Returns: whether all went.
    private func sendAll() async -> Bool {
        while true {
            let batch = queue.withLock { queue in
                let batch = Array(queue.prefix(configuration.batchMax))
                queue.removeFirst(batch.count)
                return batch
            }
            if batch.isEmpty { return true }
            switch await send(OTLP.body(batch, of: configuration.serviceName)) {
            case .taken: sent.increment(by: batch.count)
            case .refused: dropped.increment(by: batch.count)
            case .unreachable:
                putBack(batch)
                return false
            }
        }
    }

    /// Puts what could not be sent before what came meanwhile, as far as there is room.
    private func putBack(_ batch: [SpanRecord]) {
        let lost = queue.withLock { queue in
            let room = max(0, configuration.queueMax - queue.count)
            queue.insert(contentsOf: batch.prefix(room), at: 0)
            return batch.count - min(room, batch.count)
        }
        dropped.increment(by: lost)
    }
}
