/// The types that XDR-JSON writes as one text: keys, codes of assets, large numbers.
enum XDRTextForm: String, Sendable {
    case publicKey = "PublicKey"
    case accountID = "AccountID"
    case nodeID = "NodeID"
    case muxedAccount = "MuxedAccount"
    case muxedAccountMed25519 = "MuxedAccountMed25519"
    case muxedEd25519Account = "MuxedEd25519Account"
    case address = "SCAddress"
    case signerKey = "SignerKey"
    case signedPayload = "SignerKeyEd25519SignedPayload"
    case contractID = "ContractID"
    case poolID = "PoolID"
    case claimableBalanceID = "ClaimableBalanceID"
    case assetCode4 = "AssetCode4"
    case assetCode12 = "AssetCode12"
    case assetCode = "AssetCode"
    case uint128 = "UInt128Parts"
    case int128 = "Int128Parts"
    case uint256 = "UInt256Parts"
    case int256 = "Int256Parts"

    /// Reads a value and gives its text.
    func text(from decoder: inout XDRDecoder) throws(XDRError) -> String {
        switch self {
        case .publicKey, .accountID, .nodeID: return try PublicKey(from: &decoder).strKey.text
        case .muxedAccount: return try MuxedAccount(from: &decoder).strKey.text
        case .muxedAccountMed25519:
            return MuxedAccount.muxedEd25519(try MuxedAccountMed25519(from: &decoder)).strKey.text
        case .muxedEd25519Account:
            return SCAddress.muxedAccount(try MuxedEd25519Account(from: &decoder)).strKey.text
        case .address: return try SCAddress(from: &decoder).strKey.text
        case .signerKey: return try SignerKey(from: &decoder).strKey.text
        case .signedPayload:
            let payload = try SignerKeyEd25519SignedPayload(from: &decoder)
            return SignerKey.ed25519SignedPayload(payload).strKey.text
        case .contractID: return StrKey.contract(try Hash(from: &decoder)).text
        case .poolID: return StrKey.liquidityPool(try Hash(from: &decoder)).text
        case .claimableBalanceID:
            return StrKey.claimableBalance(try ClaimableBalanceID(from: &decoder)).text
        case .assetCode4: return Self.code(try AssetCode4(from: &decoder).bytes, countMin: 0)
        case .assetCode12: return Self.code(try AssetCode12(from: &decoder).bytes, countMin: 5)
        case .assetCode:
            switch try AssetCode(from: &decoder) {
            case .creditAlphanum4(let code): return Self.code(code.bytes, countMin: 0)
            case .creditAlphanum12(let code): return Self.code(code.bytes, countMin: 5)
            }
        case .uint128: return try UInt128Parts(from: &decoder).value.description
        case .int128: return try Int128Parts(from: &decoder).value.description
        case .uint256: return Decimal256.text(try decoder.words(), isSigned: false)
        case .int256: return Decimal256.text(try decoder.words(), isSigned: true)
        }
    }

    /// Writes the value that `text` is; `nil` if it is none.
    func encode(_ text: String, into encoder: inout XDREncoder) throws(XDRError) -> Void? {
        switch self {
        case .publicKey, .accountID, .nodeID:
            return try (try? PublicKey(parsing: text))?.encode(into: &encoder)
        case .muxedAccount: return try (try? MuxedAccount(parsing: text))?.encode(into: &encoder)
        case .address: return try (try? SCAddress(parsing: text))?.encode(into: &encoder)
        case .signerKey:
            let key = try? StrKey(parsing: text, payloadMin: 0)
            return try key.flatMap(SignerKey.init(strKey:))?.encode(into: &encoder)
        case .muxedAccountMed25519, .muxedEd25519Account, .signedPayload, .contractID, .poolID,
            .claimableBalanceID:
            return try (try? StrKey(parsing: text, payloadMin: 0)).flatMap { key throws(XDRError) in
                try encode(key, into: &encoder)
            }
        case .assetCode4, .assetCode12, .assetCode:
            guard let bytes = EscapedText.decode(text) else { return nil }
            let isLong = self == .assetCode12 || self == .assetCode && bytes.count > 4
            guard bytes.count <= (isLong ? 12 : 4) else { return nil }
            if self == .assetCode { encoder.int32(isLong ? 2 : 1) }
            let zeros = [UInt8](repeating: 0, count: (isLong ? 12 : 4) - bytes.count)
            return try encoder.opaque(bytes + zeros, count: isLong ? 12 : 4)
        case .uint128: return try UInt128(text).map(UInt128Parts.init)?.encode(into: &encoder)
        case .int128: return try Int128(text).map(Int128Parts.init)?.encode(into: &encoder)
        case .uint256, .int256:
            guard let words = Decimal256.words(text, isSigned: self == .int256) else { return nil }
            for word in words { encoder.uint64(word) }
            return ()
        }
    }

    private func encode(
        _ key: StrKey, into encoder: inout XDREncoder
    ) throws(XDRError) -> Void? {
        switch (self, key) {
        case (.muxedAccountMed25519, .muxedAccount(let key, let id)),
            (.muxedEd25519Account, .muxedAccount(let key, let id)):
            return try MuxedEd25519Account(id: id, ed25519: key).encode(into: &encoder)
        case (.signedPayload, .signedPayload(let key, let payload)):
            return try SignerKeyEd25519SignedPayload(ed25519: key, payload: payload)
                .encode(into: &encoder)
        case (.contractID, .contract(let id)), (.poolID, .liquidityPool(let id)):
            return try id.encode(into: &encoder)
        case (.claimableBalanceID, .claimableBalance(let id)):
            return try id.encode(into: &encoder)
        default: return nil
        }
    }

    private static func code(_ bytes: [UInt8], countMin: Int) -> String {
        let count = bytes.lastIndex { $0 != 0 }.map { $0 + 1 } ?? 0
        return EscapedText.encode(bytes.prefix(max(count, countMin)))
    }
}

extension XDRDecoder {
    /// Four words of 64 bits.
    fileprivate mutating func words() throws(XDRError) -> [UInt64] {
        [try uint64(), try uint64(), try uint64(), try uint64()]
    }
}
