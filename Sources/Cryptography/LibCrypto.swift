internal import CCrypto

/// libcrypto, initialised once: every use of it in this module goes through here.
enum LibCrypto {
    /// Keeps the library whole until the process is gone. By default it is taken down when the
    /// process begins to end, under the feet of threads that still work.
    static let isReady = OPENSSL_init_crypto(UInt64(OPENSSL_INIT_NO_ATEXIT), nil) == 1

    // Fetched once: `EVP_sha256()` has to be looked up under a lock at each use.
    // Safe: an algorithm is immutable, and is never freed.
    nonisolated(unsafe) static let sha256: OpaquePointer? =
        isReady ? EVP_MD_fetch(nil, "SHA256", nil) : nil
    // Safe: as above.
    nonisolated(unsafe) static let sha512: OpaquePointer? =
        isReady ? EVP_MD_fetch(nil, "SHA512", nil) : nil
}
