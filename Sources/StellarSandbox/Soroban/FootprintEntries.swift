internal import StellarXDR

/// What the ledger holds under the keys of a footprint, looked up once for all who ask.
struct FootprintEntries {
    /// What stands under a key.
    struct Place {
        let key: LedgerKey
        let stored: StoredEntry?

        /// Whether it must be restored before it can be used in `ledger`.
        func isArchived(in ledger: UInt32) -> Bool {
            key.isPersistent && stored?.isAlive(in: ledger) == false
        }
    }

    let readOnly: [Place]
    let readWrite: [Place]

    init(_ footprint: LedgerFootprint, on state: LedgerState) {
        readOnly = footprint.readOnly.map { Place(key: $0, stored: state[$0]) }
        readWrite = footprint.readWrite.map { Place(key: $0, stored: state[$0]) }
    }

    /// Bytes of accounts, trust lines and of what is `restored`: what is not kept in memory.
    func diskReadBytes(restored: [UInt32]) throws(XDRError) -> Int {
        var count = 0
        for place in readOnly where !place.key.isSorobanEntry {
            count += try place.stored?.byteCount ?? 0
        }
        for place in readWrite where !place.key.isSorobanEntry {
            count += try place.stored?.byteCount ?? 0
        }
        for index in restored { count += try readWrite[Int(index)].stored?.byteCount ?? 0 }
        return count
    }
}
