import FareRules
import Soroban

/// No time in a fare rule is longer: 400 days.
var yearSeconds: UInt64 { 400 * 86_400 }

/// What returns if departure is at least so far away.
@ContractType
struct Tier {
    var refundBps: UInt32
    var secondsBefore: UInt64
}

/// A fare rule: all within the grace period, if departure was far enough at purchase; else by
/// the first tier that time left reaches, of 1 to 8.
@ContractType
struct Policy {
    var graceMinLeadSeconds: UInt64
    var graceSeconds: UInt64
    var tiers: Vec<Tier>
}

extension Policy {
    var rule: RefundRule<Policy> {
        RefundRule(
            tiers: self, graceSeconds: graceSeconds, graceMinLeadSeconds: graceMinLeadSeconds)
    }
}

extension Policy {
    @inline(never) func checkedTier(_ index: UInt32) -> Tier { tiers[index] }
}

extension Policy: RefundTiers {
    var tierCount: UInt32 { tiers.count }
    @inline(__always) func tier(at index: UInt32) -> RefundTier {
        let tier = checkedTier(index)
        return RefundTier(
            secondsBefore: tier.secondsBefore, refundBasisPoints: tier.refundBps)
    }
}

/// A fare rule and whose it is.
@ContractType(.kept)
struct PublishedPolicy {
    var carrier: Symbol
    var policy: Policy
}

/// What returns and what does not.
@ContractType(.kept)
struct Quote {
    var penalty: Amount
    var refund: Amount
}

/// What a seat gets from that delay on.
@ContractType
struct Band {
    var amount: Amount
    var minDelaySeconds: UInt64
}

/// What delays pay, for bookings from `from` on: 1 to 8 bands that ascend. A flight cancelled less
/// than `notice_seconds` before departure pays the last one.
@ContractType
struct Schedule {
    var bands: Vec<Band>
    var from: UInt64
    var noticeSeconds: UInt64
}

extension Schedule {
    var isValid: Bool {
        let bands = bands
        let count = bands.count
        guard count >= 1, count <= 8, noticeSeconds <= yearSeconds else { return false }
        var delay: UInt64 = 0
        var amount: Amount = 0
        var index: UInt32 = 0
        while index < count {
            let band = bands[index]
            let (nextDelay, nextAmount) = (band.minDelaySeconds, band.amount)
            guard nextDelay > delay, nextAmount > amount else { return false }
            (delay, amount) = (nextDelay, nextAmount)
            index += 1
        }
        return amount <= amountMax
    }

    /// As for a seat's price: 10¹⁸.
    private var amountMax: Amount { 1_000_000_000_000_000_000 }

    /// What a seat gets for a delay; 0 below the first band.
    func amount(after delay: UInt64) -> Amount {
        let bands = bands
        var index = bands.count
        while index > 0 {
            index -= 1
            let band = bands[index]
            if delay >= band.minDelaySeconds { return band.amount }
        }
        return 0
    }
}

/// What a booking gets for its delay, and what of it is paid.
@ContractType(.kept)
struct DelayClaim {
    var owed: Amount
    var paid: Amount
}

/// The states of a booking that matter here, as Booking numbers them.
private enum BookingState {
    static var paid: UInt32 { 0 }
    static var expired: UInt32 { 2 }
    static var cancelled: UInt32 { 3 }
    static var refunded: UInt32 { 4 }
}

/// The statuses of a flight that matter here, as FlightRegistry numbers them.
private enum FlightStatus {
    static var arrived: UInt32 { 3 }
    static var cancelled: UInt32 { 4 }
}

extension RefundContract {
    /// The last schedule that begins by then, or no value.
    @inline(never) func find(_ token: Address, _ time: UInt64) -> Value {
        var low: UInt32 = 1
        var high = versions[token, default: 0] + 1
        var found = Value.void
        // At most 32 steps: the range halves.
        while low < high {
            let middle = low + (high - low) / 2
            guard let schedule = schedules[token, middle] else { return .void }
            if schedule.from <= time {
                found = schedule.value
                low = middle + 1
            } else {
                high = middle
            }
        }
        return found
    }

    /// What a booking gets for what happened to its flight.
    ///
    /// A delay counts once the quorum confirmed the arrival; a cancellation also if the carrier
    /// itself reported it, since it speaks against itself.
    func worth(of booking: Record) -> Amount {
        let state: UInt32 = booking.field(#symbol("state"))
        guard state != BookingState.paid, state != BookingState.expired,
            state != BookingState.cancelled
        else { fail(.notFlown) }
        guard let flight: OpaqueUInt64 = booking.field(#symbol("flight")) else { fail(.noFlight) }
        guard
            let schedule = schedule(
                token: booking.field(#symbol("token")), time: booking.field(#symbol("booked_at")))
        else { fail(.noSchedule) }
        let status = FlightsClient(flights).status(flight)
        let time: UInt64 = status.field(#symbol("time"))
        var amount: Amount = 0
        switch status.field(#symbol("status")) as UInt32 {
        case FlightStatus.arrived:
            let arrives: UInt64 = booking.field(#symbol("arrives"))
            if status.field(#symbol("confirmed")), time > arrives, state != BookingState.refunded {
                amount = schedule.amount(after: time - arrives)
            }
        case FlightStatus.cancelled:
            let departs: UInt64 = booking.field(#symbol("departs"))
            if time + schedule.noticeSeconds > departs { amount = schedule.amount(after: .max) }
        default: break
        }
        guard amount > 0 else { fail(.notDelayed) }
        // Safe: at most 10¹⁸, times at most 9.
        return Amount(Int128(amount) &* Int128(booking.field(#symbol("seats")) as UInt32))
    }
}
