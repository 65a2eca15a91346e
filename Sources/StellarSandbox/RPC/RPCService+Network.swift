internal import StellarXDR

extension RPCService {
    struct Health: Encodable {
        let status: String
        let latestLedger: UInt32
        let latestLedgerCloseTime: UInt64
        let oldestLedger: UInt32
        let oldestLedgerCloseTime: UInt64
        let ledgerRetentionWindow: Int
    }

    /// Unhealthy is an error, never another status.
    func health() async throws -> Health {
        let range = try await chain.range
        if let failure = await chain.closingFailure {
            throw RPCError.failed("the last ledger did not close: \(failure)")
        }
        let age = await chain.now - min(await chain.now, range.latest.closeTime)
        if case .every = await chain.closing, age > 30 {
            throw RPCError.failed(
                "latency (\(age)s) since last known ledger closed is too high (>30s)")
        }
        return Health(
            status: "healthy", latestLedger: range.latest.sequence,
            latestLedgerCloseTime: range.latest.closeTime, oldestLedger: range.oldest.sequence,
            oldestLedgerCloseTime: range.oldest.closeTime,
            ledgerRetentionWindow: configuration.ledgersKeptMax)
    }

    struct Network: Encodable {
        let friendbotUrl: String
        let passphrase: String
        let protocolVersion: UInt32
    }

    func network() async throws -> Network {
        Network(
            friendbotUrl: friendbotURL, passphrase: configuration.passphrase,
            protocolVersion: try await chain.seenLatest.header.ledgerVersion)
    }

    struct VersionInfo: Encodable {
        let version: String
        let commitHash: String
        let buildTimestamp: String
        let captiveCoreVersion: String
        let protocolVersion: UInt32
    }

    func versionInfo() async throws -> VersionInfo {
        VersionInfo(
            version: "28.0.0-traqora-sandbox", commitHash: "", buildTimestamp: "",
            captiveCoreVersion: "traqora sandbox",
            protocolVersion: try await chain.seenLatest.header.ledgerVersion)
    }

    struct LatestLedger: Encodable {
        let id: String
        let protocolVersion: UInt32
        let sequence: UInt32
        let closeTime: String
        let headerXdr: String
        let metadataXdr: String
    }

    func latestLedger() async throws -> LatestLedger {
        let latest = try await chain.seenLatest
        return LatestLedger(
            id: latest.hash.description, protocolVersion: latest.header.ledgerVersion,
            sequence: latest.sequence, closeTime: String(latest.closeTime),
            headerXdr: try latest.header.base64(), metadataXdr: try latest.closeMeta.base64())
    }
}
