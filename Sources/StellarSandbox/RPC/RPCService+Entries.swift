internal import StellarXDR

extension RPCService {
    struct EntriesParameters: Decodable {
        let keys: [String]?
        let xdrFormat: String?
    }

    struct Entries: Encodable {
        let entries: [Entry]
        let latestLedger: UInt32
    }

    struct Entry: Encodable {
        let key: String
        let xdr: String
        let lastModifiedLedgerSeq: UInt32
        let liveUntilLedgerSeq: UInt32?
        let extXdr: String
    }

    func ledgerEntries(_ parameters: EntriesParameters?) async throws -> Entries {
        try checkFormat(parameters?.xdrFormat)
        let texts = parameters?.keys ?? []
        guard texts.count <= 200 else {
            throw RPCError.parameters("key count (\(texts.count)) exceeds maximum supported (200)")
        }
        var keys: [LedgerKey] = []
        for (index, text) in texts.enumerated() {
            guard text.utf8.count <= 24_000, let key = try? LedgerKey(base64: text) else {
                throw RPCError.parameters("cannot unmarshal key value \(text) at index \(index)")
            }
            if case .ttl = key {
                throw RPCError.parameters("ledger ttl entries cannot be queried directly")
            }
            keys.append(key)
        }
        let (found, latest) = try await chain.entries(keys)
        var entries: [Entry] = []
        for (key, stored) in found {
            entries.append(
                Entry(
                    key: try key.base64(), xdr: try stored.entry.data.base64(),
                    lastModifiedLedgerSeq: stored.entry.lastModifiedLedgerSeq,
                    liveUntilLedgerSeq: stored.liveUntil.map { $0 >= latest ? $0 : 0 },
                    extXdr: try stored.entry.ext.base64()))
        }
        return Entries(entries: entries, latestLedger: latest)
    }
}

extension Chain {
    /// The entries under `keys` that are there; temporary ones whose life has ended are not,
    /// archived ones are.
    func entries(
        _ keys: [LedgerKey]
    ) throws(SandboxError) -> ([(LedgerKey, StoredEntry)], latest: UInt32) {
        let (latest, state) = (try range.latest.sequence, seenState)
        var found: [(LedgerKey, StoredEntry)] = []
        for key in keys {
            guard let stored = state[key], stored.isAlive(in: latest) || key.isPersistent else {
                continue
            }
            found.append((key, stored))
        }
        return (found, latest)
    }
}
