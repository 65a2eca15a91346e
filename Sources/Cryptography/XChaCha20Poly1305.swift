internal import CSodium

/// Authenticated encryption with XChaCha20 and Poly1305 (draft-irtf-cfrg-xchacha): a nonce of 24
/// bytes may be random.
public enum XChaCha20Poly1305 {
    /// How many bytes a key has.
    public static let keyLength = 32
    /// How many bytes a nonce has.
    public static let nonceLength = 24
    /// How many bytes the text grows by.
    public static let tagLength = 16

    /// Encrypts and authenticates.
    /// - Parameters:
    ///   - nonce: never the same twice under one key.
    ///   - associatedData: what is authenticated and not encrypted.
    /// - Returns: the ciphertext with its tag behind it.
    public static func seal(
        _ plaintext: [UInt8], key: [UInt8], nonce: [UInt8], associatedData: [UInt8] = []
    ) -> [UInt8] {
        precondition(key.count == keyLength && nonce.count == nonceLength, "wrong lengths")
        _ = Sodium.isReady
        return Cryptography.bytes(count: plaintext.count + tagLength) { target in
            plaintext.withBytes { text, textCount in
                associatedData.withBytes { data, dataCount in
                    _ = crypto_aead_xchacha20poly1305_ietf_encrypt(
                        target, nil, text, UInt64(textCount), data, UInt64(dataCount), nil, nonce,
                        key)
                }
            }
        }
    }

    /// Decrypts what ``seal(_:key:nonce:associatedData:)`` made; `nil` if a bit of anything
    /// differs.
    public static func open(
        _ sealed: [UInt8], key: [UInt8], nonce: [UInt8], associatedData: [UInt8] = []
    ) -> [UInt8]? {
        precondition(key.count == keyLength && nonce.count == nonceLength, "wrong lengths")
        guard sealed.count >= tagLength else { return nil }
        _ = Sodium.isReady
        var plaintext = [UInt8](repeating: 0, count: sealed.count - tagLength + 1)
        let code = associatedData.withBytes { data, dataCount in
            crypto_aead_xchacha20poly1305_ietf_decrypt(
                &plaintext, nil, nil, sealed, UInt64(sealed.count), data, UInt64(dataCount), nonce,
                key)
        }
        return code == 0 ? Array(plaintext.dropLast()) : nil
    }
}
