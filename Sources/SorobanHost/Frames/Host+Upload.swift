internal import Cryptography
internal import StellarXDR

// Contract code: its upload and its replacement. `costs.md` 5.9 of the reference.

extension Host {
    /// Checks a module and stores it under its hash; the same one again changes nothing.
    func upload(_ code: [UInt8]) throws(HostError) -> Val {
        try budget.makeVector(of: 1, count: 32)
        try budget.charge(.computeSha256Hash, input: UInt64(code.count))
        let hash = Hash(fitting: SHA256.hash(code))
        try budget.copy(32)
        let module = try checkUpload(code, hash)
        try budget.copyBytes(32)
        let result = try make(.bytes(hash.bytes))
        let key = try codeKey(hash)
        let counts = module.costInputs
        var liveUntil = ledger.minLiveUntil(isPersistent: true)
        if try storage.has(key) {
            let found = try storage.require(key)
            liveUntil = found.liveUntilLedger ?? liveUntil
            if case .contractCode(let entry) = found.entry.data, case .v1(let known) = entry.ext,
                known.costInputs == counts
            {
                return result
            }
        }
        let data = ContractCodeEntry(
            ext: .v1(ContractCodeEntryV1(costInputs: counts)), hash: hash, code: code)
        try budget.allocate(DeclaredSize.ledgerEntry)
        try storage.put(
            LivingEntry(
                stored: StoredEntry(
                    LedgerEntry(lastModifiedLedgerSeq: 0, data: .contractCode(data))),
                liveUntilLedger: liveUntil),
            for: key)
        return result
    }

    /// Makes the current contract run other code from its next call on.
    func updateExecutable(_ executable: ContractExecutable) throws(HostError) {
        let call = try currentCall()
        try budget.copy(32)
        let key = try instanceKey(call.contract)
        let old = try loadInstance(key)
        let topics = [
            try makeSymbol(Array("executable_update".utf8)),
            try describe(old.executable), try describe(executable),
        ]
        try budget.makeVector(of: DeclaredSize.val, count: topics.count)
        for topic in topics { try check(topic) }
        let topicsVec = try make(.vec(topics))
        try budget.makeVector(of: DeclaredSize.val, count: 0)
        let data = try make(.vec([]))
        try recordEvent(.system, topics: topicsVec, data: data)
        try storeInstance(key, of: call.contract, executable: executable, storage: nil)
    }

    /// An executable as contracts and events have it: `["Wasm", hash]`, `["StellarAsset"]`.
    func describe(_ executable: ContractExecutable) throws(HostError) -> Val {
        switch executable {
        case .wasm(let hash):
            try budget.copyBytes(32)
            return try makeCase("Wasm", make(.bytes(hash.bytes)))
        case .stellarAsset: return try makeCase("StellarAsset")
        case .externalRef(let reference):
            let owner = try makeAddress(reference.executableOwner)
            try budget.copyBytes(reference.tag.bytes.count)
            let tag = try make(.string(reference.tag.bytes))
            return try makeCase("ExternalRef", makeStructure([("owner", owner), ("tag", tag)]))
        }
    }
}
