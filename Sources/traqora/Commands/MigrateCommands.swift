import Database
import Foundation
import TraqoraServer
import Travel

/// `traqora migrate status`
let migrateStatusCommand = Command(
    "migrate status", "Show every migration of the database and whether it has run."
) {
    try await withDatabase { database in
        let status = try await database.migrationStatus(Migrations.all, now: Clock.now().seconds)
        for entry in status.entries { say(entry.line) }
    }
}

/// `traqora migrate plan`
let migratePlanCommand = Command(
    "migrate plan", "Show what would run now; with --rehearse run it and undo it.",
    .flag("rehearse", "Run everything in one transaction on the real data, then undo it.")
) { rehearses in
    try await withDatabase { database in
        let now = Clock.now().seconds
        let status = try await database.migrationStatus(Migrations.all, now: now)
        for entry in status.entries where entry.isWaiting { say(entry.line) }
        guard !status.pending.isEmpty else { return say("Nothing would run.") }
        for entry in status.pending { say("-- \(entry.line)\n\(entry.sql ?? "")") }
        guard rehearses else { return }
        let ran = try await database.rehearse(Migrations.all, now: now)
        say("-- \(ran.count) ran without fault, and were undone.")
    }
}

/// `traqora migrate up`
let migrateUpCommand = Command(
    "migrate up", "Bring the database up to date; contractions wait for older programs to end."
) {
    try await withDatabase { database in
        let now = Clock.now().seconds
        let ran = try await database.migrate(Migrations.all, now: now)
        let status = try await database.migrationStatus(Migrations.all, now: now)
        for entry in status.entries where ran.contains(entry.number) || entry.isWaiting {
            say(entry.line)
        }
        say(ran.isEmpty ? "Nothing was to be done." : "The schema is up to date.")
    }
}

/// The database of the settings, for the time of a command.
func withDatabase(_ body: (Database) async throws -> Void) async throws {
    let database = try await Database.open(DatabaseConfiguration(Settings.ofProcess().database))
    do {
        try await body(database)
    } catch {
        await database.close()
        throw error
    }
    await database.close()
}

extension MigrationStatus.Entry {
    /// Number, phase, name and state in a line.
    fileprivate var line: String {
        let state =
            switch state {
            case .applied(let at): "ran \(Self.text(at))"
            case .pending: "pending"
            case .waiting(let count): "waits for \(count) older programs to end"
            case .newer(let at): "ran \(Self.text(at)), of a newer version"
            }
        return "\(number)  \(phase.rawValue.padding(to: 8))  \(state.padding(to: 32))  \(name)"
    }

    fileprivate var isWaiting: Bool {
        if case .waiting = state { true } else { false }
    }

    private static func text(_ seconds: Int64) -> String {
        Date(timeIntervalSince1970: Double(seconds)).formatted(.iso8601)
    }
}
