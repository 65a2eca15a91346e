internal import StellarXDR

/// The ledger that is being made, and the rules that hold in it.
struct LedgerContext: Hashable, Sendable {
    /// SHA-256 of the passphrase.
    var networkID: Hash
    /// Which version of the protocol.
    var protocolVersion: UInt32
    /// The number of the ledger.
    var sequence: UInt32
    /// When it closes, in seconds since 1970.
    var closeTime: UInt64
    /// What inclusion costs an operation, in stroops.
    var baseFee: UInt32
    /// What each entry binds of an account's balance, in stroops.
    var baseReserve: UInt32
    /// The voted settings.
    var settings: NetworkSettings
    /// The contract of lumens.
    var nativeContract: Hash
    /// How large all contract data and code were of late, in bytes: rent grows with it.
    var stateByteCount: Int64 = 0
}
