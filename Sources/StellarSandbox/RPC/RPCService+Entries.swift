internal import StellarXDR

extension RPCService {
    struct EntriesParameters: RPCParameters {
        let keys: [String]
        let xdrFormat: String?

        init(_ fields: RPCFields) throws(RPCError) {
            keys = try fields.texts("keys") ?? []
            xdrFormat = try fields.text("xdrFormat")
        }
    }

    /// The length of 16 KiB in base-64.
    private static let keyTextMax = (16_384 + 2) / 3 * 4

    func ledgerEntries(_ parameters: EntriesParameters) async throws -> JSONWriter {
        let keys = try keys(parameters)
        let (found, latest) = try await chain.entries(keys)
        return try Self.json(found, latest, try XDRForm(parameters.xdrFormat))
    }

    /// The same from what `view` shows.
    func ledgerEntries(_ parameters: EntriesParameters, in view: ChainView) throws -> JSONWriter {
        let found = Chain.living(try keys(parameters), in: view.sequence) { view.entries[$0] }
        return try Self.json(found, view.sequence, try XDRForm(parameters.xdrFormat))
    }

    private func keys(_ parameters: EntriesParameters) throws(RPCError) -> [LedgerKey] {
        _ = try XDRForm(parameters.xdrFormat)
        let texts = parameters.keys
        guard texts.count <= 200 else {
            throw RPCError.parameters("key count (\(texts.count)) exceeds maximum supported (200)")
        }
        var keys: [LedgerKey] = []
        for (index, text) in texts.enumerated() {
            guard text.utf8.count <= Self.keyTextMax, let key = try? LedgerKey(base64: text) else {
                throw RPCError.parameters("cannot unmarshal key value \(text) at index \(index)")
            }
            if case .ttl = key {
                throw RPCError.parameters("ledger ttl entries cannot be queried directly")
            }
            keys.append(key)
        }
        return keys
    }

    private static func json(
        _ found: [(LedgerKey, StoredEntry)], _ latest: UInt32, _ form: XDRForm
    ) throws -> JSONWriter {
        var json = JSONWriter()
        try json.object { (json: inout JSONWriter) throws in
            json.name("entries")
            try json.array { (json: inout JSONWriter) throws in
                for (key, stored) in found {
                    try write(key, stored, latest, form, to: &json)
                }
            }
            json.member("latestLedger", latest)
        }
        return json
    }

    private static func write(
        _ key: LedgerKey, _ stored: StoredEntry, _ latest: UInt32, _ form: XDRForm,
        to json: inout JSONWriter
    ) throws {
        try json.object { (json: inout JSONWriter) throws in
            try json.member("key", "keyJson", key, form)
            try json.member("xdr", "dataJson", stored.entry.data, form)
            json.member("lastModifiedLedgerSeq", stored.entry.lastModifiedLedgerSeq)
            if let liveUntil = stored.liveUntil {
                json.member("liveUntilLedgerSeq", liveUntil >= latest ? liveUntil : 0)
            }
            try json.member("extXdr", "extJson", stored.entry.ext, form)
        }
    }
}

extension Chain {
    /// The entries under `keys` that are there.
    func entries(
        _ keys: [LedgerKey]
    ) throws(SandboxError) -> ([(LedgerKey, StoredEntry)], latest: UInt32) {
        let latest = try seenLatest.sequence
        return (Self.living(keys, in: latest) { seenEntry($0) }, latest)
    }

    /// What there is under `keys`: temporary entries whose life has ended are not, archived ones
    /// are.
    static func living(
        _ keys: [LedgerKey], in ledger: UInt32, _ entry: (LedgerKey) -> StoredEntry?
    ) -> [(LedgerKey, StoredEntry)] {
        keys.compactMap { key in
            guard let stored = entry(key), stored.isAlive(in: ledger) || key.isPersistent else {
                return nil
            }
            return (key, stored)
        }
    }
}
