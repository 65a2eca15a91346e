internal import CSodium

/// The operating system's randomness. Pure code takes a source through its initialiser; this is
/// what the program hands in.
public enum SecureRandom {
    /// `count` unpredictable bytes.
    public static func bytes(_ count: Int) -> [UInt8] {
        _ = Sodium.isReady
        return Cryptography.bytes(count: count) { randombytes_buf($0, count) }
    }
}

/// Whether two secrets are equal, in a time that depends on their length alone.
public func constantTimeEquals(_ a: some Collection<UInt8>, _ b: some Collection<UInt8>) -> Bool {
    guard a.count == b.count else { return false }
    return a.withBytes { a, count in b.withBytes { b, _ in sodium_memcmp(a, b, count) == 0 } }
}

/// The ChaCha20 key stream with a 64-bit block counter and a 64-bit nonce of zero: what a
/// deterministic generator of random numbers is made of.
public enum ChaCha20 {
    /// The 64 bytes of block `counter` under a key of 32 bytes.
    public static func block(_ counter: UInt64, key: [UInt8]) -> [UInt8] {
        precondition(key.count == 32, "a ChaCha20 key has 32 bytes")
        _ = Sodium.isReady
        let zeros = [UInt8](repeating: 0, count: 64)
        let nonce = [UInt8](repeating: 0, count: 8)
        return Cryptography.bytes(count: 64) {
            crypto_stream_chacha20_xor_ic($0, zeros, 64, nonce, counter, key)
        }
    }
}
