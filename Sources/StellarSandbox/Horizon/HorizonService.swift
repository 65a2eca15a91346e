internal import HTTP
internal import StellarXDR

/// What there is of Horizon so far: its root.
struct HorizonService: Sendable {
    let chain: Chain
    let passphrase: String

    struct Root: Encodable {
        let horizon_version: String
        let core_version: String
        let ingest_latest_ledger: UInt32
        let history_latest_ledger: UInt32
        let history_elder_ledger: UInt32
        let core_latest_ledger: UInt32
        let network_passphrase: String
        let current_protocol_version: UInt32
        let supported_protocol_version: UInt32
        let core_supported_protocol_version: UInt32
    }

    struct Missing: Encodable {
        var type = "https://stellar.org/horizon-errors/not_found"
        var title = "Resource Missing"
        var status = 404
        var detail = "The resource at the url requested was not found, or not yet supported here."
    }

    func root() async -> HTTPResponse {
        guard let range = try? await chain.range else { return .empty(.internalServerError) }
        let version = range.latest.header.ledgerVersion
        let root = Root(
            horizon_version: "28.0.0-traqora-sandbox", core_version: "traqora sandbox",
            ingest_latest_ledger: range.latest.sequence,
            history_latest_ledger: range.latest.sequence,
            history_elder_ledger: range.oldest.sequence,
            core_latest_ledger: range.latest.sequence, network_passphrase: passphrase,
            current_protocol_version: version, supported_protocol_version: version,
            core_supported_protocol_version: version)
        guard var response = try? HTTPResponse.json(root) else {
            return .empty(.internalServerError)
        }
        response.headers["Content-Type"] = "application/hal+json; charset=utf-8"
        return response
    }

    func notFound() -> HTTPResponse {
        guard var response = try? HTTPResponse.json(Missing(), status: .notFound) else {
            return .empty(.notFound)
        }
        response.headers["Content-Type"] = "application/problem+json"
        return response
    }
}
