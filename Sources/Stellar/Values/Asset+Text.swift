public import StellarXDR

/// Why a text names no asset.
public enum AssetError: Error, Hashable, Sendable {
    /// Neither `native` nor a code, a colon and an issuer.
    case malformed
    /// A code has 1 to 12 letters and digits.
    case badCode
    /// The issuer is not an account.
    case badIssuer(StrKeyError)
}

extension Asset {
    /// `native`, or `CODE:G…`.
    public init(parsing text: some StringProtocol) throws(AssetError) {
        if text == "native" {
            self = .native
            return
        }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2 else { throw .malformed }
        let issuer: AccountID
        do { issuer = try AccountID(parsing: parts[1]) } catch { throw .badIssuer(error) }
        try self.init(code: String(parts[0]), issuer: issuer)
    }

    /// An asset that `issuer` issues.
    public init(code: String, issuer: AccountID) throws(AssetError) {
        let bytes = Array(code.utf8)
        guard (1...12).contains(bytes.count), bytes.allSatisfy(Self.isCodeByte) else {
            throw .badCode
        }
        if bytes.count <= 4 {
            self = .creditAlphanum4(
                AlphaNum4(assetCode: AssetCode4(fitting: bytes), issuer: issuer))
        } else {
            self = .creditAlphanum12(
                AlphaNum12(assetCode: AssetCode12(fitting: bytes), issuer: issuer))
        }
    }

    private static func isCodeByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: false
        }
    }
}

extension Asset: CustomStringConvertible {
    /// `native`, or `CODE:G…`.
    public var description: String {
        switch self {
        case .native: "native"
        case .creditAlphanum4(let asset): "\(Self.text(asset.assetCode.bytes)):\(asset.issuer)"
        case .creditAlphanum12(let asset): "\(Self.text(asset.assetCode.bytes)):\(asset.issuer)"
        }
    }

    private static func text(_ code: [UInt8]) -> String {
        String(decoding: code.prefix { $0 != 0 }, as: UTF8.self)
    }
}

extension ChangeTrustAsset {
    /// The asset that a trust line is for.
    public init(_ asset: Asset) {
        switch asset {
        case .native: self = .native
        case .creditAlphanum4(let asset): self = .creditAlphanum4(asset)
        case .creditAlphanum12(let asset): self = .creditAlphanum12(asset)
        }
    }
}
