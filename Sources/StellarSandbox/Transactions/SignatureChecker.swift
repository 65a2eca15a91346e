internal import Cryptography
internal import StellarXDR
internal import Telemetry

/// Weighs the signatures of one transaction, and knows which of them were of use.
struct SignatureChecker {
    private let signed: SignedHash
    private var used: [Bool]

    init(_ signed: SignedHash) {
        self.signed = signed
        used = signed.signatures.map { _ in false }
    }

    /// Whether every signature was of use.
    var allUsed: Bool { used.allSatisfy { $0 } }

    /// Whether the signatures of `signers` weigh at least `needed`; at least one is needed always.
    mutating func check(_ signers: [Signer], needed: Int) -> Bool {
        if signers.count == 1, case .ed25519 = signers[0].key {
            // Most accounts have their own key alone, and most transactions one signature.
            guard let match = used.indices.first(where: { isBy(signers[0].key, $0) }) else {
                return false
            }
            used[match] = true
            return min(Int(signers[0].weight), 255) >= needed
        }
        var weight = 0
        for signer in signers {
            guard case .preAuthTx(let wanted) = signer.key, wanted.bytes == signed.message else {
                continue
            }
            weight += min(Int(signer.weight), 255)
            if weight >= needed { return true }
        }
        for kind in SignerKind.allCases {
            var candidates = signers.filter { SignerKind($0.key) == kind }
            guard !candidates.isEmpty else { continue }
            for index in used.indices {
                guard let match = candidates.firstIndex(where: { isBy($0.key, index) }) else {
                    continue
                }
                used[index] = true
                weight += min(Int(candidates[match].weight), 255)
                if weight >= needed { return true }
                candidates.remove(at: match)
            }
        }
        return false
    }

    /// Whether the signature at `index` is by `key`.
    private func isBy(_ key: SignerKey, _ index: Int) -> Bool {
        switch key {
        case .preAuthTx: return false
        case .hashX(let wanted):
            let (signature, wanted) = (signed.signatures[index], wanted.bytes)
            return signature.hint.bytes.elementsEqual(wanted.suffix(4))
                && SHA256.hash(signature.signature.bytes) == wanted
        case .ed25519(let key):
            return signed.hints[index] == UInt32(truncatingIfNeeded: key.storage.words.3)
                && signed.verifies(index, of: signed.message, by: key.bytes)
        case .ed25519SignedPayload(let payload):
            return signed.signatures[index].hint.bytes == hint(of: payload)
                && signed.verifies(index, of: payload.payload, by: payload.ed25519.bytes)
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

/// A hash with the signatures that came with it. What was found of them is remembered: what was
/// verified when a transaction came in is not verified again when it is applied.
final class SignedHash: Sendable {
    private struct Answer {
        let index: Int
        let key: [UInt8]
        let message: [UInt8]
        let isGood: Bool
    }

    let hash: Hash
    /// The bytes of ``hash``, which most signatures sign.
    let message: [UInt8]
    let signatures: [DecoratedSignature]
    /// The hints of ``signatures`` as numbers.
    let hints: [UInt32]
    private let answers = Lock<[Answer]>([])

    init(_ hash: [UInt8], _ signatures: [DecoratedSignature]) {
        self.hash = Hash(fitting: hash)
        message = hash
        self.signatures = signatures
        hints = signatures.map { $0.hint.bytes.reduce(0) { $0 << 8 | UInt32($1) } }
    }

    /// Whether the signature at `index` is one of `message` by `key`.
    func verifies(_ index: Int, of message: [UInt8], by key: [UInt8]) -> Bool {
        let known = answers.withLock { answers in
            answers.first { $0.index == index && $0.key == key && $0.message == message }?.isGood
        }
        if let known { return known }
        let isGood =
            (try? Ed25519.PublicKey(key))?
            .verifies(signatures[index].signature.bytes, of: message) ?? false
        let answer = Answer(index: index, key: key, message: message, isGood: isGood)
        answers.withLock { $0.append(answer) }
        return isGood
    }
}
