internal import HTTP
internal import StellarXDR

extension HorizonService {
    func account(_ address: String) async throws -> HTTPResponse {
        guard case .account(let key)? = try? StrKey(parsing: address) else {
            throw HorizonProblem.badRequest("Account ID must start with `G`", field: "account_id")
        }
        guard let found = try await chain.holdings(of: .ed25519(key)) else {
            throw HorizonProblem.notFound
        }
        let account = found.account
        let thresholds = account.thresholds.bytes
        func has(_ flag: AccountFlags) -> JSONValue {
            .bool(account.flags & UInt32(flag.rawValue) != 0)
        }
        let path = "/accounts/\(address)"
        return .hal([
            "_links": ["self": link(path), "transactions": link("\(path)/transactions")],
            "id": .string(address), "account_id": .string(address),
            "sequence": .digits(account.seqNum),
            "sequence_ledger": account.sequenceLedger == 0
                ? nil : .number(account.sequenceLedger),
            "sequence_time": account.sequenceTime == 0 ? nil : .digits(account.sequenceTime),
            "subentry_count": .number(account.numSubEntries),
            "home_domain": account.homeDomain.bytes.isEmpty
                ? nil : .string(String(decoding: account.homeDomain.bytes, as: UTF8.self)),
            "last_modified_ledger": .number(found.modified),
            "last_modified_time": .time(found.modifiedTime),
            "thresholds": [
                "low_threshold": .number(thresholds[1]), "med_threshold": .number(thresholds[2]),
                "high_threshold": .number(thresholds[3]),
            ],
            "flags": [
                "auth_required": has(.requiredFlag), "auth_revocable": has(.revocableFlag),
                "auth_immutable": has(.immutableFlag),
                "auth_clawback_enabled": has(.clawbackEnabledFlag),
            ],
            "balances": .array(found.lines.map(\.json) + [account.nativeBalance]),
            "signers": .array(account.horizonSigners),
            "data": .object(
                found.data.map { data in
                    JSONValue.Member(
                        String(decoding: data.dataName.bytes, as: UTF8.self),
                        .string(Base64.encode(data.dataValue.bytes)))
                }), "num_sponsoring": .number(account.sponsoringCount),
            "num_sponsored": .number(account.sponsoredCount),
            "sponsor": found.sponsor.map { .string($0.address) },
            "paging_token": .string(address),
        ])
    }
}

/// An account with what it holds.
struct Holdings: Sendable {
    let account: AccountEntry
    /// Who bears its reserve.
    let sponsor: AccountID?
    /// The ledger that last changed the account.
    let modified: UInt32
    /// When that was, in seconds since 1970; 0 if it is forgotten.
    var modifiedTime: UInt64
    var lines: [Line] = []
    var data: [DataEntry] = []

    /// A trust line, who bears its reserve, and the ledger that last changed it.
    struct Line: Sendable {
        let entry: TrustLineEntry
        let sponsor: AccountID?
        let modified: UInt32
    }
}

extension Chain {
    /// An account with what it holds, `nil` if there is none.
    func holdings(of id: AccountID) async throws(SandboxError) -> Holdings? {
        guard let stored = state[.account(id)], case .account(let account) = stored.entry.data
        else { return nil }
        let modified = stored.entry.lastModifiedLedgerSeq
        var holdings = Holdings(
            account: account, sponsor: stored.entry.sponsor, modified: modified, modifiedTime: 0)
        let owned = try Self.encodable { () throws(XDRError) in
            try state.possessions(of: id)
        }
        for owned in owned.map(\.entry) {
            switch owned.data {
            case .trustline(let line):
                holdings.lines.append(
                    Holdings.Line(
                        entry: line, sponsor: owned.sponsor,
                        modified: owned.lastModifiedLedgerSeq))
            case .data(let data): holdings.data.append(data)
            default: continue
            }
        }
        holdings.modifiedTime = try await closeTime(of: modified)
        return holdings
    }
}

extension Holdings.Line {
    fileprivate var json: JSONValue {
        let (kind, code, issuer): (JSONValue, [UInt8], AccountID?) =
            switch entry.asset {
            case .native: ("native", [], nil)
            case .creditAlphanum4(let asset):
                ("credit_alphanum4", asset.assetCode.bytes, asset.issuer)
            case .creditAlphanum12(let asset):
                ("credit_alphanum12", asset.assetCode.bytes, asset.issuer)
            case .poolShare: ("liquidity_pool_shares", [], nil)
            }
        func has(_ flag: TrustLineFlags) -> JSONValue {
            .bool(entry.flags & UInt32(flag.rawValue) != 0)
        }
        return [
            "balance": .amount(entry.balance), "limit": .amount(entry.limit),
            "buying_liabilities": .amount(entry.liabilities.buying),
            "selling_liabilities": .amount(entry.liabilities.selling),
            "last_modified_ledger": .number(modified), "is_authorized": has(.authorizedFlag),
            // Who is authorized may do that too.
            "is_authorized_to_maintain_liabilities": .bool(entry.flags & 3 != 0),
            "is_clawback_enabled": has(.trustlineClawbackEnabledFlag), "asset_type": kind,
            "asset_code": .string(String(decoding: code.prefix { $0 != 0 }, as: UTF8.self)),
            "asset_issuer": issuer.map { .string($0.address) },
            "sponsor": sponsor.map { .string($0.address) },
        ]
    }
}

extension AccountEntry {
    fileprivate var nativeBalance: JSONValue {
        [
            "balance": .amount(balance), "buying_liabilities": .amount(liabilities.buying),
            "selling_liabilities": .amount(liabilities.selling), "asset_type": "native",
        ]
    }

    fileprivate var horizonSigners: [JSONValue] {
        let sponsors = signerSponsors
        let others: [JSONValue] = signers.enumerated().map { index, signer in
            let (kind, key): (JSONValue, StrKey) =
                switch signer.key {
                case .ed25519(let key): ("ed25519_public_key", .account(key))
                case .preAuthTx(let hash): ("preauth_tx", .preAuthTransaction(hash))
                case .hashX(let hash): ("sha256_hash", .hashX(hash))
                case .ed25519SignedPayload(let signed):
                    (
                        "ed25519_signed_payload",
                        .signedPayload(signed.ed25519, payload: signed.payload)
                    )
                }
            return [
                "weight": .number(signer.weight), "key": .string(StrKey.encode(key)),
                "type": kind,
                "sponsor": sponsors.indices.contains(index)
                    ? sponsors[index].map { .string($0.address) } : nil,
            ]
        }
        return others + [
            [
                "weight": .number(thresholds.bytes[0]), "key": .string(accountID.address),
                "type": "ed25519_public_key",
            ]
        ]
    }
}

extension LedgerEntry {
    /// Who bears its reserve.
    fileprivate var sponsor: AccountID? {
        switch ext {
        case .v0: nil
        case .v1(let value): value.sponsoringID
        }
    }
}

extension AccountID {
    /// As `G…`.
    var address: String {
        switch self {
        case .ed25519(let key): StrKey.encode(.account(key))
        }
    }
}
