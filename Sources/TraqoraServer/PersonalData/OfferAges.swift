import Database
import Telemetry
import Travel

/// Takes the ages of minors out of offers that older releases kept with their bookings, unsealed.
///
/// Nothing is lost: the dates of birth are sealed with the passengers, and an offer's ages are
/// compared with them once, when it is booked. Which offers those are was noted when the schema was
/// brought up to date; an older program that runs meanwhile keeps no ages either.
struct OfferAges: Sendable {
    let repository: PersonalDataRepository
    let log: Logger

    /// How many offers are read at once.
    static let batchMax = 100
    /// How long to wait after a failure.
    static let pauseAfterFailure = Duration.seconds(10)

    /// Some of them.
    /// - Parameter last: behind which booking to go on.
    /// - Returns: how many are without ages now, and the last one that was looked at; `nil` at the
    ///   end.
    func run(after last: String = "") async throws -> (count: Int, last: String?) {
        let rows = try await repository.offersWithAges(after: last, limit: Self.batchMax)
        var count = 0
        for row in rows {
            guard let stored = JSONColumn<StoredOffer>(sqlValue: .text(row.offer)) else {
                log.error(
                    "An offer that cannot be read may have ages in it",
                    ["booking_id": .string(row.booking)])
                continue
            }
            var without = stored
            without.value.offer.ages = nil
            let text = without
            let repository = repository
            let isReplaced = try await repository.database.transaction(isolation: .readCommitted) {
                try await repository.replaceOffer(of: row, with: text, in: $0)
            }
            if isReplaced { count += 1 }
        }
        return (count, rows.last?.booking)
    }

    /// All of them; a run that is stopped is continued by the next.
    func runToEnd() async {
        var last: String? = ""
        while let place = last, !Task.isCancelled {
            do {
                last = try await run(after: place).last
            } catch {
                log.warning(
                    "Ages in old offers could not be taken out yet", ["error": .describing(error)])
                try? await Task.sleep(for: Self.pauseAfterFailure)
            }
        }
    }
}
