import Cache
import Database
import HTTP
import Telemetry
import TraqoraServer
import Travel

/// `traqora ledger status`
let ledgerStatusCommand = Command(
    "ledger status", "Show how far each book of the ledger is read, and what it lacks."
) {
    try await withBooks(rpcURL: nil) { server in
        for book in try await server.books() { say(book.line) }
    }
}

/// `traqora ledger rebuild`
let ledgerRebuildCommand = Command(
    "ledger rebuild",
    "Forget what was read of the ledger and read it again, from a server with a longer memory.",
    .option(
        "book", "SUBJECT", "Which book, as `ledger status` calls it; all if not said.",
        default: String?.none, parseSubject),
    .option(
        "from", "LEDGER", "The first ledger to read: the one the contracts were made in.",
        default: UInt32?.none, parseLedger),
    .option(
        "rpc", "URL",
        "An RPC server that still has these ledgers; what it tells is read here and now, so the "
            + "service must not run. Without it the service reads again from its own.",
        default: String?.none, parseSubject)
) { subject, ledger, url in
    try await withBooks(rpcURL: url) { server in
        try await server.rebuild(subject, from: ledger, isAlone: url != nil)
        guard url != nil else {
            return say("What was read is forgotten. The service reads it again.")
        }
        try await server.readBooks(subject) { say("\($0): read up to ledger \($1)") }
        for book in try await server.books() { say(book.line) }
    }
}

extension TraqoraServer.BookState {
    /// Subject, range and gap in a line.
    fileprivate var line: String {
        guard let lastLedger else { return "\(subject): not read yet" }
        let first = firstLedger.map { $0 == 0 ? "an unknown ledger" : "ledger \($0)" } ?? "nowhere"
        return "\(subject): read from \(first) up to ledger \(lastLedger)"
            + (gap.map { "; \($0)" } ?? "")
    }
}

/// A server that serves nobody, over the books.
private func withBooks(rpcURL: String?, _ body: (TraqoraServer) async throws -> Void) async throws {
    let settings = try Settings.ofProcess()
    let client = HTTPClient()
    let contracts = try await Service.contracts(settings, nil, client: client, now: Clock.now)
    try await withDatabase { database in
        try await database.migrate(Migrations.all, now: Clock.now().seconds)
        var configuration = try Service.configuration(settings, contracts, client: client)
        if let rpcURL { configuration.rpcURL = rpcURL }
        let log = Logger.standardError(settings.logLevel)
        try await body(
            TraqoraServer(
                configuration, database: database,
                cache: SharedCache(redisURL: nil, log: log, now: { Double(Clock.now().seconds) }),
                client: client, log: log, now: Clock.now))
    }
    client.shutDown()
}

@Sendable private func parseSubject(_ text: String) throws -> String? { text }

@Sendable private func parseLedger(_ text: String) throws -> UInt32? {
    guard let ledger = UInt32(text), ledger > 0 else {
        throw UsageError("use the number of a ledger, from 1 on")
    }
    return ledger
}
