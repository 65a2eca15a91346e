internal import CCrypto
internal import CSecp256k1

/// A signature of 64 bytes, r and s big-endian, as the ledger takes it: both between 1 and the
/// curve's order, and s in its lower half, so that nobody can make a second one from a first.
public struct ECDSASignature: Sendable, Hashable {
    /// The curves that the ledger knows.
    public enum Curve: Sendable, Hashable {
        case secp256k1, secp256r1
    }

    /// r and s, 32 bytes each.
    public let bytes: [UInt8]
    /// The curve whose order bounds them.
    public let curve: Curve

    /// `nil` unless `bytes` are 64 and both numbers are in their range.
    public init?(_ bytes: some Collection<UInt8>, curve: Curve) {
        let bytes = Array(bytes)
        guard bytes.count == 64 else { return nil }
        let (r, s) = (bytes[..<32], bytes[32...])
        guard r.contains(where: { $0 != 0 }), s.contains(where: { $0 != 0 }) else { return nil }
        guard r.lexicographicallyPrecedes(curve.order) else { return nil }
        guard !curve.halfOfOrder.lexicographicallyPrecedes(s) else { return nil }
        self.bytes = bytes
        self.curve = curve
    }
}

extension ECDSASignature.Curve {
    /// The number of points, big-endian. SEC 2 §2.4.1 and §2.4.2.
    fileprivate var order: [UInt8] {
        let upper: [UInt8]
        let lower: [UInt64]
        switch self {
        case .secp256k1:
            upper = [UInt8](repeating: 0xff, count: 15) + [0xfe]
            lower = [0xbaae_dce6_af48_a03b, 0xbfd2_5e8c_d036_4141]
        case .secp256r1:
            upper =
                [UInt8](repeating: 0xff, count: 4) + [UInt8](repeating: 0, count: 4)
                + [UInt8](repeating: 0xff, count: 8)
            lower = [0xbce6_faad_a717_9e84, 0xf3b9_cac2_fc63_2551]
        }
        return upper
            + lower.flatMap { word in
                (0..<8).map { UInt8(truncatingIfNeeded: word >> UInt64(56 - 8 * $0)) }
            }
    }

    /// The order shifted right once.
    fileprivate var halfOfOrder: [UInt8] {
        var carry: UInt8 = 0
        return order.map { byte in
            defer { carry = byte & 1 }
            return byte >> 1 | carry << 7
        }
    }
}

/// The curve of Bitcoin and Ethereum: recovery of who signed (libsecp256k1).
public enum Secp256k1 {
    /// The uncompressed public key (65 bytes) whose signature of `digest` (32 bytes) this is.
    ///
    /// - Parameter recoveryID: 0…3, which of the candidate points.
    /// - Returns: `nil` when no key fits.
    public static func recover(
        _ signature: ECDSASignature, of digest: [UInt8], recoveryID: UInt32
    ) -> [UInt8]? {
        guard signature.curve == .secp256k1, digest.count == 32, recoveryID < 4 else { return nil }
        guard let context = secp256k1_context_create(UInt32(SECP256K1_FLAGS_TYPE_CONTEXT)) else {
            return nil
        }
        defer { secp256k1_context_destroy(context) }
        var parsed = secp256k1_ecdsa_recoverable_signature()
        var key = secp256k1_pubkey()
        guard
            secp256k1_ecdsa_recoverable_signature_parse_compact(
                context, &parsed, signature.bytes, Int32(recoveryID)) == 1,
            secp256k1_ecdsa_recover(context, &key, &parsed, digest) == 1
        else { return nil }
        var count = 65
        return bytes(count: count) {
            secp256k1_ec_pubkey_serialize(
                context, $0, &count, &key, UInt32(SECP256K1_FLAGS_TYPE_COMPRESSION))
        }
    }
}

/// NIST P-256, the curve of passkeys (libcrypto).
public struct P256PublicKey: Sendable, Hashable {
    /// The point, uncompressed: 4, x, y.
    public let bytes: [UInt8]

    /// `nil` unless `bytes` are an uncompressed point of the curve. SEC 1 §2.3.4.
    public init?(_ bytes: some Collection<UInt8>) {
        self.bytes = Array(bytes)
        guard self.bytes.count == 65, self.bytes.first == 4, let key = makeKey() else { return nil }
        EVP_PKEY_free(key)
    }

    /// Whether `signature` is one of `digest` (32 bytes) by this key.
    public func verifies(_ signature: ECDSASignature, of digest: [UInt8]) -> Bool {
        guard signature.curve == .secp256r1, digest.count == 32, let key = makeKey() else {
            return false
        }
        defer { EVP_PKEY_free(key) }
        let encoded = Self.der(signature)
        guard let context = EVP_PKEY_CTX_new(key, nil) else { return false }
        defer { EVP_PKEY_CTX_free(context) }
        return EVP_PKEY_verify_init(context) == 1
            && EVP_PKEY_verify(context, encoded, encoded.count, digest, digest.count) == 1
    }

    /// The key as libcrypto holds it; the caller frees it. `nil` when it is no point of the curve.
    private func makeKey() -> OpaquePointer? {
        guard LibCrypto.isReady else { return nil }
        var point = bytes
        return ccrypto_p256_public_key(&point)
    }

    /// The signature as libcrypto reads it: a sequence of two integers, X.690.
    private static func der(_ signature: ECDSASignature) -> [UInt8] {
        func integer(_ number: ArraySlice<UInt8>) -> [UInt8] {
            var number = Array(number.drop { $0 == 0 })
            if number.first.map({ $0 >= 0x80 }) ?? true { number.insert(0, at: 0) }
            return [0x02, UInt8(number.count)] + number
        }
        let body = integer(signature.bytes[..<32]) + integer(signature.bytes[32...])
        return [0x30, UInt8(body.count)] + body
    }
}
