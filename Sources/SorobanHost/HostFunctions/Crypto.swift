internal import Cryptography

// Module c: hashes and signatures. A signature that is none stops the contract; there is no answer
// "false".
extension Host {
    func computeHashSha256(_ message: Val) throws(HostError) -> Val {
        let message = try bytes(message)
        try budget.makeVector(of: 1, count: 32)
        try budget.charge(.computeSha256Hash, message.count)
        return try make(.bytes(SHA256.hash(message)))
    }

    func computeHashKeccak256(_ message: Val) throws(HostError) -> Val {
        let message = try bytes(message)
        try budget.makeVector(of: 1, count: 32)
        try budget.charge(.computeKeccak256Hash, message.count)
        return try make(.bytes(Keccak256.hash(message)))
    }

    func verifySigEd25519(_ key: Val, _ message: Val, _ signature: Val) throws(HostError) {
        let keyBytes = try bytes(key)
        try budget.charge(.computeEd25519PubKey)
        let isGood = try isGoodEd25519(signature, of: message, by: keyBytes)
        _ = try fixedBytes(signature, count: 64)
        try budget.charge(.verifyEd25519Sig, bytes(message).count)
        guard isGood else { throw .badSignature }
    }

    /// Whether a signature is good, without charge.
    /// - Throws: (Crypto, InvalidInput) for a key that is none.
    func isGoodEd25519(
        _ signature: Val, of message: Val, by key: [UInt8]
    ) throws(HostError) -> Bool {
        guard let key = try? Ed25519.PublicKey(key) else { throw .badSignature }
        if case .bytes(let signature) = objects.object(of: signature),
            case .bytes(let message) = objects.object(of: message),
            key.verifies(signature, of: message)
        {
            return true
        }
        // A good signature shows that the key is a point; only a bad one leaves that to be asked.
        guard key.isPoint else { throw .badSignature }
        return false
    }

    func recoverKeyEcdsaSecp256k1(
        _ digest: Val, _ signature: Val, _ recoveryID: UInt32
    ) throws(HostError) -> Val {
        let signature = try ecdsaSignature(signature, .secp256k1)
        guard recoveryID <= 3 else { throw .badSignature }
        let digest = try fixedBytes(digest, count: 32)
        try budget.charge(.recoverEcdsaSecp256k1Key)
        guard
            let key = Secp256k1.recover(signature, of: digest, recoveryID: recoveryID)
        else { throw .badSignature }
        return try make(.bytes(key))
    }

    func verifySigEcdsaSecp256r1(_ key: Val, _ digest: Val, _ signature: Val) throws(HostError) {
        let keyBytes = try bytes(key)
        try budget.charge(.sec1DecodePointUncompressed)
        guard let key = P256PublicKey(keyBytes) else { throw .badSignature }
        let signature = try ecdsaSignature(signature, .secp256r1)
        let digest = try fixedBytes(digest, count: 32)
        try budget.charge(.verifyEcdsaSecp256r1Sig)
        guard key.verifies(signature, of: digest) else { throw .badSignature }
    }

    private func ecdsaSignature(
        _ object: Val, _ curve: ECDSASignature.Curve
    ) throws(HostError) -> ECDSASignature {
        let bytes = try bytes(object)
        try budget.charge(.decodeEcdsaCurve256Sig)
        guard let signature = ECDSASignature(bytes, curve: curve) else { throw .badSignature }
        return signature
    }
}

extension HostError {
    static let badSignature = HostError(.crypto, .invalidInput)
}
