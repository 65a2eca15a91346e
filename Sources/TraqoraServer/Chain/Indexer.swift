import Database
import Stellar
import StellarXDR
import Telemetry
import TraqoraContracts
import Travel

/// Reads the Booking contract's events in order and writes what they say about the money: the only
/// writer of `escrow`.
///
/// Events and the place reached are stored in one transaction, so each counts once, however often
/// the process dies. One process reads at a time.
struct Indexer: Sendable {
    let database: Database
    let escrows: EscrowRepository
    let leases: Leases
    let rpc: SorobanRPC
    let contract: ContractID
    /// The ledger the contract was made in.
    let firstLedger: UInt32
    let holder: String
    let log: Logger
    let now: @Sendable () -> Instant

    /// How many events are read at once.
    static let pageMax = 200
    /// How often it is noted that there was nothing.
    static let silentSeconds: Int64 = 5
    /// How long a process keeps the right to read.
    static let leaseSeconds: Int64 = 10

    /// Why events cannot be what they are.
    enum Fault: Error, Equatable {
        /// Something happened to a booking that was never made: reading began too late.
        case unknownBooking(UInt64)
        /// An amount that no token has.
        case amountTooLarge(UInt64)
    }

    private var name: String { SCAddress.contract(contract).description }

    /// Lets another process read at once, because this one ends.
    func end() async throws(DatabaseError) {
        try await leases.release(lease, by: holder)
    }

    private var lease: String { "indexer.\(name)" }

    /// One round.
    /// - Returns: how many events were new.
    func run() async throws -> Int {
        guard
            try await leases.take(
                lease, for: holder, seconds: Self.leaseSeconds, now: now().seconds) != nil
        else { return 0 }
        let place = try await escrows.cursor(of: name)
        let start: EventStart =
            place?.cursor.map { .cursor($0) } ?? .ledger(place?.ledger ?? firstLedger)
        let page = try await rpc.events(
            from: start, matching: [EventFilter(contracts: [contract])], limit: Self.pageMax)
        let time = now()
        if page.events.isEmpty, let place, place.readAt.seconds(until: time) < Self.silentSeconds {
            return 0
        }
        return try await database.transaction { transaction in
            // Another process may have read on while this one asked.
            guard try await escrows.cursor(of: name, in: transaction) == place else { return 0 }
            var count = 0
            for event in page.events {
                if try await apply(event, in: transaction) { count += 1 }
            }
            let cursor = EscrowRepository.Cursor(
                cursor: page.cursor, ledger: page.latestLedger, readAt: time)
            try await escrows.setCursor(cursor, of: name, in: transaction)
            return count
        }
    }

    private func apply(_ event: RPCEvent, in transaction: DatabaseTransaction)
        async throws -> Bool
    {
        guard event.contract == contract, !event.isSystem,
            let change = try BookingContract.Change(topics: event.topics, value: event.value)
        else { return false }
        let isNew = try await escrows.record(
            event.id, escrowID: change.id, name: change.name, ledger: event.ledger,
            transactionHash: event.transactionHash.description, closedAt: event.ledgerClosedAt,
            in: transaction)
        guard isNew else { return false }
        if case .booked(let event) = change {
            try await escrows.insert(EscrowRow(event), in: transaction)
            return true
        }
        guard var row = try await escrows.find(change.id, in: transaction) else {
            throw Fault.unknownBooking(change.id)
        }
        try row.apply(change)
        try await escrows.update(row, in: transaction)
        return true
    }
}

extension EscrowRow {
    /// The row of a booking that has just been paid.
    init(_ event: BookingContract.BookedEvent) throws {
        let booking = event.booking
        try self.init(
            escrowID: event.id, seller: booking.seller.description, nonce: String(booking.nonce),
            passenger: booking.passenger.description, state: EscrowState.unpaid.after(.booked),
            token: booking.token.description,
            price: Self.amount(booking.price, event.id), seats: Int(booking.seats),
            refunded: TokenAmount(baseUnits: 0), bookedAt: Instant(clamping: booking.bookedAt),
            departs: Instant(clamping: booking.departs),
            ticketDeadline: Instant(clamping: booking.ticketDeadline))
    }

    /// What an event changes.
    mutating func apply(_ change: BookingContract.Change) throws {
        switch change {
        case .booked: state = try state.after(.booked)
        case .ticketed: state = try state.after(.ticketed)
        case .expired(let event):
            state = try state.after(.expired)
            try add(event.refund)
            seats = 0
        case .cancelled(let event):
            state = try state.after(event.seatsLeft == 0 ? .cancelled : .reduced)
            try add(event.refund)
            seats = Int(event.seatsLeft)
        }
    }

    private mutating func add(_ refund: Int128) throws {
        let (sum, overflow) = refunded.baseUnits.addingReportingOverflow(
            try Self.amount(refund, escrowID).baseUnits)
        guard !overflow else { throw Indexer.Fault.amountTooLarge(escrowID) }
        refunded = TokenAmount(baseUnits: sum)
    }

    private static func amount(_ amount: Int128, _ id: UInt64) throws -> TokenAmount {
        guard let units = Int64(exactly: amount) else { throw Indexer.Fault.amountTooLarge(id) }
        return TokenAmount(baseUnits: units)
    }
}

extension Instant {
    /// The instant of a ledger's time.
    init(clamping seconds: UInt64) { self.init(seconds: Int64(clamping: seconds)) }
}
