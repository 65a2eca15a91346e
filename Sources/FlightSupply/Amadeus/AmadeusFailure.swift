import HTTP
import Travel

/// What Amadeus' failures mean.
enum AmadeusFailure {
    /// Reads a failure in either of Amadeus' forms; `nil` for any other.
    @Sendable static func read(_ status: HTTPStatus, _ headers: HTTPHeaders, _ body: [UInt8])
        -> SupplyError?
    {
        if let failure = try? SupplierJSON.decode(AmadeusWire.Failure.self, from: body),
            let first = failure.errors.first
        {
            return meaning(
                first.code?.text ?? "\(status)", first.detail ?? first.title ?? "", status, headers)
        }
        if let failure = try? SupplierJSON.decode(AmadeusWire.TokenFailure.self, from: body) {
            return meaning(
                failure.code?.text ?? failure.error, failure.title ?? failure.error, status, headers
            )
        }
        return nil
    }

    private static func meaning(
        _ code: String, _ reason: String, _ status: HTTPStatus, _ headers: HTTPHeaders
    ) -> SupplyError {
        switch code {
        case "38194":
            .throttled(retryAfterSeconds: SupplierClient.retryAfter(headers))
        case "38195": .quotaUsedUp
        case "38187", "38190", "38191", "38192", "38193", "38197", "39683", "39686":
            .unauthorized("\(code) \(reason)")
        // The segments cannot be sold any more, or not at this fare.
        case "34651", "34107": .offerGone
        case "37200": .priceChanged(nil)
        case _ where status.code == 429:
            .throttled(retryAfterSeconds: SupplierClient.retryAfter(headers))
        case _ where status.code == 401 || status.code == 403: .unauthorized("\(code) \(reason)")
        case _ where status.code >= 500: .failed(status: status.code, reason: code)
        default: .rejected(code: code, reason: reason)
        }
    }
}
