import FareRules
import Soroban

/// What a seller offers, off the ledger.
@ContractType
struct Quote {
    let arrives: UInt64
    let carrier: Symbol
    let departs: UInt64
    let expires: UInt64
    /// A salted hash: which flight, only the parties know.
    let flightRef: BytesN<32>
    let nonce: UInt64
    let policy: UInt32
    /// For one seat.
    let price: Int128
    let seats: UInt32
    let seller: Address
    let token: Address
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
}

extension BookingState {
    /// Whether money is held.
    var isOpen: Bool { self == .paid || self == .ticketed }
}

/// Seats that were paid for, with the terms they were sold under.
@ContractType
struct Booking {
    let arrives: UInt64
    let bookedAt: UInt64
    let carrier: Symbol
    let departs: UInt64
    let feeBps: UInt32
    let flightRef: BytesN<32>
    let nonce: UInt64
    let passenger: Address
    let policy: UInt32
    /// For one seat.
    let price: Int128
    /// Those not cancelled.
    var seats: UInt32
    let seller: Address
    var state: BookingState
    let ticketDeadline: UInt64
    var ticketHash: BytesN<32>?
    let token: Address
}

extension Booking {
    init(_ quote: Quote, passenger: Address, terms: Settings, now: UInt64) {
        let deadline = now + terms.ticketWindow
        self.init(
            arrives: quote.arrives, bookedAt: now, carrier: quote.carrier, departs: quote.departs,
            feeBps: terms.feeBps, flightRef: quote.flightRef, nonce: quote.nonce,
            passenger: passenger, policy: quote.policy, price: quote.price, seats: quote.seats,
            seller: quote.seller, state: .paid,
            ticketDeadline: deadline < quote.departs ? deadline : quote.departs, ticketHash: nil,
            token: quote.token)
    }

    /// Safe: a price of at most 10¹⁸, times at most 9.
    func amount(of seats: UInt32) -> Int128 { price &* Int128(seats) }
}

/// What holds for bookings made from now on.
@ContractType
struct Settings {
    /// Of what a seller keeps: at most 1,000.
    let feeBps: UInt32
    /// How long a seller has for the ticket: 10 minutes to 7 days.
    let ticketWindow: UInt64
    /// Who gets the fee.
    let treasury: Address
}

extension Settings {
    var isValid: Bool { feeBps <= 1_000 && ticketWindow >= 600 && ticketWindow <= 604_800 }
}

/// A step of a fare rule.
@ContractType
struct Tier {
    let refundBps: UInt32
    let secondsBefore: UInt64
}

/// A fare rule.
@ContractType
struct Policy {
    let graceMinLeadSeconds: UInt64
    let graceSeconds: UInt64
    let tiers: Vec<Tier>
}

extension Policy {
    var rule: RefundRule<Policy> {
        RefundRule(
            tiers: self, graceSeconds: graceSeconds, graceMinLeadSeconds: graceMinLeadSeconds)
    }
}

extension Policy: RefundTiers {
    var tierCount: UInt32 { tiers.count }
    func tier(at index: UInt32) -> RefundTier {
        let tier = tiers[index]
        return RefundTier(
            secondsBefore: tier.secondsBefore, refundBasisPoints: tier.refundBps)
    }
}

/// What returns and what does not.
@ContractType
struct Refund {
    let penalty: Int128
    let refund: Int128
}

extension BookingContract {
    func check(_ policies: Vec<Policy>) throws(BookingError) {
        var index: UInt32 = 0
        while index < policies.count {
            guard policies[index].rule.isValid else { throw .policyOutOfRange }
            index += 1
        }
    }

    /// Reading an entry extends its life.
    func keepAlive(_ ids: Vec<UInt64>) throws(BookingError) {
        guard ids.count <= 50 else { throw .tooMany }
        var index: UInt32 = 0
        while index < ids.count {
            guard bookings[ids[index]] != nil else { throw .notFound }
            index += 1
        }
    }

    func accept(all tokens: Vec<Address>) {
        var index: UInt32 = 0
        while index < tokens.count {
            accept(tokens[index], true)
            index += 1
        }
    }

    func accept(_ token: Address, _ accepted: Bool) {
        tokens[token] = accepted ? true : nil
        TokenChanged(token: token, accepted: accepted).emit()
    }

    func split(_ booking: Booking, cancelling seats: UInt32) -> CancellationSplit {
        let refund = refundPolicies[booking.policy].rule.refundBasisPoints(
            bookedAt: booking.bookedAt, departs: booking.departs, now: Ledger.time)
        return CancellationSplit(
            amount: booking.amount(of: seats), refundBasisPoints: refund,
            feeBasisPoints: booking.feeBps)
    }

    /// Takes an amount out of escrow, before it is paid.
    func release(_ amount: Int128, of token: Address) {
        let escrow = escrow.load(token)
        escrow.save((escrow.value ?? 0) - amount)
    }

    /// Pays, or keeps it for the receiver if he cannot receive.
    func pay(_ amount: Int128, in token: Address, to receiver: Address) {
        guard amount > 0 else { return }
        let isPaid = TokenClient(token).tryTransfer(
            from: CurrentContract.address, to: receiver, amount: amount)
        guard !isPaid else { return }
        let credit = credits.load(receiver, token)
        credit.save((credit.value ?? 0) + amount)
        Credited(address: receiver, token: token, amount: amount).emit()
    }
}
