internal import StellarXDR

// Contracts whose code is what another contract keeps under an executable tag.

extension Host {
    /// The key of the entry that a reference means.
    func referenceKey(
        _ reference: ContractExecutableExternalRef
    ) throws(HostError) -> StorageKey {
        try budget.copy(DeclaredSize.address)
        try budget.copyBytes(reference.tag.bytes.count)
        try budget.allocate(DeclaredSize.ledgerKey)
        return StorageKey(
            LedgerKeyContractData(
                contract: reference.executableOwner, key: .executableTag(reference.tag),
                durability: .persistent))
    }

    /// The hash of the code that an executable runs; `nil` for the asset contract.
    func codeHash(of executable: ContractExecutable) throws(HostError) -> Hash? {
        switch executable {
        case .wasm(let hash): return hash
        case .stellarAsset: return nil
        case .externalRef(let reference):
            let found = try storage.require(referenceKey(reference))
            guard case .contractData(let data) = found.entry.data,
                case .bytes(let bytes) = data.val, let hash = try? Hash(bytes.bytes)
            else { throw HostError(.storage, .internalError) }
            try budget.copy(DeclaredSize.hash)
            return hash
        }
    }

    /// A reference to what `owner` keeps under `tag`.
    func externalReference(owner: Val, tag: Val) throws(HostError) -> ContractExecutable {
        let address = try xdrAddress(owner)
        let text: [UInt8]
        switch try visit(tag) {
        case .executableTag(let found), .string(let found): text = found
        default: throw .unexpectedObject
        }
        try budget.copyBytes(text.count)
        return .externalRef(
            ContractExecutableExternalRef(executableOwner: address, tag: SCString(text)))
    }
}
