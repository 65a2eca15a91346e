/// A way in which the Booking contract lets go of money, and that anybody may ask it for.
///
/// Named as the contract's functions are.
enum EscrowExit: String, CaseIterable, Sendable {
    /// The flight has arrived and nobody has complained in time: the carrier is paid.
    case settle
    /// Nobody ever said what became of the flight: the carrier is paid all the same.
    case settleStale = "settle_stale"
    /// The flight was cancelled: everything goes back to the passenger.
    case refundCancelled = "refund_cancelled"
    /// No arbiter decided a dispute in time: the contract divides as it had announced.
    case resolveExpired = "resolve_expired"
}
