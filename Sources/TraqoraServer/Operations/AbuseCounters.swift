import Cache
import HTTP
import Telemetry

/// Counts what is refused, by reason, and says when one address is refused again and again.
struct AbuseCounters: Sendable {
    let metrics: Metrics
    let cache: SharedCache
    let log: Logger

    /// So many refusals of one address are told: people mistype less often.
    static let toldAt = RateLimit(100, seconds: 300)

    /// Counts the refusal in an answer, if it is one.
    func count(_ response: HTTPResponse, _ reason: @autoclosure () -> String, from address: String)
        async
    {
        switch response.status {
        case .unauthorized, .forbidden, .tooManyRequests: break
        case .badRequest, .requestTimeout, .contentTooLarge, .targetTooLong,
            .unsupportedMediaType, .unprocessableContent, .headTooLarge:
            // Malformed requests are mistakes more often than attacks: counted, not held against.
            return counter("malformed").increment()
        default: return
        }
        counter(reason()).increment()
        let decision = await cache.take(from: "refused:\(address)", Self.toldAt)
        guard decision.isAllowed, decision.remaining == 0 else { return }
        log.warning(
            "An address is refused again and again",
            [
                "address": .string(address), "refusals": .integer(Self.toldAt.count),
                "seconds": .integer(Self.toldAt.seconds), "last_reason": .string(reason()),
            ])
    }

    /// Counts what was no request at all: whose it was is not known.
    func unreadable(_ status: HTTPStatus) {
        counter("unreadable").increment()
        log.info("A request cannot be read", ["status": .integer(status.code)])
    }

    private func counter(_ reason: String) -> Counter {
        metrics.counter(
            "requests_refused_total", "Requests that were refused, by reason.",
            ["reason": reason])
    }
}
