/// What the file has not got yet. Ledgers close in memory; before anybody is told, they are on the
/// disk. What closes while the disk is busy is written together.
struct Durability: Sendable {
    let repository: LedgerRepository
    let passphrase: String
    /// What happened since the last write began.
    private(set) var waiting: [LedgerCommit] = []
    /// How many commits there were, and how many of them the file has.
    private(set) var happened = 0
    private(set) var written = 0
    /// What the disk said when it refused; nothing is written after that.
    private(set) var failure: SandboxError?
    private var isWriting = false
    private var sleepers: [CheckedContinuation<Void, Never>] = []

    init(_ repository: LedgerRepository, passphrase: String) {
        self.repository = repository
        self.passphrase = passphrase
    }

    /// Whether somebody has to write what waits.
    var wantsWriter: Bool { !isWriting && failure == nil }

    /// Notes what has to be written.
    mutating func note(_ commit: LedgerCommit) {
        waiting.append(commit)
        happened += 1
    }

    /// Takes what waits, for one write.
    mutating func beginWriting() -> [LedgerCommit] {
        isWriting = true
        defer { waiting = [] }
        return waiting
    }

    /// Ends a write of `count` commits and wakes those who wait for it.
    mutating func endWriting(_ count: Int, failure: SandboxError?) {
        isWriting = false
        written += count
        self.failure = failure
        for sleeper in sleepers { sleeper.resume() }
        sleepers = []
    }

    /// Wakes `sleeper` when the write that is under way has ended.
    mutating func wake(_ sleeper: CheckedContinuation<Void, Never>) {
        sleepers.append(sleeper)
    }
}

extension Chain {
    /// Opens the network that the configuration names: the one that its file has, or a new one.
    static func open(_ configuration: StellarSandbox.Configuration) async throws -> Chain {
        guard case .file(let path) = configuration.storage else {
            return try Chain(configuration)
        }
        let repository = try await LedgerRepository.open(path: path, now: configuration.now())
        do {
            let stored = try await StoredNetwork.read(
                repository, genesis: Genesis(configuration),
                passphrase: configuration.passphrase, ledgersMax: configuration.ledgersKeptMax)
            let chain = try Chain(
                configuration, stored: stored,
                durability: Durability(repository, passphrase: configuration.passphrase))
            if stored == nil { await chain.keepEverything() }
            try await chain.flush()
            return chain
        } catch {
            await repository.close()
            throw error
        }
    }

    /// Notes a closed ledger for the file, if there is one.
    func keep(_ ledger: ClosedLedger, _ changes: [LedgerState.Change]) {
        durability?.note(
            LedgerCommit(
                ledgers: [ledger], changes: changes, clockAdvance: clockAdvance,
                oldest: history.oldest))
    }

    /// Notes for the file that the network has returned to an earlier ledger.
    func keepReturn(_ differences: [LedgerState.Change]) {
        guard let latest = history.latest else { return }
        durability?.note(
            LedgerCommit(
                rewind: latest.sequence, ledgers: [], changes: differences,
                clockAdvance: clockAdvance, oldest: history.oldest))
    }

    /// Notes all there is for the file: the first ledger of a new network.
    private func keepEverything() {
        durability?.note(
            LedgerCommit(
                ledgers: history.recent, changes: state.everything,
                clockAdvance: clockAdvance, oldest: history.oldest))
    }

    /// Returns when everything that has happened so far lasts.
    /// - Throws: ``SandboxError/storage(_:)`` if the disk refused; then nothing lasts any more.
    func flush() async throws(SandboxError) {
        let goal = durability?.happened ?? 0
        while let current = durability, current.written < goal {
            if let failure = current.failure { throw failure }
            if current.wantsWriter {
                await writeWaiting(current)
            } else {
                await withCheckedContinuation { durability?.wake($0) }
            }
        }
    }

    private func writeWaiting(_ current: Durability) async {
        let commits = durability?.beginWriting() ?? []
        do {
            try await current.repository.write(commits, passphrase: current.passphrase)
            durability?.endWriting(commits.count, failure: nil)
        } catch {
            durability?.endWriting(0, failure: .storage("\(error)"))
        }
    }

    /// Writes what is left and closes the file. If the disk refuses, those who waited have been
    /// told so.
    func close() async {
        do throws(SandboxError) { try await flush() } catch { closingFailure = error }
        await durability?.repository.close()
    }
}
