internal import StellarXDR

extension LedgerState {
    /// The mean of the sizes of contract data and code that were sampled, in bytes: what rent
    /// follows.
    var averageSorobanByteCount: Int64 {
        let samples = sorobanByteCountSamples
        guard !samples.isEmpty else { return 0 }
        return samples.reduce(0) { $0 + Int64(clamping: $1) } / Int64(samples.count)
    }

    private var sorobanByteCountSamples: [UInt64] {
        guard
            case .configSetting(.liveSorobanStateSizeWindow(let samples))? =
                self[.setting(.liveSorobanStateSizeWindow)]?.entry.data
        else { return [] }
        return samples
    }

    /// Takes a sample if the ledger that is being made is one in which that is done; the oldest
    /// falls out.
    mutating func sampleSorobanByteCount(_ settings: StateArchivalSettings) {
        let period = settings.liveSorobanStateSizeWindowSamplePeriod
        guard period > 0, sequence % period == 0 else { return }
        let count = Int(settings.liveSorobanStateSizeWindowSampleSize)
        let samples = sorobanByteCountSamples + [UInt64(clamping: sorobanByteCount)]
        put(
            .configSetting(.liveSorobanStateSizeWindow(samples.suffix(count))),
            at: .setting(.liveSorobanStateSizeWindow))
    }
}

extension ConfigSettingEntry {
    /// Whether the network itself writes it, not those who vote.
    var isMeasured: Bool {
        switch self {
        case .liveSorobanStateSizeWindow, .evictionIterator: true
        default: false
        }
    }
}
