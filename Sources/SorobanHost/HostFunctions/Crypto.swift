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
        guard keyBytes.count == 32 else { throw .badSignature }
        let signature = try fixedBytes(signature, count: 64)
        let message = try bytes(message)
        try verifyEd25519(key: keyBytes, message, signature)
    }

    /// Charges for and checks a signature.
    func verifyEd25519(
        key: [UInt8], _ message: [UInt8], _ signature: [UInt8]
    ) throws(HostError) {
        try budget.charge(.verifyEd25519Sig, message.count)
        guard let key = try? Ed25519.PublicKey(key), key.verifies(signature, of: message) else {
            throw .badSignature
        }
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
