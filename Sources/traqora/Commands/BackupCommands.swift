import Database
import Foundation
import Travel

/// `traqora backup`
let backupCommand = Command(
    "backup", "Copy the database into a new folder while it is used, and prove the copy.",
    .flag("unproven", "Do not restore it into scratch and compare."),
    .argument("folder", "The folder; it must not be there.", parseText)
) { isUnproven, folder in
    let location = try Settings.ofProcess().database
    try await withDatabase { database in
        let made = try await database.backUp(to: folder, now: Clock.now().seconds)
        say(
            "\(folder): schema \(made.schemaVersion), \(made.tables.count) tables, \(made.rows) rows"
        )
    }
    if !isUnproven { try await verifyBackup(folder, location) }
}

/// `traqora backup verify`
let backupVerifyCommand = Command(
    "backup verify", "Restore a backup into scratch, and compare every table with what was saved.",
    .argument("folder", "The folder of the backup.", parseText)
) { folder in
    try await verifyBackup(folder, Settings.ofProcess().database)
}

/// `traqora restore`
let restoreCommand = Command(
    "restore",
    "Put a backup where DATABASE_URL says, and compare every table. Stop all else first.",
    .flag("replace", "What is there now may be lost."),
    .argument("folder", "The folder of the backup.", parseText)
) { replaces, folder in
    let location = try Settings.ofProcess().database
    let restored = try await Backup.restore(
        from: folder, to: DatabaseConfiguration(location), replaces: replaces)
    for table in restored.tables { say("\(table.name.padding(to: 24))  \(table.rows) rows") }
    say("Restored: every table is as it was backed up.")
}

private func verifyBackup(
    _ folder: String, _ location: DatabaseConfiguration.Location
) async throws {
    let server: ServerURL? = if case .server(let url) = location { url } else { nil }
    // Beside the backup: there is room for one more, and the same people may look there.
    let beside = URL(fileURLWithPath: folder).deletingLastPathComponent().path
    let verified = try await Backup.verify(folder, server: server, scratchFolder: beside)
    for table in verified.tables {
        say("\(table.name.padding(to: 24))  \(table.rows) rows  \(table.checksum)")
    }
    say("Proven: restored into scratch, every table is as it was backed up.")
}
