import HTTP
import TraqoraAPI
import Travel

/// Maintenance over HTTP, for whoever runs the service.
struct MaintenanceHandlers: Sendable {
    let gate: AdministrationGate
    let maintenance: Maintenance

    /// How long what people are told may be, in bytes.
    static let messageBytesMax = 500
    /// How far off the time to try again may be.
    static let retrySecondsMax: Int64 = 86_400

    /// What is served here.
    var routes: [ServedRoute] {
        [
            (.maintenance, read), (.beginMaintenance, begin), (.endMaintenance, end),
        ]
    }

    /// `GET /api/v1/admin/maintenance`
    func read(_ request: HTTPRequest) async throws -> HTTPResponse {
        try await gate.admit(request, toRead: "maintenance")
        return try .json(try await maintenance.state(), headers: AdministrationGate.secrecy)
    }

    /// `POST /api/v1/admin/maintenance`
    func begin(_ request: HTTPRequest) async throws -> HTTPResponse {
        try await gate.check(request, "maintenance")
        let wanted = try request.json(as: MaintenanceRequest.self)
        guard (1...Self.messageBytesMax).contains(wanted.message.utf8.count),
            !wanted.message.unicodeScalars.contains("\0")
        else {
            throw Problem.invalidField("message", "Use 1 to \(Self.messageBytesMax) bytes.")
        }
        guard (1...Self.retrySecondsMax).contains(wanted.retryAfterSeconds) else {
            throw Problem.invalidField(
                "retry_after_seconds", "Use a number from 1 to \(Self.retrySecondsMax).")
        }
        let notice = MaintenanceNotice(
            message: wanted.message, beginsAt: wanted.beginsAt ?? maintenance.now(),
            retryAfterSeconds: wanted.retryAfterSeconds)
        try await gate.record("admin.maintenance_set", "from \(notice.beginsAt)")
        try await maintenance.begin(notice)
        return try .json(try await maintenance.state(), headers: AdministrationGate.secrecy)
    }

    /// `DELETE /api/v1/admin/maintenance`
    func end(_ request: HTTPRequest) async throws -> HTTPResponse {
        try await gate.check(request, "maintenance")
        try await gate.record("admin.maintenance_ended", "")
        try await maintenance.end()
        return .empty()
    }
}
