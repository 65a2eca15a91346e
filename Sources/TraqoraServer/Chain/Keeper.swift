import Database
import Telemetry
import Travel

/// Keeps bookings alive on the ledger: what is not touched is archived there after 120 days, and a
/// trip may be booked eleven months ahead.
///
/// The contract extends a life only when fewer than 30 days of it are left, and then to 120. So a
/// booking that is offered more often than every 30 days never comes to its end, whenever it was
/// touched in between. Who slept longer loses nothing either: what is archived comes back with the
/// next transaction, for the price of restoring it.
struct Keeper: Sendable {
    let settlements: SettlementRepository
    let chain: BookingOperator
    let leases: Leases
    let holder: String
    let log: Logger
    let now: @Sendable () -> Instant

    /// How often each booking is offered.
    static let periodSeconds: Int64 = 25 * 86_400
    /// How many the contract takes at once.
    static let batchMax = 50

    /// One round.
    /// - Returns: how many bookings were offered.
    func run() async throws -> Int {
        let time = now()
        let lease = "keeper"
        guard
            try await leases.take(
                lease, for: holder, seconds: 2 * BookingOperator.secondsMax, now: time.seconds)
                != nil
        else { return 0 }
        do {
            let count = try await keep(at: time)
            try await leases.release(lease, by: holder)
            return count
        } catch {
            try await leases.release(lease, by: holder)
            throw error
        }
    }

    private func keep(at time: Instant) async throws -> Int {
        let ids = try await settlements.untouched(
            since: time.adding(seconds: -Self.periodSeconds), limit: Self.batchMax)
        guard !ids.isEmpty else { return 0 }
        do {
            try await chain.extend(ids)
        } catch {
            // One that the contract does not know must not cost the others their lives.
            log.warning(
                "Bookings could not be kept together and are kept one by one",
                ["count": .integer(ids.count), "error": .describing(error)])
            return try await keepEach(ids, at: time)
        }
        try await settlements.setExtended(ids, at: time)
        return ids.count
    }

    private func keepEach(_ ids: [UInt64], at time: Instant) async throws -> Int {
        var kept = 0
        for id in ids {
            do {
                try await chain.extend([id])
                try await settlements.setExtended([id], at: time)
                kept += 1
            } catch {
                log.error(
                    "A booking could not be kept alive on the ledger",
                    ["escrow_id": .string("\(id)"), "error": .describing(error)])
            }
        }
        return kept
    }
}
