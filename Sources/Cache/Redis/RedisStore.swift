/// What processes share through Redis. Every value carries its end, so that a copy of it ends with
/// it.
struct RedisStore: Sendable {
    let client: RedisClient

    /// The channel on which processes tell each other what to forget.
    static let channel = "traqora:forget"
    private static let prefix = "traqora:"

    /// Adds one to the present window if the estimate allows it: one step, whoever else is at it.
    private static let takeScript = """
        local current = tonumber(redis.call('GET', KEYS[1]) or '0')
        local previous = tonumber(redis.call('GET', KEYS[2]) or '0')
        if math.floor(previous * ARGV[2] / 1000) + current < tonumber(ARGV[1]) then
            redis.call('INCR', KEYS[1])
            redis.call('PEXPIRE', KEYS[1], ARGV[3])
        end
        return {previous, current}
        """

    /// The value and when it ends, in seconds since 1970.
    func find(_ key: String) async throws -> (bytes: [UInt8], expires: Double)? {
        let reply = try await client.send(Self.word("GET"), Self.word(Self.prefix + key))
        guard case .bytes(let bytes) = reply, bytes.count >= 8 else { return nil }
        let milliseconds = bytes.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return (Array(bytes.dropFirst(8)), Double(milliseconds) / 1_000)
    }

    func keep(_ bytes: [UInt8], for key: String, from now: Double, until expires: Double)
        async throws
    {
        let milliseconds = UInt64(max(0, expires * 1_000))
        let end = (0..<8).map { UInt8(truncatingIfNeeded: milliseconds >> UInt64(56 - 8 * $0)) }
        _ = try await client.send(
            Self.word("SET"), Self.word(Self.prefix + key), end + bytes, Self.word("PX"),
            Self.word("\(max(1, Int64((expires - now) * 1_000)))"))
    }

    /// Removes it here, and tells the other processes.
    func forget(_ key: String) async throws {
        let removed: Result<RedisReply, any Error>
        do {
            removed = .success(
                try await client.send(Self.word("DEL"), Self.word(Self.prefix + key)))
        } catch {
            removed = .failure(error)
        }
        // Others forget their copies also when Redis cannot remove its own.
        _ = try await client.send(Self.word("PUBLISH"), Self.word(Self.channel), Self.word(key))
        _ = try removed.get()
    }

    func take(from bucket: String, _ moment: RateMoment) async throws -> RateDecision {
        let name = "\(Self.prefix)rate:\(bucket):\(moment.limit.seconds)"
        let reply = try await client.send(
            Self.word("EVAL"), Self.word(Self.takeScript), Self.word("2"),
            Self.word("\(name):\(moment.window)"), Self.word("\(name):\(moment.window - 1)"),
            Self.word("\(moment.limit.count)"), Self.word("\(moment.weight)"),
            Self.word("\(moment.limit.seconds * 2_000)"))
        guard case .array(let parts) = reply, parts.count == 2,
            case .integer(let previous) = parts[0], case .integer(let current) = parts[1]
        else { throw RedisError.refused("an answer that is none") }
        return moment.decision(previous: Int(previous), current: Int(current))
    }

    private static func word(_ text: String) -> [UInt8] { Array(text.utf8) }
}
