public import FareRules
public import Travel

/// What is put on a network: the contracts with what they are made with, and the life in them.
public struct DeploymentManifest: Hashable, Sendable {
    /// A token, and who begins with how much of it.
    struct Token: Hashable, Sendable {
        var name: String
        var symbol: String
        var cap: Int128
        var holders: [Share] = []
    }

    /// Who gets how much.
    struct Share: Hashable, Sendable {
        var role: String
        var amount: Int128
    }

    /// How it is decided.
    struct Governance: Hashable, Sendable {
        var guardian: String
        var delay: UInt64
        var period: UInt64
        var timelock: UInt64
        var grace: UInt64
        var pause: UInt64
        var quorumBps: UInt32
        var threshold: Int128
    }

    /// What holds for bookings.
    struct Booking: Hashable, Sendable {
        var feeBps: UInt32
        var treasury: String
        var arbiters: [String]
        var ticketWindow: UInt64
        var disputeWindow: UInt64
        var resolveWindow: UInt64
        var staleWindow: UInt64
    }

    /// Who says what became of flights.
    struct Oracles: Hashable, Sendable {
        var roles: [String]
        var quorum: UInt32
    }

    /// What delays pay.
    struct Delays: Hashable, Sendable {
        struct Band: Hashable, Sendable {
            var late: UInt64
            var amount: Int128
        }

        var notice: UInt64
        var bands: [Band]
    }

    /// What points are, and what they are good for.
    struct Loyalty: Hashable, Sendable {
        struct Tier: Hashable, Sendable {
            var from: Int128
            var multiplierBps: UInt32
        }

        var pointsPerDollar: UInt64
        var unitsPerPoint: Int128
        var pool: Share
        var tiers: [Tier]
    }

    /// What a cancellation gives back.
    public struct Rule: Hashable, Sendable {
        /// What airlines call it.
        public var name: String
        /// What it says.
        public var tiers: [RefundTier]
        /// How long after purchase all returns, in seconds.
        public var grace: UInt64
        /// How far departure must have been for that, in seconds.
        public var graceLead: UInt64
    }

    /// An airline that sells on the ledger.
    public struct Airline: Hashable, Sendable {
        /// Its code.
        public var code: AirlineCode
        /// Its name.
        public var name: String
        var owner: String
        var bond: Int128
        /// Its fare rules by name, in the order in which they are published.
        var rules: [String]
        var routes: [Route]
    }

    /// A flight that goes every day.
    struct Route: Hashable, Sendable {
        var number: Int
        var origin: Airport
        var destination: Airport
        /// Seconds after midnight, by the clock of the origin.
        var leaves: Int
        var seconds: UInt64
        var fares: [Fare]
    }

    /// What a seat costs.
    struct Fare: Hashable, Sendable {
        var cabin: String
        var price: Int128
        var seats: UInt32
        var rule: String
    }

    /// For how many days there are flights.
    struct Season: Hashable, Sendable {
        var firstDays: Int
        var days: Int
    }

    /// An airline whose flights come from elsewhere.
    public struct Carrier: Hashable, Sendable {
        /// Its code.
        public var code: AirlineCode
        /// Its name.
        public var name: String
    }

    var token: Token
    var dollar: Token
    var governance: Governance
    var booking: Booking
    var oracles: Oracles
    var coolingOff: UInt64
    var delays: Delays
    var loyalty: Loyalty
    /// The fare rules.
    public internal(set) var rules: [Rule]
    var season: Season
    /// The airlines that sell on the ledger.
    public internal(set) var airlines: [Airline]
    var carrierOwner: String
    /// The airlines whose flights come from elsewhere.
    public internal(set) var carriers: [Carrier]

    /// The settlement token's symbol.
    public var dollarSymbol: String { dollar.symbol }

    /// What `traqora up` deploys unless told otherwise: `deploy/standalone.yaml`, as it was when
    /// this was built.
    public static func standalone() throws(ManifestFaults) -> DeploymentManifest {
        try DeploymentManifest(parsing: "\(StandaloneManifest.text)", name: "the built-in manifest")
    }
}
