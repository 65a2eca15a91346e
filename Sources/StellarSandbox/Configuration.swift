internal import SorobanHost

extension StellarSandbox {
    /// What network it is, and where it listens.
    public struct Configuration: Sendable {
        /// When ledgers close.
        public enum Closing: Sendable, Hashable {
            /// As soon as a transaction arrives.
            case onTransaction
            /// Every so many milliseconds, with or without transactions.
            case every(milliseconds: Int)
            /// Only when told to, by ``StellarSandbox/closeLedger()``.
            case manual
        }

        /// Limits and prices of Soroban.
        public enum Profile: String, Sendable, Hashable, CaseIterable {
            /// The public network's.
            case mainnet
            /// Tighter and dearer, as quickstart has them for `testnet`.
            case testnet
            /// Without limits, at the public network's prices.
            case unlimited
        }

        /// Where the network is kept.
        public enum Storage: Sendable, Hashable {
            /// In memory: it is gone when the process ends.
            case memory
            /// In a SQLite file, made if there is none: what a client has been told of is there
            /// after a crash at any point. Its folder must exist; one process uses it at a time.
            case file(String)
        }

        /// The address to listen on.
        public var host = "127.0.0.1"
        /// The port to listen on, 0 for any that is free. Quickstart's is 8000.
        public var port = 8000
        /// What the network's id and the root account follow from.
        public var passphrase = "Standalone Network ; February 2017"
        /// Which version of the protocol holds, one of ``protocolVersions``. A network in a file is
        /// upgraded to it with the next ledger, and never goes back.
        public var protocolVersion: UInt32 = 27
        /// The versions that there are.
        public static var protocolVersions: [UInt32] { ProtocolRules.supported }
        /// When ledgers close.
        public var closing = Closing.onTransaction
        /// Where the network is kept.
        public var storage = Storage.memory
        /// How many ledgers are remembered.
        public var ledgersKeptMax = 120_960
        /// What friendbot gives, in stroops.
        public var friendbotStroops: Int64 = 100_000_000_000
        /// Limits and prices.
        public var profile = Profile.mainnet
        /// Whether `sandbox_…` methods may change time, balances and more; whoever reaches the port
        /// may then do so.
        public var offersControl = false
        /// How long persistent entries live at first, in ledgers; the network's setting if `nil`.
        /// A test of archiving makes it short.
        public var persistentLedgersMin: UInt32?
        /// The largest request, in bytes.
        public var bodyBytesMax = 512 * 1024
        /// Seconds since 1970.
        public var now: @Sendable () -> UInt64

        /// Settings with their defaults, which are quickstart's.
        /// - Parameter now: seconds since 1970.
        public init(now: @escaping @Sendable () -> UInt64) {
            self.now = now
        }
    }
}
