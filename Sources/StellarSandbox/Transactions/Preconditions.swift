internal import StellarXDR

extension Preconditions {
    private var second: PreconditionsV2? {
        guard case .v2(let value) = self else { return nil }
        return value
    }

    /// Between which times it may be included.
    var timeBounds: TimeBounds? {
        switch self {
        case .none: nil
        case .time(let bounds): bounds
        case .v2(let value): value.timeBounds
        }
    }

    /// Between which ledgers it may be included.
    var ledgerBounds: LedgerBounds? { second?.ledgerBounds }

    /// From which sequence number of the account on it may be included.
    var sequenceMin: Int64? { second?.minSeqNum }

    /// How old the account's sequence number must be, in seconds.
    var sequenceAgeMin: UInt64 { second?.minSeqAge ?? 0 }

    /// How many ledgers ago the account's sequence number must have changed.
    var sequenceLedgerGapMin: UInt32 { second?.minSeqLedgerGap ?? 0 }

    /// Who must sign as well.
    var extraSigners: [SignerKey] { second?.extraSigners ?? [] }
}
