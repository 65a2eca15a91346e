public import Cryptography
public import StellarXDR

/// The key of an account: its address, and the secret that signs for it.
///
/// Prints as its address; the secret is given out by ``secret`` alone.
public struct KeyPair: Sendable, Hashable {
    /// The account that the key signs for, unless its signers were changed.
    public let accountID: AccountID
    private let key: Ed25519.PrivateKey

    /// The key itself, for what is signed beside transactions and authorizations.
    public var signingKey: Ed25519.PrivateKey { key }

    /// The key of a seed of 32 bytes.
    /// - Throws: `Ed25519.Failure.wrongLength`.
    public init(seed: some Collection<UInt8>) throws(Ed25519.Failure) {
        key = try Ed25519.PrivateKey(seed: seed)
        accountID = .ed25519(Uint256(fitting: key.publicKey.bytes))
    }

    /// The key of a secret, `S…`.
    public init(secret text: some StringProtocol) throws(StrKeyError) {
        let parsed = try StrKey(parsing: text)
        guard case .seed(let seed) = parsed else { throw .notThisKind(found: parsed.kind) }
        guard let pair = try? KeyPair(seed: seed.bytes) else { throw .malformed }
        self = pair
    }

    /// A new key; `random` gives as many unpredictable bytes as it is asked for.
    public static func random(
        _ random: (Int) -> [UInt8] = SecureRandom.bytes
    ) throws(Ed25519.Failure) -> KeyPair {
        try KeyPair(seed: random(32))
    }

    /// `G…`
    public var address: String { accountID.description }

    /// `S…`: whoever has it, has the key. Never log it.
    public var secret: String { StrKey.seed(Uint256(fitting: key.seed)).text }

    /// The public key's 32 bytes.
    public var publicKey: Uint256 {
        switch accountID {
        case .ed25519(let key): key
        }
    }

    /// The last four bytes of the public key: how a verifier finds the key of a signature.
    public var hint: SignatureHint { accountID.hint }

    /// The 64-byte signature of `message`.
    public func sign(_ message: some Collection<UInt8>) -> [UInt8] {
        key.sign(message)
    }

    /// The signature of a transaction's hash, as an envelope carries it.
    public func decoratedSignature(of hash: Hash) -> DecoratedSignature {
        DecoratedSignature(hint: hint, signature: Signature(sign(hash.bytes)))
    }
}

extension KeyPair: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The address, and that there is a secret.
    public var description: String { "\(address) [redacted]" }
    /// The same.
    public var debugDescription: String { description }
    /// Nothing: a dump shows no secret.
    public var customMirror: Mirror { Mirror(self, children: []) }
}

extension AccountID {
    /// The last four bytes of the key.
    public var hint: SignatureHint {
        switch self {
        case .ed25519(let key): SignatureHint(fitting: key.bytes.suffix(4))
        }
    }

    /// Whether `signature` is one of `message` by this key.
    public func verifies(
        _ signature: some Collection<UInt8>, of message: some Collection<UInt8>
    ) -> Bool {
        switch self {
        case .ed25519(let key):
            guard let key = try? Ed25519.PublicKey(key.bytes) else { return false }
            return key.verifies(signature, of: message)
        }
    }
}
