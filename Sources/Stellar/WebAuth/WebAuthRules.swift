public import StellarXDR

/// The rules of a server's challenges, as its clients and it itself check them (SEP-10).
public struct WebAuthRules: Hashable, Sendable {
    /// The server's `SIGNING_KEY`.
    public var server: AccountID
    /// The network whose passphrase is signed.
    public var network: Network
    /// What may be signed in to.
    public var homeDomains: [String]
    /// The server's own domain.
    public var webAuthDomain: String
    /// How far clocks may differ.
    public var graceSeconds: UInt64

    /// The rules of a server.
    public init(
        server: AccountID, network: Network, homeDomains: [String], webAuthDomain: String,
        graceSeconds: UInt64 = 300
    ) {
        self.server = server
        self.network = network
        self.homeDomains = homeDomains
        self.webAuthDomain = webAuthDomain
        self.graceSeconds = graceSeconds
    }

    /// The challenge in an envelope that the server signed; whoever else signed is not looked at.
    /// - Parameter now: Unix seconds.
    /// - Throws: ``WebAuthError``.
    public func read(
        _ envelope: TransactionEnvelope, now: UInt64
    ) throws(WebAuthError) -> WebAuthChallenge {
        guard case .tx(let signed) = envelope else { throw .malformed }
        let transaction = signed.tx
        guard transaction.sourceAccount == MuxedAccount(server) else { throw .wrongServer }
        guard transaction.seqNum == 0 else { throw .usableSequence }
        let bounds = try timeBounds(transaction)
        guard now + graceSeconds >= bounds.minTime, now <= bounds.maxTime + graceSeconds else {
            throw .outsideTimeBounds
        }
        var challenge = try first(transaction.operations, bounds)
        challenge.memo = try memo(transaction, for: challenge.account)
        try readRest(transaction.operations, into: &challenge)
        guard envelope.isSigned(by: server, on: network) else { throw .notSignedByServer }
        return challenge
    }

    private func timeBounds(_ transaction: Transaction) throws(WebAuthError) -> TimeBounds {
        let bounds: TimeBounds? =
            switch transaction.cond {
            case .none: nil
            case .time(let bounds): bounds
            case .v2(let conditions): conditions.timeBounds
            }
        // An end that is far away would let a stolen answer live.
        guard let bounds, bounds.maxTime >= bounds.minTime,
            bounds.maxTime - bounds.minTime <= 86_400
        else { throw .noTimeBounds }
        return bounds
    }

    private func memo(
        _ transaction: Transaction, for account: MuxedAccount
    ) throws(WebAuthError) -> UInt64? {
        switch (transaction.memo, account) {
        case (.none, _): return nil
        case (.id(let id), .ed25519): return id
        default: throw .wrongMemo
        }
    }

    private func first(
        _ operations: [StellarXDR.Operation], _ bounds: TimeBounds
    ) throws(WebAuthError) -> WebAuthChallenge {
        guard let first = operations.first, let account = first.sourceAccount,
            case .manageData(let data) = first.body
        else { throw .wrongOperation }
        let names = homeDomains.map { (domain: $0, bytes: Array("\($0) auth".utf8)) }
        guard let home = names.first(where: { $0.bytes == data.dataName.bytes }) else {
            throw .wrongHomeDomain
        }
        guard let value = data.dataValue?.bytes, value.count == 64,
            let nonce = Base64.decode(String(decoding: value, as: UTF8.self)),
            nonce.count == WebAuthChallenge.nonceCount
        else { throw .wrongNonce }
        var challenge = WebAuthChallenge(
            account: account, homeDomain: home.domain, webAuthDomain: "", nonce: nonce,
            now: bounds.minTime)
        challenge.validUntil = bounds.maxTime
        return challenge
    }

    private func readRest(
        _ operations: [StellarXDR.Operation], into challenge: inout WebAuthChallenge
    ) throws(WebAuthError) {
        for operation in operations.dropFirst() {
            guard let source = operation.sourceAccount, case .manageData(let data) = operation.body
            else { throw .wrongOperation }
            let value = data.dataValue.map { String(decoding: $0.bytes, as: UTF8.self) }
            switch String(decoding: data.dataName.bytes, as: UTF8.self) {
            case "client_domain":
                guard challenge.client == nil, let value, !value.isEmpty,
                    case .ed25519(let key) = source
                else { throw .wrongOperation }
                challenge.client = .init(domain: value, key: .ed25519(key))
            case "web_auth_domain":
                guard source == MuxedAccount(server), challenge.webAuthDomain.isEmpty else {
                    throw .wrongOperation
                }
                guard value == webAuthDomain else { throw .wrongWebAuthDomain }
                challenge.webAuthDomain = webAuthDomain
            default:
                guard source == MuxedAccount(server) else { throw .wrongOperation }
            }
        }
        guard challenge.webAuthDomain == webAuthDomain else { throw .wrongWebAuthDomain }
    }
}

extension WebAuthRules {
    /// Checks that an account without an entry in the ledger signed: its own key, and no other.
    public func verifyMasterKey(
        of challenge: WebAuthChallenge, in envelope: TransactionEnvelope
    ) throws(WebAuthError) {
        try verify(
            challenge, in: envelope, signers: [(challenge.account.accountID, 1)], threshold: 1)
    }

    /// Checks that enough of an account's signers signed, and nobody else.
    /// - Parameters:
    ///   - signers: the keys that sign for the account, with their weights.
    ///   - threshold: what they need together; at least 1 is asked for.
    public func verify(
        _ challenge: WebAuthChallenge, in envelope: TransactionEnvelope,
        signers: [(key: AccountID, weight: UInt32)], threshold: UInt32
    ) throws(WebAuthError) {
        guard let hash = try? envelope.hash(on: network).bytes else { throw .malformed }
        var waiting = envelope.signatures
        func take(_ key: AccountID) -> Bool {
            let index = waiting.firstIndex {
                $0.hint == key.hint && key.verifies($0.signature.bytes, of: hash)
            }
            guard let index else { return false }
            waiting.remove(at: index)
            return true
        }
        guard take(server) else { throw .notSignedByServer }
        if let client = challenge.client {
            guard client.key != server, take(client.key) else { throw .notSignedByClientDomain }
        }
        var weight: UInt32 = 0
        var isSigned = false
        var seen: Set<AccountID> = [server]
        if let client = challenge.client { seen.insert(client.key) }
        for (key, share) in signers where share > 0 && seen.insert(key).inserted {
            guard take(key) else { continue }
            isSigned = true
            weight += share
        }
        guard waiting.isEmpty else { throw .unknownSignature }
        guard isSigned else { throw .notSignedByClient }
        let needed = max(1, threshold)
        guard weight >= needed else { throw .tooLittleWeight(has: weight, needs: needed) }
    }

    /// Checks the signatures against the account as the ledger has it, at its medium threshold:
    /// what it takes to move the account's money.
    public func verify(
        _ challenge: WebAuthChallenge, in envelope: TransactionEnvelope, by account: AccountEntry
    ) throws(WebAuthError) {
        try verify(
            challenge, in: envelope, signers: account.signingKeys,
            threshold: account.mediumThreshold)
    }
}

extension AccountEntry {
    /// The keys that sign for it, its own among them, with their weights.
    public var signingKeys: [(key: AccountID, weight: UInt32)] {
        var keys: [(key: AccountID, weight: UInt32)] = [
            (accountID, UInt32(thresholds.bytes.first ?? 0))
        ]
        for signer in signers {
            if case .ed25519(let key) = signer.key { keys.append((.ed25519(key), signer.weight)) }
        }
        return keys
    }

    /// What a payment needs.
    public var mediumThreshold: UInt32 {
        let bytes = thresholds.bytes
        return bytes.count == 4 ? UInt32(bytes[2]) : 0
    }
}
