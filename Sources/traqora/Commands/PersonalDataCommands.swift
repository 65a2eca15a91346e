import Cryptography
import Database
import TraqoraServer
import Travel

/// `traqora keys rotate`
let keysRotateCommand = Command(
    "keys rotate",
    "Seal all personal data with the newest key; a run that is stopped goes on later.",
    .option(
        "batch", "COUNT", "How many rows are sealed in one transaction.", default: 200, parseBatch)
) { batch in
    try await withPersonalData { data in
        say("\(try await data.outdatedRows()) rows are sealed with an older key.")
        let count = try await data.rotateKeys(batch: batch) { say("\($0) sealed anew") }
        say("\(count) rows were sealed anew. Older keys open nothing any more.")
    }
}

/// `traqora erase`
let eraseCommand = Command(
    "erase", "Erase the personal data of a booking that is over, and the salt of its hashes.",
    .argument("booking", "The booking's id.", BookingID.init(parsing:))
) { id in
    try await withPersonalData { data in
        try await data.erase(id)
        say("Erased here. What stands on the ledger can be tied to nobody by this database.")
        say("Backups made before still hold it; erase again after restoring one.")
    }
}

private func withPersonalData(_ body: (PersonalData) async throws -> Void) async throws {
    let keys = try Service.columnKeys(Settings.ofProcess())
    try await withDatabase { database in
        try await body(
            PersonalData(
                database: database, keys: keys, now: Clock.now, random: SecureRandom.bytes))
    }
}

@Sendable private func parseBatch(_ text: String) throws -> Int {
    guard let count = Int(text), (1...10_000).contains(count) else {
        throw UsageError("use a number from 1 to 10000")
    }
    return count
}
