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
        let key: String?
        let keyJson: JSONValue?
        let xdr: String?
        let dataJson: JSONValue?
        let lastModifiedLedgerSeq: UInt32
        let liveUntilLedgerSeq: UInt32?
        let extXdr: String?
        let extJson: JSONValue?
    }

    /// The length of 16 KiB in base-64.
    private static let keyTextMax = (16_384 + 2) / 3 * 4

    func ledgerEntries(_ parameters: EntriesParameters?) async throws -> Entries {
        let form = try XDRForm(parameters?.xdrFormat)
        let texts = parameters?.keys ?? []
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
        let (found, latest) = try await chain.entries(keys)
        var entries: [Entry] = []
        for (key, stored) in found {
            entries.append(
                Entry(
                    key: try form.text(key), keyJson: try form.json(key),
                    xdr: try form.text(stored.entry.data),
                    dataJson: try form.json(stored.entry.data),
                    lastModifiedLedgerSeq: stored.entry.lastModifiedLedgerSeq,
                    liveUntilLedgerSeq: stored.liveUntil.map { $0 >= latest ? $0 : 0 },
                    extXdr: try form.text(stored.entry.ext),
                    extJson: try form.json(stored.entry.ext)))
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
        let latest = try seenLatest.sequence
        var found: [(LedgerKey, StoredEntry)] = []
        for key in keys {
            guard let stored = seenEntry(key), stored.isAlive(in: latest) || key.isPersistent else {
                continue
            }
            found.append((key, stored))
        }
        return (found, latest)
    }
}
