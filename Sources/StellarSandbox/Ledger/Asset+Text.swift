internal import Cryptography
internal import StellarXDR

extension Asset {
    /// Who issues it; nobody issues lumens.
    var issuer: AccountID? {
        switch self {
        case .native: nil
        case .creditAlphanum4(let asset): asset.issuer
        case .creditAlphanum12(let asset): asset.issuer
        }
    }

    /// Its code without the zeros that fill it up; empty for lumens.
    var codeBytes: [UInt8] {
        let padded: [UInt8] =
            switch self {
            case .native: []
            case .creditAlphanum4(let asset): asset.assetCode.bytes
            case .creditAlphanum12(let asset): asset.assetCode.bytes
            }
        return Array(padded.prefix { $0 != 0 })
    }

    /// As SEP-11 writes it: `native` or `CODE:G…`.
    var text: String {
        guard case .ed25519(let key)? = issuer else { return "native" }
        return "\(String(decoding: codeBytes, as: UTF8.self)):\(StrKey.encode(.account(key)))"
    }

    /// Whether its code is letters and digits, as many as its kind has, and then only zeros.
    var isWellFormed: Bool {
        let (padded, shortest): ([UInt8], Int)
        switch self {
        case .native: return true
        case .creditAlphanum4(let asset): (padded, shortest) = (asset.assetCode.bytes, 1)
        case .creditAlphanum12(let asset): (padded, shortest) = (asset.assetCode.bytes, 5)
        }
        let code = codeBytes
        return code.count >= shortest && padded.dropFirst(code.count).allSatisfy { $0 == 0 }
            && code.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "0")...UInt8(ascii: "9"),
                    UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "a")...UInt8(ascii: "z"):
                    true
                default: false
                }
            }
    }

    /// The same in a trust line.
    var line: TrustLineAsset {
        switch self {
        case .native: .native
        case .creditAlphanum4(let asset): .creditAlphanum4(asset)
        case .creditAlphanum12(let asset): .creditAlphanum12(asset)
        }
    }

    /// The contract that it has on the network, whether or not that is deployed.
    func contract(_ networkID: Hash) throws(XDRError) -> Hash {
        let preimage = HashIDPreimage.contractId(
            HashIDPreimageContractId(networkID: networkID, contractIDPreimage: .asset(self)))
        return Hash(fitting: SHA256.hash(try preimage.xdr()))
    }
}

extension ChangeTrustAsset {
    /// The same without the shares of liquidity pools.
    var asset: Asset? {
        switch self {
        case .native: .native
        case .creditAlphanum4(let asset): .creditAlphanum4(asset)
        case .creditAlphanum12(let asset): .creditAlphanum12(asset)
        case .poolShare: nil
        }
    }
}
