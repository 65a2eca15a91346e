import HTTP
import Telemetry

/// The access token: fetched by one for all who wait, and again when a tenth of its life is left.
actor AmadeusToken {
    private let client: SupplierClient
    private let id: Secret
    private let secret: Secret
    private var current: (text: String, staleAt: ContinuousClock.Instant)?
    private var fetching: Task<Result<String, SupplyError>, Never>?

    init(client: SupplierClient, id: Secret, secret: Secret) {
        self.client = client
        self.id = id
        self.secret = secret
    }

    /// The token that is good now.
    func text() async throws(SupplyError) -> String {
        if let current, ContinuousClock.now < current.staleAt { return current.text }
        if let fetching { return try await fetching.value.get() }
        let task = Task { await fetch() }
        fetching = task
        defer { fetching = nil }
        return try await task.value.get()
    }

    /// Amadeus does not take `text` any more.
    func forget(_ text: String) {
        if current?.text == text { current = nil }
    }

    private func fetch() async -> Result<String, SupplyError> {
        let form = [
            ("grant_type", "client_credentials"), ("client_id", id.reveal()),
            ("client_secret", secret.reveal()),
        ].map { "\($0)=\(PercentCoding.encode($1))" }.joined(separator: "&")
        do throws(SupplyError) {
            let bytes = try await client.read(
                SupplierClient.Question(
                    .post, "/v1/security/oauth2/token",
                    headers: ["Content-Type": "application/x-www-form-urlencoded"],
                    body: Array(form.utf8)))
            let token = try SupplierJSON.decode(AmadeusWire.Token.self, from: bytes)
            let life = Duration.seconds(min(max(token.expiresIn, 0), 86_400))
            current = (token.accessToken, ContinuousClock.now + life * 9 / 10)
            return .success(token.accessToken)
        } catch {
            return .failure(error)
        }
    }
}
