internal import Cryptography
internal import StellarXDR

/// Weighs the signatures of one transaction, and knows which of them were of use.
struct SignatureChecker {
    private let hash: Hash
    private let message: [UInt8]
    private let signatures: [DecoratedSignature]
    private var used: [Bool]
    private let verified: SignatureCache

    init(_ hash: Hash, _ signatures: [DecoratedSignature], cache: SignatureCache) {
        self.hash = hash
        self.message = hash.bytes
        self.signatures = signatures
        used = signatures.map { _ in false }
        verified = cache
    }

    /// Whether every signature was of use.
    var allUsed: Bool { used.allSatisfy { $0 } }

    /// Whether the signatures of `signers` weigh at least `needed`; at least one is needed always.
    mutating func check(_ signers: [Signer], needed: Int) -> Bool {
        var weight = 0
        for signer in signers {
            guard case .preAuthTx(let wanted) = signer.key, wanted.bytes == message else {
                continue
            }
            weight += min(Int(signer.weight), 255)
            if weight >= needed { return true }
        }
        for kind in SignerKind.allCases {
            var candidates = signers.filter { SignerKind($0.key) == kind }
            for (index, signature) in signatures.enumerated() {
                guard
                    let match = candidates.firstIndex(where: { isBy($0.key, signature) })
                else { continue }
                used[index] = true
                weight += min(Int(candidates[match].weight), 255)
                if weight >= needed { return true }
                candidates.remove(at: match)
            }
        }
        return false
    }

    private func isBy(_ key: SignerKey, _ signature: DecoratedSignature) -> Bool {
        switch key {
        case .preAuthTx: return false
        case .hashX(let wanted):
            let preimage = signature.signature.bytes
            return signature.hint.bytes == Array(wanted.bytes.suffix(4))
                && SHA256.hash(preimage) == wanted.bytes
        case .ed25519(let key):
            return signature.hint.bytes == Array(key.bytes.suffix(4))
                && verified.verifies(signature.signature.bytes, of: message, by: key.bytes)
        case .ed25519SignedPayload(let signed):
            return signature.hint.bytes == hint(of: signed)
                && verified.verifies(
                    signature.signature.bytes, of: signed.payload, by: signed.ed25519.bytes)
        }
    }

    private func hint(of signed: SignerKeyEd25519SignedPayload) -> [UInt8] {
        let tail = Array(signed.payload.suffix(4))
        let padded = tail + [UInt8](repeating: 0, count: 4 - tail.count)
        return zip(signed.ed25519.bytes.suffix(4), padded).map { $0 ^ $1 }
    }
}

/// In which order kinds of signers are matched.
private enum SignerKind: CaseIterable {
    case hash, key, payload

    init?(_ key: SignerKey) {
        switch key {
        case .preAuthTx: return nil
        case .hashX: self = .hash
        case .ed25519: self = .key
        case .ed25519SignedPayload: self = .payload
        }
    }
}

/// Remembers which signatures were found right, so that what was checked when a transaction came
/// in is not computed again when it is applied.
final class SignatureCache {
    private struct Question: Hashable {
        let key: [UInt8]
        let signature: [UInt8]
        let message: [UInt8]
    }

    private var answers: [Question: Bool] = [:]
    private let countMax = 65_536

    func verifies(_ signature: [UInt8], of message: [UInt8], by key: [UInt8]) -> Bool {
        let question = Question(key: key, signature: signature, message: message)
        if let answer = answers[question] { return answer }
        let answer =
            (try? Ed25519.PublicKey(key))?.verifies(signature, of: message) ?? false
        if answers.count >= countMax { answers.removeAll(keepingCapacity: true) }
        answers[question] = answer
        return answer
    }
}
