import Database
import StellarXDR
import Telemetry
import TraqoraContracts
import Travel

/// Ends what nobody ends: holds that were not paid, money whose ticket did not come in time.
struct Expirer: Sendable {
    let bookings: BookingRepository
    let update: FulfilmentUpdate
    let chain: BookingOperator
    let keys: IdempotencyRepository
    let leases: Leases
    let holder: String
    let log: Logger
    let now: @Sendable () -> Instant

    /// Who sends money back: one at a time, because each transaction costs the network's fee.
    static let lease = "expirer"
    static let leaseSeconds: Int64 = 4
    /// How many are looked at in one round.
    static let batchMax = 100
    /// How long after a hold's end a payment that made it into a ledger may still be heard of.
    static let graceSeconds: Int64 = 30

    /// One round.
    /// - Returns: how many things were done.
    func run() async throws -> Int {
        let time = now()
        let lapsed = try await bookings.lapsed(
            before: time.adding(seconds: -Self.graceSeconds),
            book: SCAddress.contract(chain.contract.contractID).description, limit: Self.batchMax)
        for id in lapsed { try await update.apply(.lapsed, to: id) }
        let forgotten = try await keys.forget(at: time, limit: Self.batchMax)
        return lapsed.count + forgotten + (try await expire(at: time))
    }

    /// Lets another process take over at once, because this one ends.
    func end() async throws(DatabaseError) {
        try await leases.release(Self.lease, by: holder)
    }

    private func expire(at time: Instant) async throws -> Int {
        let fence = try await leases.hold(
            Self.lease, for: holder, seconds: Self.leaseSeconds, now: time.seconds)
        guard fence != nil else { return 0 }
        let overdue = try await bookings.overdue(at: time, limit: Self.batchMax)
        var expired = 0
        for escrow in overdue {
            do {
                try await chain.expire(escrow.escrowID)
                expired += 1
            } catch {
                log.warning(
                    "The escrow of a booking could not be expired yet",
                    ["booking_id": .string(escrow.booking.text), "error": .describing(error)])
            }
        }
        return expired
    }
}
