public import StellarXDR

/// What the Booking contract tells of one booking, as an indexer reads it.
public struct BookingEvent: Hashable, Sendable {
    /// The booking's number in the contract.
    public var id: UInt64
    /// What happened.
    public var change: Change

    /// What can happen to a booking.
    public enum Change: Hashable, Sendable {
        case booked(EscrowedBooking)
        case ticketed(ticketHash: [UInt8])
        case expired(refund: Int128)
        case cancelled(seats: UInt32, seatsLeft: UInt32, refund: Int128, penalty: Int128)
    }

    /// Reads an event; `nil` for one that is not about a booking (settings, pauses, credits).
    /// - Throws: ``ContractValueError`` for one that is, and is not of the form of the interface.
    public init?(topics: [SCVal], value: SCVal) throws(ContractValueError) {
        guard case .symbol(let name)? = topics.first else { return nil }
        let fields: ContractFields
        switch name {
        case "booked":
            id = try Self.id(in: topics)
            change = .booked(try EscrowedBooking(value))
        case "ticketed":
            id = try Self.id(in: topics)
            fields = try ContractFields(value)
            change = .ticketed(ticketHash: try fields.bytes("ticket_hash"))
        case "expired":
            id = try Self.id(in: topics)
            fields = try ContractFields(value)
            change = .expired(refund: try fields.i128("refund"))
        case "cancelled":
            id = try Self.id(in: topics)
            fields = try ContractFields(value)
            change = .cancelled(
                seats: try fields.u32("seats"), seatsLeft: try fields.u32("seats_left"),
                refund: try fields.i128("refund"), penalty: try fields.i128("penalty"))
        default: return nil
        }
    }

    private static func id(in topics: [SCVal]) throws(ContractValueError) -> UInt64 {
        guard topics.count >= 2, case .u64(let id) = topics[1] else {
            throw ContractValueError("topic 1", expected: "u64")
        }
        return id
    }
}

/// A booking as the contract keeps it: `Booking`.
public struct EscrowedBooking: Hashable, Sendable {
    /// Who pays and gets refunds.
    public var passenger: SCAddress
    /// Who sells.
    public var seller: SCAddress
    /// The number of the seller's quote.
    public var nonce: UInt64
    /// The salted hash of the flights.
    public var flightReference: [UInt8]
    /// The token of the price.
    public var token: SCAddress
    /// The price of a seat, in base units.
    public var seatPrice: Int128
    /// The seats that are not cancelled.
    public var seats: UInt32
    /// The number of the refund policy.
    public var policy: UInt32
    /// Unix seconds of purchase, departure and arrival.
    public var bookedAt: UInt64
    /// Unix seconds of departure.
    public var departs: UInt64
    /// Unix seconds of arrival.
    public var arrives: UInt64
    /// Unix seconds from which anyone may send the money back if there is no ticket.
    public var ticketDeadline: UInt64

    /// Reads the contract's struct.
    public init(_ value: SCVal) throws(ContractValueError) {
        let fields = try ContractFields(value)
        passenger = try fields.address("passenger")
        seller = try fields.address("seller")
        nonce = try fields.u64("nonce")
        flightReference = try fields.bytes("flight_ref")
        token = try fields.address("token")
        seatPrice = try fields.i128("price")
        seats = try fields.u32("seats")
        policy = try fields.u32("policy")
        bookedAt = try fields.u64("booked_at")
        departs = try fields.u64("departs")
        arrives = try fields.u64("arrives")
        ticketDeadline = try fields.u64("ticket_deadline")
    }
}

/// What a cancellation of all seats would give: `Refund`.
public struct RefundPreview: Hashable, Sendable {
    /// To the passenger.
    public var refund: Int128
    /// What the passenger does not get.
    public var penalty: Int128

    /// Reads the contract's struct.
    public init(_ value: SCVal) throws(ContractValueError) {
        let fields = try ContractFields(value)
        refund = try fields.i128("refund")
        penalty = try fields.i128("penalty")
    }
}
