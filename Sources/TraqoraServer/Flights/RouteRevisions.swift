import Cache
import Telemetry

/// From where to where.
struct RouteKey: Hashable, Sendable {
    /// What its revision is kept under.
    let text: String

    init(origin: String, destination: String) { text = "route|\(origin)|\(destination)" }

    /// What concerns every route: whether an airline may sell at all.
    static let all = RouteKey(origin: "*", destination: "*")
}

/// Says which of a route's states an answer belongs to, the same in every process that shares the
/// cache: whoever reads news of a route on the ledger ends its revision for all, and what was kept
/// under it is never found again.
///
/// Without Redis, and while it is gone, this holds for each process by itself. One that dies
/// between storing news and telling of them leaves old answers until their time is over.
final class RouteRevisions: Sendable {
    private let cache: SharedCache
    private let random: @Sendable (Int) -> [UInt8]
    private let pending = Lock<Set<RouteKey>>([])

    /// How long a revision lives that nothing ends: longer than any answer.
    static let lifetimeSeconds = 86_400.0

    init(cache: SharedCache, random: @escaping @Sendable (Int) -> [UInt8]) {
        self.cache = cache
        self.random = random
    }

    /// The present state of these routes together.
    func text(of routes: [RouteKey]) async -> String {
        var sum = await number(of: .all)
        for route in routes { sum &+= await number(of: route) }
        return String(sum, radix: 36)
    }

    private func number(of route: RouteKey) async -> UInt64 {
        let random = random
        let made = { @Sendable () async throws -> [UInt8] in random(8) }
        let bytes = try? await cache.value(
            for: route.text, seconds: Self.lifetimeSeconds, make: made)
        return (bytes ?? []).reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// Something has been written that nobody can read yet: whoever searched now would keep what
    /// was before as if it were new.
    func willChange(_ route: RouteKey) { pending.withLock { _ = $0.insert(route) } }

    /// What was written can be read.
    func didChange() async {
        let routes = pending.withLock { pending in
            defer { pending = [] }
            return pending
        }
        for route in routes { await cache.forget(route.text) }
    }
}
