/// A server that hears nothing more of its network: it takes transactions, which the network
/// applies, and goes on telling of the ledger that it heard of last.
extension ScriptedLedger {
    /// How far the ledger has come.
    struct View {
        var sequence: UInt32
        var time: UInt64
        var eventCount: Int
    }

    /// How far it tells that the ledger has come.
    var told: View {
        stale ?? View(sequence: sequence, time: now(), eventCount: events.count)
    }

    /// From now on it tells what it tells now, or again what is so.
    func set(isStale: Bool) { stale = isStale ? told : nil }
}
