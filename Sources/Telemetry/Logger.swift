/// Writes log records: a constant message, and what varies in keys beside it.
///
/// A value: ``with(_:)`` makes another that adds keys to every record. Where lines go, and what
/// time it is, is handed in.
public struct Logger: Sendable {
    /// How much a record matters.
    public enum Level: String, CaseIterable, Comparable, Sendable {
        /// For whoever is looking for a fault.
        case debug
        /// Something that was meant to happen.
        case info
        /// Something that needs looking at, though the work went on.
        case warning
        /// Something that failed.
        case error

        /// By how much they matter.
        public static func < (left: Level, right: Level) -> Bool { left.rank < right.rank }

        private var rank: Int {
            switch self {
            case .debug: 0
            case .info: 1
            case .warning: 2
            case .error: 3
            }
        }
    }

    /// One thing that happened.
    public struct Record: Sendable {
        /// Seconds since 1970.
        public var time: Double
        /// How much it matters.
        public var level: Level
        /// What happened, always in the same words.
        public var message: StaticString
        /// What was particular about it, in the order given.
        public var values: [(key: String, value: LogValue)]
    }

    /// The least level that is written.
    public var level: Level
    private let sink: @Sendable (Record) -> Void
    private let now: @Sendable () -> Double
    private var values: [(key: String, value: LogValue)] = []

    /// A logger that hands records of at least `level` to `sink`, which may be called from any
    /// thread; `now` is seconds since 1970.
    public init(
        level: Level = .info, now: @escaping @Sendable () -> Double,
        sink: @escaping @Sendable (Record) -> Void
    ) {
        self.level = level
        self.now = now
        self.sink = sink
    }

    /// A logger that writes nothing.
    public static let silent = Logger(level: .error, now: { 0 }, sink: { _ in })

    /// A logger that adds these keys to every record.
    public func with(_ values: KeyValuePairs<String, LogValue>) -> Logger {
        var copy = self
        copy.values += values.map { ($0.key, $0.value) }
        return copy
    }

    /// Writes a record, if its level is wanted.
    public func log(
        _ level: Level, _ message: StaticString, _ values: KeyValuePairs<String, LogValue> = [:]
    ) {
        guard level >= self.level else { return }
        let all = self.values + values.map { ($0.key, $0.value) }
        sink(Record(time: now(), level: level, message: message, values: all))
    }

    /// Writes at ``Level/debug``.
    public func debug(_ message: StaticString, _ values: KeyValuePairs<String, LogValue> = [:]) {
        log(.debug, message, values)
    }

    /// Writes at ``Level/info``.
    public func info(_ message: StaticString, _ values: KeyValuePairs<String, LogValue> = [:]) {
        log(.info, message, values)
    }

    /// Writes at ``Level/warning``.
    public func warning(_ message: StaticString, _ values: KeyValuePairs<String, LogValue> = [:]) {
        log(.warning, message, values)
    }

    /// Writes at ``Level/error``.
    public func error(_ message: StaticString, _ values: KeyValuePairs<String, LogValue> = [:]) {
        log(.error, message, values)
    }
}
