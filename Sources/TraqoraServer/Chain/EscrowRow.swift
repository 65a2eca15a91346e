import Database
import Stellar
import StellarXDR
import TraqoraContracts
import Travel

/// What the indexer knows of the money of one booking.
struct EscrowRow: Sendable, Hashable, RowDecodable {
    var escrowID: UInt64
    /// With `nonce`, how escrow and booking find each other: who signed the quote, or
    /// ``published`` for a flight of the registry.
    var seller: String
    /// The quote's, or for a flight of the registry what was booked:
    /// ``published(_:flight:cabin:seats:)``.
    var nonce: String
    var passenger: String
    var state: EscrowState
    var token: String
    var price: TokenAmount
    var seats: Int
    /// What went back to the passenger.
    var refunded = TokenAmount(baseUnits: 0)
    /// What the carrier got.
    var paidOut = TokenAmount(baseUnits: 0)
    /// What the treasury got.
    var fees = TokenAmount(baseUnits: 0)
    var feeBps: UInt32
    var carrier: String
    /// In the registry; `nil` for a quote.
    var flightID: UInt64?
    var cabin: String?
    var policy: UInt32
    var bookedAt: Instant
    var departs: Instant
    var arrives: Instant
    var ticketDeadline: Instant
    var disputeWindowSeconds: Int64
    /// From then on it is settled unseen, and not disputed any more.
    var staleAt: Instant
    /// Until then arbiters decide; `nil` without a dispute.
    var resolveBy: Instant?
    /// Whether the carrier answered the dispute.
    var hasResponded = false

    /// The seller of what the registry publishes.
    static let published = "registry"

    /// How a booking of a published flight and its escrow find each other. The number follows from
    /// who travels alone: who books another flight for the same people gets the same.
    static func published(_ number: UInt64, flight: UInt64, cabin: String, seats: Int) -> String {
        "\(number).\(flight).\(cabin).\(seats)"
    }

    /// What the contract holds for it now.
    var escrowed: TokenAmount {
        state.isFinal
            ? TokenAmount(baseUnits: 0)
            : TokenAmount(baseUnits: price.baseUnits &* Int64(seats))
    }
}

extension EscrowRow {
    init(row: Row) throws(DatabaseError) {
        escrowID = UInt64(bitPattern: try row.value("escrow_id", as: Int64.self))
        seller = try row.value("seller")
        nonce = try row.value("nonce")
        passenger = try row.value("passenger")
        state = try row.value("state")
        token = try row.value("token")
        price = try row.value("escrow_price")
        seats = try row.value("seats")
        refunded = try row.value("refunded")
        paidOut = try row.value("paid_out")
        fees = try row.value("fees")
        feeBps = try row.value("fee_bps")
        carrier = try row.value("carrier")
        flightID = try row.value("flight_id", as: Int64?.self).map { UInt64(bitPattern: $0) }
        cabin = try row.value("cabin")
        policy = try row.value("policy")
        bookedAt = try row.value("booked_at")
        departs = try row.value("departs")
        arrives = try row.value("arrives")
        ticketDeadline = try row.value("ticket_deadline")
        disputeWindowSeconds = try row.value("dispute_window")
        staleAt = try row.value("stale_at")
        resolveBy = try row.value("resolve_by")
        hasResponded = try row.value("has_responded")
    }

    /// The row of a booking that has just been paid.
    init(_ event: BookingContract.BookedEvent) throws {
        let booking = event.booking
        let nonce = booking.flight.map { flight in
            Self.published(
                event.id, flight: flight, cabin: booking.cabin?.description ?? "",
                seats: Int(booking.seats))
        }
        try self.init(
            escrowID: event.id,
            seller: nonce == nil ? booking.seller.description : Self.published,
            nonce: nonce ?? String(booking.nonce),
            passenger: booking.passenger.description, state: EscrowState.unpaid.after(.booked),
            token: booking.token.description,
            price: Self.amount(booking.price, event.id), seats: Int(booking.seats),
            feeBps: booking.feeBps, carrier: booking.carrier.description,
            flightID: booking.flight, cabin: booking.cabin?.description, policy: booking.policy,
            bookedAt: Instant(clamping: booking.bookedAt),
            departs: Instant(clamping: booking.departs),
            arrives: Instant(clamping: booking.arrives),
            ticketDeadline: Instant(clamping: booking.ticketDeadline),
            disputeWindowSeconds: Int64(clamping: booking.disputeWindow),
            staleAt: Instant(clamping: booking.staleAt))
    }

    /// What an event changes.
    mutating func apply(_ change: BookingContract.Change) throws {
        switch change {
        case .booked: state = try state.after(.booked)
        case .ticketed: state = try state.after(.ticketed)
        case .expired(let event):
            state = try state.after(.expired)
            try add(refund: event.refund)
            seats = 0
        case .cancelled(let event):
            state = try state.after(event.seatsLeft == 0 ? .cancelled : .reduced)
            try add(refund: event.refund, seller: event.penalty - event.fee, fee: event.fee)
            seats = Int(event.seatsLeft)
        case .refunded(let event):
            state = try state.after(.refunded)
            try add(refund: event.refund)
        case .settled(let event):
            state = try state.after(.settled)
            try add(seller: event.seller, fee: event.fee)
        case .disputed(let event):
            state = try state.after(.disputed)
            resolveBy = Instant(clamping: event.resolveBy)
        case .responded:
            state = try state.after(.responded)
            hasResponded = true
        case .resolved(let event):
            state = try state.after(.resolved)
            try add(refund: event.refund, seller: event.seller, fee: event.fee)
        case .credited, .withdrawn: break
        }
    }

    private mutating func add(refund: Int128 = 0, seller: Int128 = 0, fee: Int128 = 0) throws {
        refunded = try Self.sum(refunded, refund, escrowID)
        paidOut = try Self.sum(paidOut, seller, escrowID)
        fees = try Self.sum(fees, fee, escrowID)
    }

    private static func sum(_ amount: TokenAmount, _ more: Int128, _ id: UInt64?) throws
        -> TokenAmount
    {
        try Self.amount(Int128(amount.baseUnits) + more, id)
    }

    /// - Throws: `amountTooLarge`, for an amount that no token of ours has.
    static func amount(_ amount: Int128, _ id: UInt64?) throws -> TokenAmount {
        guard let units = Int64(exactly: amount) else { throw Indexer.Fault.amountTooLarge(id) }
        return TokenAmount(baseUnits: units)
    }
}

extension Instant {
    /// The instant of a ledger's time.
    init(clamping seconds: UInt64) { self.init(seconds: Int64(clamping: seconds)) }
}
