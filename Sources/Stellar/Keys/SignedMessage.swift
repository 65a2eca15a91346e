internal import Cryptography
public import StellarXDR

/// Messages that people sign to show that a key is theirs, SEP-53. A signature of one is never one
/// of a transaction.
public enum SignedMessage {
    private static let prefix = Array("Stellar Signed Message:\n".utf8)

    /// The 32 bytes that are signed.
    public static func digest(of message: some Collection<UInt8>) -> [UInt8] {
        SHA256.hash(prefix + message)
    }
}

extension KeyPair {
    /// The signature of a message, SEP-53. Text is signed as UTF-8.
    public func signMessage(_ message: some Collection<UInt8>) -> [UInt8] {
        sign(SignedMessage.digest(of: message))
    }
}

extension AccountID {
    /// Whether `signature` is one of the message `message` by this key, SEP-53.
    public func verifiesMessage(
        _ signature: some Collection<UInt8>, of message: some Collection<UInt8>
    ) -> Bool {
        verifies(signature, of: SignedMessage.digest(of: message))
    }
}
