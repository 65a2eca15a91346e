internal import Cryptography
internal import SorobanHost
internal import StellarXDR

/// How the network begins: everything in the root account, whose key follows from the passphrase.
struct Genesis: Sendable {
    /// 100 billion lumens, in stroops.
    static let totalStroops: Int64 = 1_000_000_000_000_000_000
    /// In stroops.
    static let baseFee: UInt32 = 100
    /// In stroops.
    static let baseReserve: UInt32 = 5_000_000

    let networkID: Hash
    let root: Ed25519.PrivateKey
    let protocolVersion: UInt32
    let settings: NetworkSettings

    init(_ configuration: StellarSandbox.Configuration) throws {
        let seed = SHA256.hash(Array(configuration.passphrase.utf8))
        networkID = Hash(fitting: seed)
        root = try Ed25519.PrivateKey(seed: seed)
        guard ProtocolRules.supported.contains(configuration.protocolVersion) else {
            throw SandboxError.unsupported("protocol \(configuration.protocolVersion)")
        }
        protocolVersion = configuration.protocolVersion
        var settings = NetworkSettings(configuration.profile)
        if let ledgers = configuration.persistentLedgersMin {
            settings.archival.minPersistentTTL = min(
                max(1, ledgers), settings.archival.maxEntryTTL)
        }
        self.settings = settings
    }

    /// The root account's address.
    var rootID: AccountID { .ed25519(Uint256(fitting: root.publicKey.bytes)) }

    /// The entries of the first ledger. The account of 32 zero bytes is there because clients read
    /// it before they simulate.
    var state: LedgerState {
        var state = LedgerState()
        state.sequence = 1
        let nobody = AccountID.ed25519(.zero)
        let nobodysStroops: Int64 = 100_000_000
        state.put(
            AccountEntry(rootID, balance: Self.totalStroops - nobodysStroops, sequence: 0))
        state.put(AccountEntry(nobody, balance: nobodysStroops, sequence: 0))
        for setting in settings.entries {
            state.put(.configSetting(setting), at: .setting(setting.discriminant))
        }
        state.settleFirst()
        return state
    }

    /// The first ledger.
    func header(closeTime: UInt64) -> LedgerHeader {
        LedgerHeader(
            ledgerVersion: protocolVersion, previousLedgerHash: .zero,
            scpValue: StellarValue(
                txSetHash: .zero, closeTime: closeTime, upgrades: [], ext: .basic),
            txSetResultHash: .zero, bucketListHash: .zero, ledgerSeq: 1,
            totalCoins: Self.totalStroops, feePool: 0, inflationSeq: 0, idPool: 0,
            baseFee: Self.baseFee, baseReserve: Self.baseReserve, maxTxSetSize: 2_000,
            skipList: [.zero, .zero, .zero, .zero], ext: .v0)
    }
}
