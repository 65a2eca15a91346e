/// A key, address or id as people write it: `G…`, `C…`. SEP-23.
///
/// A text is accepted only if it is the one that the key is written as.
public enum StrKey: Hashable, Sendable {
    /// `G…`: the public key that an account began with.
    case account(Uint256)
    /// `M…`: an account, and a number that its owner tells payments apart by.
    case muxedAccount(Uint256, id: UInt64)
    /// `S…`: a secret. Whoever has it, has the key.
    case seed(Uint256)
    /// `T…`: the hash of a transaction that is authorised in advance.
    case preAuthTransaction(Uint256)
    /// `X…`: a hash whose preimage signs.
    case hashX(Uint256)
    /// `P…`: a public key, and the 1 to 64 bytes that it must have signed.
    case signedPayload(Uint256, payload: [UInt8])
    /// `C…`: a contract.
    case contract(ContractID)
    /// `L…`: a liquidity pool.
    case liquidityPool(PoolID)
    /// `B…`: a claimable balance.
    case claimableBalance(ClaimableBalanceID)

    /// What a key is of; the raw value is the byte that makes its first letter.
    public enum Kind: UInt8, CaseIterable, Hashable, Sendable {
        /// `G…`
        case account = 0x30
        /// `M…`
        case muxedAccount = 0x60
        /// `S…`
        case seed = 0x90
        /// `T…`
        case preAuthTransaction = 0x98
        /// `X…`
        case hashX = 0xB8
        /// `P…`
        case signedPayload = 0x78
        /// `C…`
        case contract = 0x10
        /// `L…`
        case liquidityPool = 0x58
        /// `B…`
        case claimableBalance = 0x08

        /// "an account", for messages.
        var article: String {
            switch self {
            case .account: "an account"
            case .muxedAccount: "a muxed account"
            case .seed: "a secret"
            case .preAuthTransaction: "a pre-authorised transaction"
            case .hashX: "a hash"
            case .signedPayload: "a signed payload"
            case .contract: "a contract"
            case .liquidityPool: "a liquidity pool"
            case .claimableBalance: "a claimable balance"
            }
        }
    }

    /// The key that `text` is.
    public init(parsing text: some StringProtocol) throws(StrKeyError) {
        try self.init(parsing: text, payloadMin: 1)
    }

    /// The same; XDR-JSON writes signed payloads of no bytes as keys too.
    init(parsing text: some StringProtocol, payloadMin: Int) throws(StrKeyError) {
        let bytes = try Base32.decode(text)
        guard bytes.count >= 3, let first = bytes.first else { throw .wrongLength }
        guard let kind = Kind(rawValue: first) else { throw .unknownKind }
        let content = bytes.dropLast(2)
        let checksum = CRC16.checksum(of: content)
        guard bytes[bytes.count - 2] == UInt8(truncatingIfNeeded: checksum),
            bytes[bytes.count - 1] == UInt8(truncatingIfNeeded: checksum >> 8)
        else { throw .wrongChecksum }
        try self.init(kind, payload: Array(content.dropFirst()), payloadMin: payloadMin)
    }

    /// The text of a key.
    public static func encode(_ key: StrKey) -> String { key.text }

    /// The text. A secret's is the secret: it must not be shown or logged.
    public var text: String {
        var bytes = [kind.rawValue] + payload
        let checksum = CRC16.checksum(of: bytes)
        bytes.append(UInt8(truncatingIfNeeded: checksum))
        bytes.append(UInt8(truncatingIfNeeded: checksum >> 8))
        return Base32.encode(bytes)
    }

    /// What it is a key of.
    public var kind: Kind {
        switch self {
        case .account: .account
        case .muxedAccount: .muxedAccount
        case .seed: .seed
        case .preAuthTransaction: .preAuthTransaction
        case .hashX: .hashX
        case .signedPayload: .signedPayload
        case .contract: .contract
        case .liquidityPool: .liquidityPool
        case .claimableBalance: .claimableBalance
        }
    }

    /// The bytes between kind and checksum.
    public var payload: [UInt8] {
        switch self {
        case .account(let key), .seed(let key), .preAuthTransaction(let key), .hashX(let key):
            return key.bytes
        case .contract(let id), .liquidityPool(let id): return id.bytes
        case .claimableBalance(.v0(let id)): return [0] + id.bytes
        case .muxedAccount(let key, let id):
            var encoder = XDREncoder(capacity: 8)
            encoder.uint64(id)
            return key.bytes + encoder.bytes
        case .signedPayload(let key, let payload):
            var encoder = XDREncoder(capacity: payload.count + 8)
            encoder.uint32(UInt32(truncatingIfNeeded: payload.count))
            let padding = [UInt8](repeating: 0, count: -payload.count & 3)
            return key.bytes + encoder.bytes + payload + padding
        }
    }
}

extension StrKey {
    private init(_ kind: Kind, payload: [UInt8], payloadMin: Int) throws(StrKeyError) {
        switch kind {
        case .account: self = .account(try Self.exactly(payload))
        case .seed: self = .seed(try Self.exactly(payload))
        case .preAuthTransaction: self = .preAuthTransaction(try Self.exactly(payload))
        case .hashX: self = .hashX(try Self.exactly(payload))
        case .contract: self = .contract(try Self.exactly(payload))
        case .liquidityPool: self = .liquidityPool(try Self.exactly(payload))
        case .claimableBalance:
            guard payload.count == 33 else { throw .wrongLength }
            guard payload[0] == 0 else { throw .malformed }
            self = .claimableBalance(.v0(try Self.exactly(Array(payload.dropFirst()))))
        case .muxedAccount:
            guard payload.count == 40 else { throw .wrongLength }
            let id = payload.suffix(8).reduce(0 as UInt64) { $0 &<< 8 | UInt64($1) }
            self = .muxedAccount(try Self.exactly(Array(payload.prefix(32))), id: id)
        case .signedPayload:
            guard payload.count >= 36, payload.count <= 100 else { throw .wrongLength }
            var decoder = XDRDecoder(payload.dropFirst(32))
            guard let signed = try? decoder.opaque(max: 64), decoder.remaining == 0,
                signed.count >= payloadMin
            else { throw .malformed }
            let key: Uint256 = try Self.exactly(Array(payload.prefix(32)))
            self = .signedPayload(key, payload: signed)
        }
    }

    private static func exactly<Value: FixedOpaque>(
        _ bytes: [UInt8]
    ) throws(StrKeyError) -> Value {
        guard let value = try? Value(bytes) else { throw .wrongLength }
        return value
    }
}

extension StrKey: CustomStringConvertible, CustomDebugStringConvertible {
    /// The text, but `[redacted]` for a secret.
    public var description: String { kind == .seed ? "[redacted]" : text }
    /// The same.
    public var debugDescription: String { description }
}

#if !hasFeature(Embedded)
    extension StrKey: CustomReflectable {
        /// Nothing: a dump shows no secret.
        public var customMirror: Mirror { Mirror(self, children: []) }
    }
#endif
