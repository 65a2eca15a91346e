internal import CCrypto
internal import CSodium

/// SHA-256, FIPS 180-4, in hardware where the processor has it (libcrypto).
public enum SHA256 {
    /// The 32-byte digest of `message`.
    public static func hash(_ message: some Collection<UInt8>) -> [UInt8] {
        message.withBytes { message, count in
            bytes(count: 32) { digest in
                // With a digest that is always compiled in, this cannot fail.
                EVP_Digest(message, count, digest, nil, LibCrypto.sha256 ?? EVP_sha256(), nil)
            }
        }
    }
}

/// SHA-512, FIPS 180-4.
public enum SHA512 {
    /// The 64-byte digest of `message`.
    public static func hash(_ message: some Collection<UInt8>) -> [UInt8] {
        message.withBytes { message, count in
            bytes(count: 64) { digest in
                EVP_Digest(message, count, digest, nil, LibCrypto.sha512 ?? EVP_sha512(), nil)
            }
        }
    }
}

/// HMAC with SHA-256, RFC 2104; a key of any length.
public enum HMACSHA256 {
    /// The 32-byte code of `message` under `key`.
    public static func code(for message: some Collection<UInt8>, key: some Collection<UInt8>)
        -> [UInt8]
    {
        _ = Sodium.isReady
        var state = crypto_auth_hmacsha256_state()
        _ = key.withBytes { crypto_auth_hmacsha256_init(&state, $0, $1) }
        _ = message.withBytes { crypto_auth_hmacsha256_update(&state, $0, UInt64($1)) }
        return bytes(count: 32) { crypto_auth_hmacsha256_final(&state, $0) }
    }
}
