import HTTP

extension Service {
    /// Fetches what users name: short, soon, without redirects, from public addresses alone.
    static let fetchOfUsers: @Sendable (String) async throws -> String = { url in
        var configuration = HTTPClient.Configuration()
        configuration.connectTimeMax = .seconds(3)
        configuration.totalTimeMax = .seconds(5)
        // SEP-1: a stellar.toml has 100 KB at most.
        configuration.bodyBytesMax = 100 * 1_024
        configuration.reachesPublicAddressesOnly = true
        let client = HTTPClient(configuration)
        defer { client.shutDown() }
        let response = try await client.send(HTTPClient.Request(.get, url))
        guard response.status == .ok, case .bytes(let bytes) = response.body else {
            throw HTTPClientError.malformed("status \(response.status)")
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
