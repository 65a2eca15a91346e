internal import SorobanHost
internal import StellarXDR

/// What an applied invocation used, as validators tell it in the last diagnostic events of a
/// transaction: topics `core_metrics` and a name, and a number.
struct CoreMetrics {
    /// What is told, in this order.
    private enum Metric: Int {
        case readEntry, writeEntry, ledgerReadByte, ledgerWriteByte, readKeyByte, writeKeyByte
        case readDataByte, writeDataByte, readCodeByte, writeCodeByte, emitEvent, emitEventByte
        case cpuInsn, memByte, invokeTime, maxKeyByte, maxDataByte, maxCodeByte, maxEventByte
    }

    /// The names, in the order of ``Metric``.
    static let names: [SCSymbol] = [
        "read_entry", "write_entry", "ledger_read_byte", "ledger_write_byte", "read_key_byte",
        "write_key_byte", "read_data_byte", "write_data_byte", "read_code_byte",
        "write_code_byte", "emit_event", "emit_event_byte", "cpu_insn", "mem_byte",
        "invoke_time_nsecs", "max_rw_key_byte", "max_rw_data_byte", "max_rw_code_byte",
        "max_emit_event_byte",
    ]

    /// In the order of ``Metric``.
    private var values = [UInt64](repeating: 0, count: names.count)

    private static let topics: [[SCVal]] = names.map { [.symbol("core_metrics"), .symbol($0)] }

    /// What was read before it ran.
    /// - Parameter diskReadBytes: of accounts, trust lines and archived entries.
    init(
        reading entries: FootprintEntries, diskReadBytes: Int
    ) throws(XDRError) {
        self[.ledgerReadByte] = UInt64(diskReadBytes)
        for place in entries.readOnly { try read(place.key, place.stored) }
        for place in entries.readWrite { try read(place.key, place.stored) }
    }

    private mutating func read(_ key: LedgerKey, _ stored: StoredEntry?) throws(XDRError) {
        self[.readEntry] += 1
        let keyByteCount = UInt64(try key.xdrByteCount())
        add(keyByteCount, to: .readKeyByte, most: .maxKeyByte)
        try add(stored, of: key, data: .readDataByte, code: .readCodeByte)
    }

    /// Notes what the invocation came to.
    mutating func note(_ outcome: InvocationOutcome, _ duration: Duration) {
        self[.cpuInsn] = outcome.costs.instructions
        self[.memByte] = outcome.costs.memory
        let (seconds, attoseconds) = duration.components
        self[.invokeTime] = UInt64(clamping: seconds * 1_000_000_000 + attoseconds / 1_000_000_000)
    }

    /// Notes an event of `byteCount` bytes.
    mutating func note(eventOf byteCount: Int) {
        self[.emitEvent] += 1
        add(UInt64(byteCount), to: .emitEventByte, most: .maxEventByte)
    }

    /// Notes an entry that was written.
    mutating func note(_ written: StoredEntry, at key: LedgerKey) throws(XDRError) {
        self[.writeEntry] += 1
        self[.ledgerWriteByte] += UInt64(try written.byteCount)
        add(UInt64(try key.xdrByteCount()), to: .writeKeyByte, most: .maxKeyByte)
        try add(written, of: key, data: .writeDataByte, code: .writeCodeByte)
    }

    /// The events that say so.
    func events(isSuccess: Bool) -> [DiagnosticEvent] {
        zip(Self.topics, values).map { topics, value in
            DiagnosticEvent(
                inSuccessfulContractCall: isSuccess,
                event: ContractEvent(
                    ext: .v0, contractID: nil, type: .diagnostic,
                    body: .v0(ContractEventV0(topics: topics, data: .u64(value)))))
        }
    }

    private subscript(metric: Metric) -> UInt64 {
        get { values[metric.rawValue] }
        set { values[metric.rawValue] = newValue }
    }

    private mutating func add(_ count: UInt64, to sum: Metric, most: Metric) {
        self[sum] += count
        self[most] = max(self[most], count)
    }

    private mutating func add(
        _ stored: StoredEntry?, of key: LedgerKey, data: Metric, code: Metric
    ) throws(XDRError) {
        guard let stored else { return }
        let count = UInt64(try stored.byteCount)
        if case .contractCode = key {
            add(count, to: code, most: .maxCodeByte)
        } else {
            add(count, to: data, most: .maxDataByte)
        }
    }
}
