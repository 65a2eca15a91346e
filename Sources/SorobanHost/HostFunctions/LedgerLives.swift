internal import StellarXDR

// Module `l`, the lives of contracts: their instances and their code.

extension Host {
    /// `l.8`
    func extendCurrentContractInstanceAndCodeTtl(
        _ threshold: UInt32, _ extendTo: UInt32
    ) throws(HostError) {
        let contract = try currentCall().contract
        try budget.copy(32)
        let key = try instanceKey(contract)
        try extendInstanceAndCode(key, by: .below(threshold: threshold, extendTo: extendTo))
    }

    /// `l.9`
    func extendContractInstanceAndCodeTtl(
        _ contract: Val, _ threshold: UInt32, _ extendTo: UInt32
    ) throws(HostError) {
        let key = try instanceKey(contractID(of: contract))
        try extendInstanceAndCode(key, by: .below(threshold: threshold, extendTo: extendTo))
    }

    /// `l.c`
    func extendContractInstanceTtl(
        _ contract: Val, _ threshold: UInt32, _ extendTo: UInt32
    ) throws(HostError) {
        let key = try instanceKey(contractID(of: contract))
        try budget.copy(16)
        try storage.extend(key, by: .below(threshold: threshold, extendTo: extendTo))
    }

    /// `l.d`
    func extendContractCodeTtl(
        _ contract: Val, _ threshold: UInt32, _ extendTo: UInt32
    ) throws(HostError) {
        let key = try instanceKey(contractID(of: contract))
        try extendCode(of: key, by: .below(threshold: threshold, extendTo: extendTo))
    }

    /// `l.g`
    func extendContractInstanceAndCodeTtlV2(
        _ contract: Val, _ scope: TTLExtensionScope, _ extendTo: UInt32, _ minimum: UInt32,
        _ maximum: UInt32
    ) throws(HostError) {
        let key = try instanceKey(contractID(of: contract))
        let wish = LifeExtension.bounded(extendTo: extendTo, minimum: minimum, maximum: maximum)
        if scope != .instance { try extendCode(of: key, by: wish) }
        if scope != .code { try storage.extend(key, by: wish) }
    }

    private func extendInstanceAndCode(
        _ key: StorageKey, by wish: LifeExtension
    ) throws(HostError) {
        try budget.copy(16)
        try storage.extend(key, by: wish)
        try extendCode(of: key, by: wish)
    }

    /// Prolongs the life of a contract's code; the asset contract has none.
    private func extendCode(of key: StorageKey, by wish: LifeExtension) throws(HostError) {
        switch try loadInstance(key).executable {
        case .wasm(let hash): try storage.extend(codeKey(hash), by: wish)
        case .stellarAsset: break
        case .externalRef(let reference):
            try storage.extend(referenceKey(reference), by: wish)
            guard let hash = try codeHash(of: .externalRef(reference)) else { return }
            try storage.extend(codeKey(hash), by: wish)
        }
    }
}
