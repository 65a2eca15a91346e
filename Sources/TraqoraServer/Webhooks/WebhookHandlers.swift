import Database
import Foundation
import HTTP
import StellarXDR
import TraqoraAPI
import Travel

/// The addresses of an account, over HTTP.
struct WebhookHandlers: Sendable {
    let identity: Identity
    let webhooks: WebhookRepository
    /// Whether addresses without encryption may be named: on a developer's machine.
    let allowsPlainHTTP: Bool
    let now: @Sendable () -> Instant
    let random: @Sendable (Int) -> [UInt8]

    /// How many an account may have.
    static let countMax = 10
    /// How long an address may be.
    static let urlBytesMax = 2_000

    /// What is served here.
    var routes: [ServedRoute] {
        [(.addWebhook, add), (.webhooks, list), (.removeWebhook, remove)]
    }

    /// `POST /api/v1/webhooks`
    func add(_ request: HTTPRequest) async throws -> HTTPResponse {
        let owner = try await identity.caller(of: request).subject
        let wanted = try request.json(as: AddWebhookRequest.self)
        let url = try Self.address(wanted.url, allowsPlainHTTP: allowsPlainHTTP)
        let topics = Set(wanted.topics ?? [.bookings])
        guard !topics.isEmpty else {
            throw ProblemCode.topicUnknown.problem("Name at least one of `topics`.")
        }
        let secret = random(32)
        let row = WebhookRow(
            id: Hex.encode(random(16)), owner: owner, url: url, secret: secret, topics: topics,
            createdAt: now())
        let webhooks = webhooks
        try await webhooks.database.transaction { transaction in
            guard try await webhooks.all(of: owner, in: transaction).count < Self.countMax else {
                throw ProblemCode.tooManyWebhooks.problem("Remove one of the others first.")
            }
            try await webhooks.insert(row, in: transaction)
        }
        try await identity.audit.add("webhooks.added", by: owner, to: row.id, now: row.createdAt)
        return try .json(
            AddWebhookResponse(webhook: WebhookResponse(row), secret: Hex.encode(secret)),
            status: .created, headers: ["Cache-Control": "no-store"])
    }

    /// `GET /api/v1/webhooks`
    func list(_ request: HTTPRequest) async throws -> HTTPResponse {
        let owner = try await identity.caller(of: request).subject
        let rows = try await webhooks.all(of: owner)
        return try .json(
            WebhooksResponse(webhooks: rows.map(WebhookResponse.init)),
            headers: ["Cache-Control": "no-store"])
    }

    /// `DELETE /api/v1/webhooks/{id}`
    func remove(_ request: HTTPRequest) async throws -> HTTPResponse {
        let owner = try await identity.caller(of: request).subject
        let id: String = try request.parameters.require("id")
        guard try await webhooks.remove(id, of: owner) else {
            throw ProblemCode.webhookUnknown.problem()
        }
        try await identity.audit.add("webhooks.removed", by: owner, to: id, now: now())
        return .empty()
    }

    /// An address that may be told.
    static func address(_ text: String, allowsPlainHTTP: Bool) throws(Problem) -> String {
        guard text.utf8.count <= Self.urlBytesMax, let url = URLComponents(string: text),
            let host = url.host, !host.isEmpty, url.user == nil, url.password == nil,
            url.scheme == "https" || allowsPlainHTTP && url.scheme == "http"
        else {
            throw ProblemCode.webhookAddress.problem(
                "Name an address as https://example.com/path, without name and password in it.")
        }
        return text
    }
}

extension WebhookResponse {
    init(_ row: WebhookRow) {
        self.init(
            id: row.id, url: row.url,
            topics: EventTopic.allCases.filter(row.topics.contains), createdAt: row.createdAt,
            deliveredAt: row.deliveredAt,
            failure: row.failure, failedAt: row.failedAt)
    }
}
