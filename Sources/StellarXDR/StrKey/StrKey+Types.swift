/// A type of the protocol that people write as a key.
public protocol StrKeyConvertible {
    /// The value that `key` names, `nil` if it is of another kind.
    init?(strKey key: StrKey)
    /// The key.
    var strKey: StrKey { get }
}

extension StrKeyConvertible {
    /// The value that `text` names.
    /// - Throws: ``StrKeyError/notThisKind(found:)`` for a good key of another kind, and whatever
    ///   ``StrKey/init(parsing:)`` throws.
    public init(parsing text: some StringProtocol) throws(StrKeyError) {
        let key = try StrKey(parsing: text)
        guard let value = Self(strKey: key) else { throw .notThisKind(found: key.kind) }
        self = value
    }
}

/// `G…`
extension PublicKey: StrKeyConvertible, CustomStringConvertible {
    /// From `G…`.
    public init?(strKey key: StrKey) {
        guard case .account(let key) = key else { return nil }
        self = .ed25519(key)
    }

    /// The key.
    public var strKey: StrKey {
        switch self {
        case .ed25519(let key): .account(key)
        }
    }

    /// `G…`
    public var description: String { strKey.text }
}

/// `G…` or `M…`
extension MuxedAccount: StrKeyConvertible, CustomStringConvertible {
    /// From `G…` or `M…`.
    public init?(strKey key: StrKey) {
        switch key {
        case .account(let key): self = .ed25519(key)
        case .muxedAccount(let key, let id):
            self = .muxedEd25519(MuxedAccountMed25519(id: id, ed25519: key))
        default: return nil
        }
    }

    /// The account itself, without a number.
    public init(_ account: AccountID) {
        switch account {
        case .ed25519(let key): self = .ed25519(key)
        }
    }

    /// The account, whatever the number.
    public var accountID: AccountID {
        switch self {
        case .ed25519(let key): .ed25519(key)
        case .muxedEd25519(let muxed): .ed25519(muxed.ed25519)
        }
    }

    /// The key.
    public var strKey: StrKey {
        switch self {
        case .ed25519(let key): .account(key)
        case .muxedEd25519(let muxed): .muxedAccount(muxed.ed25519, id: muxed.id)
        }
    }

    /// `G…` or `M…`
    public var description: String { strKey.text }
}

/// `G…`, `C…`, `M…`, `B…` or `L…`
extension SCAddress: StrKeyConvertible, CustomStringConvertible {
    /// From `G…`, `C…`, `M…`, `B…` or `L…`.
    public init?(strKey key: StrKey) {
        switch key {
        case .account(let key): self = .account(.ed25519(key))
        case .contract(let id): self = .contract(id)
        case .muxedAccount(let key, let id):
            self = .muxedAccount(MuxedEd25519Account(id: id, ed25519: key))
        case .claimableBalance(let id): self = .claimableBalance(id)
        case .liquidityPool(let id): self = .liquidityPool(id)
        default: return nil
        }
    }

    /// The key.
    public var strKey: StrKey {
        switch self {
        case .account(let account): account.strKey
        case .contract(let id): .contract(id)
        case .muxedAccount(let muxed): .muxedAccount(muxed.ed25519, id: muxed.id)
        case .claimableBalance(let id): .claimableBalance(id)
        case .liquidityPool(let id): .liquidityPool(id)
        }
    }

    /// `G…`, `C…`, …
    public var description: String { strKey.text }
}

/// `G…`, `T…`, `X…` or `P…`
extension SignerKey: StrKeyConvertible, CustomStringConvertible {
    /// From `G…`, `T…`, `X…` or `P…`.
    public init?(strKey key: StrKey) {
        switch key {
        case .account(let key): self = .ed25519(key)
        case .preAuthTransaction(let hash): self = .preAuthTx(hash)
        case .hashX(let hash): self = .hashX(hash)
        case .signedPayload(let key, let payload):
            self = .ed25519SignedPayload(
                SignerKeyEd25519SignedPayload(ed25519: key, payload: payload))
        default: return nil
        }
    }

    /// The key.
    public var strKey: StrKey {
        switch self {
        case .ed25519(let key): .account(key)
        case .preAuthTx(let hash): .preAuthTransaction(hash)
        case .hashX(let hash): .hashX(hash)
        case .ed25519SignedPayload(let signed):
            .signedPayload(signed.ed25519, payload: signed.payload)
        }
    }

    /// `G…`, `T…`, …
    public var description: String { strKey.text }
}

extension ContractID {
    /// The contract that `text` (`C…`) names.
    public init(contract text: some StringProtocol) throws(StrKeyError) {
        let key = try StrKey(parsing: text)
        guard case .contract(let id) = key else { throw .notThisKind(found: key.kind) }
        self = id
    }

    /// `C…`, if the hash is the id of a contract.
    public var contractText: String { StrKey.contract(self).text }
}
