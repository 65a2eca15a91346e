import FareRules
import Soroban

/// What a seller offers, off the ledger.
@ContractType
struct Quote {
    var arrives: UInt64
    var carrier: Symbol
    var departs: UInt64
    var expires: UInt64
    /// A salted hash: which flight, only the parties know.
    var flightRef: BytesN<32>
    var nonce: UInt64
    var policy: UInt32
    /// For one seat.
    var price: Amount
    var seats: UInt32
    var seller: Address
    var token: Address
}

extension Quote {
    var hasSeats: Bool { seats >= 1 && seats <= 9 }

    var hasPrice: Bool { price >= 1 && price <= 1_000_000_000_000_000_000 }

    /// Departure is ahead, arrival after it, and both within 400 days.
    func flies(after now: UInt64) -> Bool {
        now < departs && departs <= arrives && arrives <= now + 400 * 86_400
    }

    /// What the seller's key signed: good for this contract on this network alone.
    var signedBytes: Bytes {
        makeVec([
            #symbol("quote_v1").value.word, Ledger.network.value.word,
            CurrentContract.address.value.word, value.word,
        ]).serialized
    }
}

/// Where a booking stands.
@ContractType
enum BookingState: UInt32 {
    case paid = 0
    case ticketed = 1
    case expired = 2
    case cancelled = 3
    case refunded = 4
    case settled = 5
    case disputed = 6
    case resolved = 7
}

extension BookingState {
    /// Whether it can still be cancelled.
    var isOpen: Bool { self == .paid || self == .ticketed }
}

/// Seats that were paid for, with the terms they were sold under.
@ContractType(.kept)
struct Booking {
    var arrives: UInt64
    var bookedAt: UInt64
    /// None for a quote.
    var cabin: Symbol?
    var carrier: Symbol
    var departs: UInt64
    var disputeWindow: UInt64
    var feeBps: UInt32
    /// In FlightRegistry; none for a quote.
    var flight: UInt64?
    /// A salted hash: of the flight for a quote, else of who travels.
    var flightRef: BytesN<32>
    var nonce: UInt64
    var passenger: Address
    var policy: UInt32
    /// For one seat.
    var price: Amount
    var resolveBy: UInt64
    var resolveWindow: UInt64
    var responded: Bool
    /// Those not cancelled.
    var seats: UInt32
    /// Who signed the quote, else where the carrier's money went when it was booked.
    var seller: Address
    var staleAt: UInt64
    var state: BookingState
    var ticketDeadline: UInt64
    var ticketHash: BytesN<32>?
    var token: Address
}

extension Booking {
    init(_ quote: Quote, passenger: Address, terms: Settings, now: UInt64) {
        self.init(
            Held(
                arrives: quote.arrives, carrier: quote.carrier, departs: quote.departs,
                policy: quote.policy, price: quote.price, token: quote.token),
            payout: quote.seller, flight: nil, cabin: nil, seats: quote.seats,
            manifest: quote.flightRef, nonce: quote.nonce, passenger: passenger, terms: terms,
            now: now)
    }

    @inline(never)
    init(
        _ held: Held, payout: Address, flight: UInt64?, cabin: Symbol?, seats: UInt32,
        manifest: BytesN<32>, nonce: UInt64 = 0, passenger: Address, terms: Settings, now: UInt64
    ) {
        let deadline = now + terms.ticketWindow
        self.init(
            arrives: held.arrives, bookedAt: now, cabin: cabin, carrier: held.carrier,
            departs: held.departs, disputeWindow: terms.disputeWindow, feeBps: terms.feeBps,
            flight: flight, flightRef: manifest, nonce: nonce, passenger: passenger,
            policy: held.policy, price: held.price, resolveBy: 0,
            resolveWindow: terms.resolveWindow, responded: false, seats: seats, seller: payout,
            staleAt: held.arrives + terms.staleWindow, state: .paid,
            ticketDeadline: deadline < held.departs ? deadline : held.departs, ticketHash: nil,
            token: held.token)
    }

    /// Safe: a price of at most 10¹⁸, times at most 9.
    @inline(never) func amount(of seats: UInt32) -> Amount {
        Amount(Int128(price) &* Int128(seats))
    }
}

/// What holds for bookings made from now on.
@ContractType
struct Settings {
    /// From the arrival until it is settled: an hour to 30 days.
    var disputeWindow: UInt64
    /// Of what a seller keeps: at most 1,000.
    var feeBps: UInt32
    /// For arbiters: a day to 60 days.
    var resolveWindow: UInt64
    /// From the planned arrival until it is settled unseen: 3 to 90 days, no less than disputes.
    var staleWindow: UInt64
    /// How long a seller has for the ticket: 10 minutes to 7 days.
    var ticketWindow: UInt64
    /// Who gets the fee.
    var treasury: Address
}

extension Settings {
    var isValid: Bool {
        let day: UInt64 = 86_400
        return feeBps <= 1_000 && ticketWindow >= 600 && ticketWindow <= 7 * day
            && disputeWindow >= 3_600 && disputeWindow <= 30 * day && resolveWindow >= day
            && resolveWindow <= 60 * day && staleWindow >= 3 * day && staleWindow <= 90 * day
            && staleWindow >= disputeWindow
    }
}

/// What returns and what does not.
@ContractType
struct Refund {
    var penalty: Amount
    var refund: Amount
}
