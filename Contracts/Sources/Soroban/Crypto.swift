/// Hashes and signatures. What does not verify ends the call, with an error of the host.
public enum Crypto {
    /// The hash of bytes.
    public static func sha256(_ bytes: Bytes) -> BytesN<32> {
        BytesN(stored: Value(word: hostComputeHashSha256(bytes.value.word)))
    }

    /// The hash of bytes as Ethereum makes it.
    @inline(__always) public static func keccak256(_ bytes: Bytes) -> BytesN<32> {
        BytesN(stored: Value(word: hostComputeHashKeccak256(bytes.value.word)))
    }

    /// Ends the call, with an error of the host, unless `signature` is `key`'s of `message`.
    public static func verify(_ signature: BytesN<64>, of message: Bytes, by key: BytesN<32>) {
        _ = hostVerifySigEd25519(key.value.word, message.value.word, signature.value.word)
    }

    /// Whose ECDSA signature of a hash it is: an uncompressed point of secp256k1.
    ///
    /// - Parameter recovery: which of the possible keys, 0 to 3.
    @inline(__always)
    public static func recoverSecp256k1(
        _ signature: BytesN<64>, of hash: BytesN<32>, recovery: UInt32
    ) -> BytesN<65> {
        BytesN(
            stored: Value(
                word: hostRecoverKeyEcdsaSecp256k1(
                    hash.value.word, signature.value.word, recovery.word)))
    }

    /// Ends the call unless it is the ECDSA signature of a hash by an uncompressed point of
    /// secp256r1: what passkeys make.
    @inline(__always)
    public static func verifySecp256r1(
        _ signature: BytesN<64>, of hash: BytesN<32>, by key: BytesN<65>
    ) {
        _ = hostVerifySigEcdsaSecp256r1(key.value.word, hash.value.word, signature.value.word)
    }
}
