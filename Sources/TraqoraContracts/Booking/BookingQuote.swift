public import StellarXDR

/// What a seller offers off the ledger, as the Booking contract takes it: `Quote`.
public struct BookingQuote: Hashable, Sendable {
    /// Who sells, and gets the money in the end.
    public var seller: SCAddress
    /// The airline, 2 or 3 characters.
    public var carrier: SCSymbol
    /// A salted hash of the flights.
    public var flightReference: Hash
    /// Unix seconds of departure.
    public var departs: UInt64
    /// Unix seconds of arrival.
    public var arrives: UInt64
    /// The price of a seat, in the token's base units.
    public var seatPrice: Int128
    /// How many seats, 1 to 9.
    public var seats: UInt32
    /// The settlement token.
    public var token: SCAddress
    /// The number of the refund policy.
    public var policy: UInt32
    /// Unix seconds until which it can be taken.
    public var expires: UInt64
    /// Used once for each seller.
    public var nonce: UInt64

    /// A quote.
    public init(
        seller: SCAddress, carrier: SCSymbol, flightReference: Hash, departs: UInt64,
        arrives: UInt64, seatPrice: Int128, seats: UInt32, token: SCAddress, policy: UInt32,
        expires: UInt64, nonce: UInt64
    ) {
        self.seller = seller
        self.carrier = carrier
        self.flightReference = flightReference
        self.departs = departs
        self.arrives = arrives
        self.seatPrice = seatPrice
        self.seats = seats
        self.token = token
        self.policy = policy
        self.expires = expires
        self.nonce = nonce
    }

    /// The quote as the contract's argument.
    public var value: SCVal {
        .fields([
            ("arrives", .u64(arrives)), ("carrier", .symbol(carrier)), ("departs", .u64(departs)),
            ("expires", .u64(expires)), ("flight_ref", .bytes(SCBytes(flightReference.bytes))),
            ("nonce", .u64(nonce)), ("policy", .u32(policy)), ("price", .int128(seatPrice)),
            ("seats", .u32(seats)), ("seller", .address(seller)), ("token", .address(token)),
        ])
    }

    /// The bytes that the seller's quote key signs, not hashed: the quote for one contract on one
    /// network.
    /// - Throws: `XDRError` when a field exceeds its bound.
    public func signedBytes(network: Hash, contract: ContractID) throws(XDRError) -> [UInt8] {
        try SCVal.vec([
            .symbol("quote_v1"), .bytes(SCBytes(network.bytes)), .address(.contract(contract)),
            value,
        ]).xdr()
    }
}
