public import Telemetry

/// Bytes and rates that may be lost: in this process, or shared by many through Redis, with the
/// same face.
///
/// With Redis there is a copy of what was read in this process, forgotten when any process says so.
/// When Redis is gone, everything goes on in this process alone: searches are made again, limits
/// are each process's own. It says so (``state``), and recovers by itself.
public final class SharedCache: Sendable {
    /// Where things are kept now.
    public enum State: Sendable, Hashable {
        /// In this process, as configured.
        case inProcess
        /// In Redis.
        case shared
        /// In this process, because Redis cannot be reached.
        case fallenBack(reason: String)
    }

    /// How many keys are remembered that Redis has yet to forget; the others live out their time.
    private static let missedMax = 10_000

    private struct Attempts {
        var count = 0
        var running: [String: (number: Int, task: Task<[UInt8], any Error>)] = [:]
    }

    private let local: LocalStore
    private let redis: RedisStore?
    private let attempts = Lock(Attempts())
    /// Why Redis last refused to keep or count something; `nil` once it does so again.
    private let refusal = Lock(String?.none)
    /// What could not be forgotten in Redis because it was gone: said when it is back, before what
    /// was there is believed.
    private let missed = Lock(Set<String>())
    private let log: Logger
    private let now: @Sendable () -> Double

    /// An empty cache.
    /// - Parameters:
    ///   - redisURL: the Redis that processes share; `nil` keeps everything in this one. It need
    ///     not be there yet.
    ///   - countMax: how many values, and how many rates, this process keeps by itself.
    ///   - now: seconds since 1970.
    public init(
        redisURL: RedisURL? = nil, countMax: Int = 10_000, log: Logger = .silent,
        now: @escaping @Sendable () -> Double
    ) {
        let local = LocalStore(countMax: max(1, countMax))
        self.local = local
        self.now = now
        self.log = log
        let isBack = Lock<(@Sendable () -> Void)?>(nil)
        redis = redisURL.map { url in
            RedisStore(
                client: RedisClient(
                    url, channel: RedisStore.channel,
                    onMessage: { local.forget(String(decoding: $0, as: UTF8.self)) },
                    onChange: { isConnected, reason in
                        guard isConnected else {
                            return log.warning(
                                "Redis is gone; each process keeps its own",
                                ["reason": .string(reason)])
                        }
                        // What others said meanwhile was not heard.
                        local.forgetAll()
                        log.info("Redis is there")
                        isBack.withLock { $0 }?()
                    }))
        }
        guard redis != nil else { return }
        isBack.withLock { isBack in
            isBack = { [weak self] in
                guard let self else { return }
                Task { await self.forgetMissed() }
            }
        }
    }

    /// Where things are kept now.
    public var state: State {
        guard let redis else { return .inProcess }
        let status = redis.client.status
        guard status.isConnected else { return .fallenBack(reason: status.reason) }
        return refusal.withLock { $0 }.map { .fallenBack(reason: $0) } ?? .shared
    }

    /// The value of `key`, from here or made by `make`: by one caller of this process at a time,
    /// for all who wait. A failure is given to all who waited and remembered by nobody.
    /// - Parameter seconds: how long what is made may be kept.
    /// - Throws: what `make` throws.
    public func value(
        for key: String, seconds: Double, make: @escaping @Sendable () async throws -> [UInt8]
    ) async throws -> [UInt8] {
        if let bytes = local.find(key, at: now()) { return bytes }
        let task = attempts.withLock { attempts in
            if let running = attempts.running[key] { return running.task }
            attempts.count += 1
            let number = attempts.count
            let task = Task {
                defer { self.end(key, number) }
                if let bytes = await self.find(key) { return bytes }
                let bytes = try await make()
                // Forgotten in the meantime: someone knows that it is stale.
                if self.isCurrent(key, number) {
                    await self.keep(bytes, for: key, seconds: seconds)
                }
                return bytes
            }
            attempts.running[key] = (number, task)
            return task
        }
        return try await task.value
    }

    /// The value of `key`, if it is kept.
    public func find(_ key: String) async -> [UInt8]? {
        let time = now()
        if let bytes = local.find(key, at: time) { return bytes }
        guard let redis, let found = try? await redis.find(key), time < found.expires else {
            return nil
        }
        local.keep(found.bytes, for: key, until: found.expires)
        return found.bytes
    }

    /// Keeps a value.
    /// - Parameter seconds: how long.
    public func keep(_ bytes: [UInt8], for key: String, seconds: Double) async {
        let time = now()
        local.keep(bytes, for: key, until: time + seconds)
        await change { try await $0.keep(bytes, for: key, from: time, until: time + seconds) }
    }

    /// Forgets a value, here and in every process; one that is being made is given to those who
    /// wait, and not kept.
    public func forget(_ key: String) async {
        attempts.withLock { $0.running[key] = nil }
        local.forget(key)
        guard redis != nil, await change({ try await $0.forget(key) }) == nil else { return }
        missed.withLock { missed in
            if missed.count < Self.missedMax { missed.insert(key) }
        }
    }

    private func forgetMissed() async {
        let keys = missed.withLock { missed in
            defer { missed = [] }
            return missed
        }
        for key in keys { await forget(key) }
    }

    /// Counts one more in a bucket, if the limit allows it: in Redis for all processes, else in
    /// this one.
    /// - Parameter bucket: who or what is limited; a bucket has one limit.
    public func take(from bucket: String, _ limit: RateLimit) async -> RateDecision {
        let time = now()
        let moment = RateMoment(limit, at: time)
        if let decision = await change({ try await $0.take(from: bucket, moment) }) {
            return decision
        }
        return local.take(from: bucket, moment, at: time)
    }

    /// Asks Redis to change something. One that is there and refuses, because its memory or disk is
    /// full, say, is as good as gone: it is said once, and again when it is over.
    /// - Returns: `nil` if there is none, or it did not.
    @discardableResult
    private func change<Value: Sendable>(
        _ body: (RedisStore) async throws -> Value
    ) async -> Value? {
        guard let redis else { return nil }
        do {
            let value = try await body(redis)
            if refusal.withLock({ $0.take() }) != nil { log.info("Redis takes changes again") }
            return value
        } catch RedisError.refused(let reason) {
            let before = refusal.withLock { refusal in
                defer { refusal = reason }
                return refusal
            }
            if before == nil {
                log.warning(
                    "Redis refuses changes; each process keeps its own",
                    ["reason": .string(reason)])
            }
        } catch {
            // Its client says that it is gone, and when it is back.
        }
        return nil
    }

    /// Lets go of Redis. What is kept in this process can still be read.
    public func close() {
        redis?.client.shutDown()
    }

    private func isCurrent(_ key: String, _ number: Int) -> Bool {
        attempts.withLock { $0.running[key]?.number == number }
    }

    private func end(_ key: String, _ number: Int) {
        attempts.withLock { attempts in
            if attempts.running[key]?.number == number { attempts.running[key] = nil }
        }
    }
}
