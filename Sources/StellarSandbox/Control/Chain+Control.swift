internal import StellarXDR

extension Chain {
    /// How many moments are kept to return to.
    static let momentsMax = 100

    /// The last second of the year 9999, after which times cannot be written any more.
    static let timeMax: UInt64 = 253_402_300_799
    /// So many ledgers close before others have their turn.
    private static let ledgersAtOnceMax = 1_000

    /// Closes `count` ledgers, the first with what waits; others are answered in between.
    func advanceCalmly(ledgers count: Int) async throws(SandboxError) {
        var left = count
        while left > 0 {
            let part = min(left, Self.ledgersAtOnceMax)
            try advance(ledgers: part)
            // What the file has not got yet takes memory.
            try await flush()
            await Task.yield()
            left -= part
        }
    }

    /// From now on ledgers close so.
    func setClosing(_ closing: StellarSandbox.Configuration.Closing) {
        self.closing = closing
        closer?.cancel()
        closer = nil
        guard case .every(let milliseconds) = closing else { return }
        closer = Task { [weak self] in
            while (try? await Task.sleep(for: .milliseconds(milliseconds))) != nil {
                guard let self else { return }
                await self.closeInTime()
            }
        }
    }

    /// Closes a ledger because it is time. Nobody waits for the answer: if it fails, the network's
    /// health says so until a ledger closes again.
    private func closeInTime() async {
        do throws(SandboxError) {
            try closeLedger()
            try await flush()
            closingFailure = nil
        } catch {
            closingFailure = error
        }
    }

    /// Makes it so late that ledgers close at `seconds` since 1970 or after; `false` if it is later
    /// than that already.
    func setTime(_ seconds: UInt64) throws(SandboxError) -> Bool {
        guard seconds >= max(now, try latest.closeTime) else { return false }
        clockAdvance += seconds - now
        return true
    }

    /// Remembers this moment.
    /// - Returns: what it is known by, `nil` if there are too many.
    func remember() throws(SandboxError) -> Int? {
        guard moments.count < Self.momentsMax else { return nil }
        moments.append(Moment(latest: try latest, clockAdvance: clockAdvance))
        return moments.count
    }

    /// Returns to a moment and forgets those after it. What waits is forgotten too.
    func revert(to number: Int) throws(SandboxError) -> Bool {
        guard moments.indices.contains(number - 1) else { return false }
        var entries: [LedgerKey: StoredEntry?] = [:]
        // Each knows what has changed since up to the next; what was first counts.
        for moment in moments[(number - 1)...].reversed() {
            entries.merge(moment.before) { $1 }
        }
        let moment = moments[number - 1]
        let differences = entries.map { key, before in
            LedgerState.Change(key: key, before: state[key], after: before)
        }
        try Self.encodable { () throws(XDRError) in
            for (key, before) in entries { try state.load(before, at: key, costs: costs) }
        }
        state.sequence = moment.latest.sequence
        moments.removeSubrange(number...)
        moments[number - 1].forgetChanges()
        forgetWaiting()
        held = []
        history.takeBack(after: moment.latest)
        clockAdvance = moment.clockAdvance
        // Those who are shown an old network are shown none that never was.
        if let shown = frozen, shown.latest.sequence > moment.latest.sequence {
            frozen = Moment(latest: moment.latest, clockAdvance: clockAdvance)
        }
        keepReturn(differences)
        try publish()
        return true
    }

    /// Gives an account so many stroops, out of nothing, and closes a ledger so that it shows.
    func setBalance(of id: AccountID, stroops: Int64) throws(SandboxError) {
        let sequence = Int64(try nextContext().sequence) << 32
        var account = state.account(id) ?? AccountEntry(id, balance: 0, sequence: sequence)
        let (coins, overflow) = try latest.header.totalCoins.addingReportingOverflow(
            stroops - account.balance)
        guard !overflow else { throw .tooManyCoins }
        account.balance = stroops
        try closeLedger(giving: account, totalCoins: coins)
    }

    /// Takes a transaction from outside: a fault may befall it.
    func receive(_ envelope: TransactionEnvelope) throws(SandboxError) -> Submission {
        guard let fault = faults.takeSubmission() else { return try submit(envelope) }
        let frame: TransactionFrame
        do {
            frame = try TransactionFrame(envelope, networkID: genesis.networkID)
        } catch {
            throw .malformedTransaction("\(error)")
        }
        switch fault {
        case .drop: return .pending(frame.hash)
        case .tryAgainLater: return .tryAgainLater(frame.hash)
        case .reject(let verdict):
            return .refused(frame.hash, frame.result(verdict, feeCharged: 0), [])
        case .delay(let ledgers):
            held.append(
                HeldTransaction(envelope: envelope, ledger: try latest.sequence + 1 + ledgers))
            return .pending(frame.hash)
        }
    }

    /// Lets those come whose time it is.
    func releaseHeld(before ledger: UInt32) {
        for transaction in held where transaction.ledger <= ledger {
            // One that is no longer valid is lost, as on a network.
            _ = try? enqueue(transaction.envelope)
        }
        held.removeAll { $0.ledger <= ledger }
    }

    /// From now on something else befalls what comes.
    func change(_ body: @Sendable (inout Faults) -> Void) throws(SandboxError) {
        body(&faults)
        try publish()
    }

    /// Whether a call of `method` fails now.
    func takeFailure(of method: String) -> Bool { faults.takeFailure(of: method) }

    /// Whether readers are answered as if nothing had happened since now.
    func setStale(_ isStale: Bool) throws(SandboxError) {
        frozen = isStale ? Moment(latest: try latest, clockAdvance: clockAdvance) : nil
        try publish()
    }

    /// Ends everything that is made to go wrong.
    func clearFaults() throws(SandboxError) {
        faults = Faults()
        frozen = nil
        held = []
        try publish()
    }
}
