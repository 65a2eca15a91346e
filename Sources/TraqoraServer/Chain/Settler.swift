import Database
import Telemetry
import Travel

/// Ends what nobody ends: pays the carrier when the flight is over, returns the money of a flight
/// that was cancelled, closes a dispute that no arbiter decided.
///
/// All of these anybody may ask the contract for, and the contract decides: this one asks when, by
/// what the ledger has told, the answer should be yes. Each goes through the outbox, so that any
/// number of processes may run one, a task of one that died is taken over, and one that fails does
/// not stop the others.
struct Settler: Sendable {
    let settlements: SettlementRepository
    let outbox: Outbox
    let chain: BookingOperator
    let holder: String
    let log: Logger
    let now: @Sendable () -> Instant

    /// The outbox topic; the payload is the booking's number and the exit, `7.settle`.
    static let topic = "settlement"
    /// How many are looked at in one round.
    static let batchMax = 100
    /// How long one may take before another process takes it over.
    static let taskSecondsMax = 2 * BookingOperator.secondsMax
    /// How long after asking the ledger's word is awaited.
    static let echoSeconds: Int64 = 30
    /// The longest pause before one that failed is tried again.
    static let pauseSecondsMax: Int64 = 3_600

    /// One round.
    /// - Returns: how many bookings were ended.
    func run() async throws -> Int {
        let time = now()
        for due in try await settlements.due(at: time, limit: Self.batchMax) {
            try await add(due, at: time)
        }
        var ended = 0
        let tasks = try await outbox.take(
            topic: Self.topic, limit: Self.batchMax, for: holder, seconds: Self.taskSecondsMax,
            now: time.seconds)
        for task in tasks where try await perform(task) { ended += 1 }
        return ended
    }

    private func add(_ due: SettlementRepository.Due, at time: Instant) async throws {
        let text = "\(Int64(bitPattern: due.escrowID)).\(due.exit.rawValue)"
        do {
            try await settlements.database.transaction { transaction in
                try await outbox.add(
                    "\(Self.topic).\(text)", topic: Self.topic, payload: Array(text.utf8),
                    now: time.seconds, in: transaction)
            }
        } catch let error as DatabaseError where error.code == .unique {
            // Another process has seen it too.
        }
    }

    /// - Returns: whether the ledger was told now.
    private func perform(_ task: Outbox.Message) async throws -> Bool {
        guard let due = SettlementRepository.Due(payload: task.payload),
            let state = try await settlements.state(of: due.escrowID), !state.isFinal,
            due.exit.leaves(state)
        else {
            try await outbox.finish(task.id, by: holder)
            return false
        }
        do {
            try await chain.take(due.exit, of: due.escrowID)
            // Done when the contract's event has been read: until then it would be found again.
            try await outbox.retry(
                task.id, by: holder, at: now().seconds + Self.echoSeconds,
                because: "sent; its event is awaited")
            return true
        } catch {
            let pause = min(Self.pauseSecondsMax, Int64(30) << min(7, task.attempts - 1))
            log.warning(
                "A booking could not be ended on the ledger and will be tried again",
                [
                    "escrow_id": .string("\(due.escrowID)"), "exit": .string(due.exit.rawValue),
                    "error": .describing(error),
                ])
            try await outbox.retry(
                task.id, by: holder, at: now().seconds + pause, because: "\(error)")
            return false
        }
    }
}

extension EscrowExit {
    /// Whether money in that state can leave in this way.
    fileprivate func leaves(_ state: EscrowState) -> Bool {
        switch self {
        case .settle, .settleStale: state == .ticketed
        case .refundCancelled: state == .paid || state == .ticketed
        case .resolveExpired: state == .disputed
        }
    }
}

extension SettlementRepository.Due {
    /// Reads what a task says; `nil` for what is no such thing.
    fileprivate init?(payload: [UInt8]) {
        let parts = String(decoding: payload, as: UTF8.self).split(separator: ".")
        guard parts.count == 2, let number = Int64(parts[0]),
            let exit = EscrowExit(rawValue: String(parts[1]))
        else { return nil }
        self.init(UInt64(bitPattern: number), exit)
    }
}
