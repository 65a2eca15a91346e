import HTTP
import Travel

/// What Duffel's failures mean.
enum DuffelFailure {
    /// Reads a failure in Duffel's own form; `nil` for any other: a proxy's page, say.
    @Sendable static func read(_ status: HTTPStatus, _ headers: HTTPHeaders, _ body: [UInt8])
        -> SupplyError?
    {
        guard
            let failure = try? SupplierJSON.decode(
                DuffelWire.Failure.self, from: body, isSnakeCase: true),
            let first = failure.errors.first
        else { return nil }
        let code = first.code ?? "unknown"
        let reason = first.message ?? first.title ?? ""
        switch code {
        case "rate_limit_exceeded":
            return .throttled(retryAfterSeconds: SupplierClient.retryAfter(headers))
        case "offer_no_longer_available", "offer_expired", "price_changed", "not_found":
            return offerFailure(code)
        case _ where status.code == 401 || status.code == 403: return .unauthorized(code)
        case _ where status.code == 429:
            return .throttled(retryAfterSeconds: SupplierClient.retryAfter(headers))
        case _ where status.code >= 500:
            return .failed(status: status.code, reason: code)
        default: return .rejected(code: code, reason: reason)
        }
    }

    /// The code by which Duffel vouches that no order came of it.
    static let orderNotCreated = "order_not_created"

    private static func offerFailure(_ code: String) -> SupplyError {
        switch code {
        case "not_found": .unknownOffer
        // Which instant it was is not said; that it is over is.
        default: .offerGone
        }
    }
}
