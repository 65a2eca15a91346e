import Database
import TraqoraAPI
import TraqoraServer
import Travel

/// `traqora maintenance begin`
let maintenanceBeginCommand = Command(
    "maintenance begin",
    "Refuse what would change something, in every process, at once or from some time on.",
    .option(
        "retry-after", "SECONDS", "When people may try again: 1 to 86400.", default: Int64(600),
        parseSeconds),
    .option(
        "from", "INSTANT", "From when on, as 2026-12-24T18:30:00Z; at once if not said.",
        default: Instant?.none, parseInstant),
    .argument("message", "What people are told.", parseMessage)
) { retrySeconds, from, message in
    try await withMaintenance { maintenance, audit in
        let now = Clock.now()
        let notice = MaintenanceNotice(
            message: message, beginsAt: from ?? now, retryAfterSeconds: retrySeconds)
        try await audit.add(
            "admin.maintenance_set", by: "command line", to: "from \(notice.beginsAt)", now: now)
        try await maintenance.set(notice)
        say("Nothing is changed from \(notice.beginsAt) on: “\(message)”")
    }
}

/// `traqora maintenance end`
let maintenanceEndCommand = Command(
    "maintenance end", "End maintenance, or what was planned."
) {
    try await withMaintenance { maintenance, audit in
        try await audit.add("admin.maintenance_ended", by: "command line", now: Clock.now())
        try await maintenance.clear()
        say("Everything goes on.")
    }
}

/// `traqora maintenance status`
let maintenanceStatusCommand = Command(
    "maintenance status", "Say whether the service is maintained, or will be."
) {
    try await withMaintenance { maintenance, _ in
        guard let notice = try await maintenance.find() else { return say("There is none.") }
        say("Since or from \(notice.beginsAt): “\(notice.message)”")
        say("People are told to try again after \(notice.retryAfterSeconds) seconds.")
    }
}

private func withMaintenance(
    _ body: (MaintenanceRepository, AuditRepository) async throws -> Void
) async throws {
    try await withDatabase { database in
        try await body(
            MaintenanceRepository(database: database), AuditRepository(database: database))
    }
}

@Sendable private func parseSeconds(_ text: String) throws -> Int64 {
    guard let seconds = Int64(text), (1...86_400).contains(seconds) else {
        throw UsageError("use a number from 1 to 86400")
    }
    return seconds
}

@Sendable private func parseInstant(_ text: String) throws -> Instant? {
    try Instant(parsing: text)
}

@Sendable private func parseMessage(_ text: String) throws -> String {
    guard (1...500).contains(text.utf8.count) else { throw UsageError("use 1 to 500 bytes") }
    return text
}
