internal import CSodium

/// Ed25519, RFC 8032, judged as strictly as the ledger judges: small-order points and
/// non-canonical encodings are refused (libsodium agrees with the Soroban host, OpenSSL does not).
public enum Ed25519 {
    /// What a key or signature can be wrong in.
    public enum Failure: Error, Hashable {
        /// A seed and a public key have 32 bytes.
        case wrongLength(Int)
    }

    /// A private key: its 32-byte seed, and the public key that follows from it.
    ///
    /// Prints as `[redacted]`.
    public struct PrivateKey: Sendable, Hashable, CustomStringConvertible,
        CustomDebugStringConvertible, CustomReflectable
    {
        /// The seed, RFC 8032 §5.1.5. Whoever has it, has the key.
        public let seed: [UInt8]
        /// The key that others verify with.
        public let publicKey: PublicKey
        private let expanded: [UInt8]

        /// The key of a seed of 32 bytes.
        /// - Throws: ``Failure/wrongLength(_:)``.
        public init(seed: some Collection<UInt8>) throws(Failure) {
            guard seed.count == 32 else { throw .wrongLength(seed.count) }
            _ = Sodium.isReady
            var publicBytes = [UInt8](repeating: 0, count: 32)
            var expanded = [UInt8](repeating: 0, count: 64)
            self.seed = Array(seed)
            crypto_sign_seed_keypair(&publicBytes, &expanded, self.seed)
            self.expanded = expanded
            publicKey = PublicKey(unchecked: publicBytes)
        }

        /// The 64-byte signature of `message`.
        public func sign(_ message: some Collection<UInt8>) -> [UInt8] {
            message.withBytes { message, count in
                bytes(count: 64) { crypto_sign_detached($0, nil, message, UInt64(count), expanded) }
            }
        }

        /// `[redacted]`.
        public var description: String { "[redacted]" }
        /// `[redacted]`.
        public var debugDescription: String { "[redacted]" }
        /// Nothing: a dump shows no seed.
        public var customMirror: Mirror { Mirror(self, children: []) }
    }

    /// A public key of 32 bytes; whether they are a point of the curve is found out when it is
    /// used.
    public struct PublicKey: Sendable, Hashable {
        /// The encoded point.
        public let bytes: [UInt8]

        /// - Throws: ``Failure/wrongLength(_:)``.
        public init(_ bytes: some Collection<UInt8>) throws(Failure) {
            guard bytes.count == 32 else { throw .wrongLength(bytes.count) }
            self.bytes = Array(bytes)
        }

        init(unchecked bytes: [UInt8]) {
            self.bytes = bytes
        }

        /// Whether `signature` is one of `message` by this key.
        public func verifies(
            _ signature: some Collection<UInt8>, of message: some Collection<UInt8>
        ) -> Bool {
            guard signature.count == 64 else { return false }
            _ = Sodium.isReady
            return signature.withBytes { signature, _ in
                message.withBytes { message, count in
                    crypto_sign_verify_detached(signature, message, UInt64(count), bytes) == 0
                }
            }
        }
    }
}
