import Database
import Stellar
import StellarXDR
import TraqoraAPI
import TraqoraContracts
import Travel

/// What is written down of the events of some contracts, each book with its own place in them.
protocol EventBook: Sendable {
    /// What the place reached is kept under. Another name reads again from the first ledger on.
    var name: String { get }
    /// What it is about, in a word.
    var subject: String { get }
    /// Who reads on.
    var lease: String { get }
    /// Whose events; at most five.
    var contracts: [ContractID] { get }

    /// Writes down one event.
    /// - Returns: whether it was about what is written, and new.
    func apply(_ event: RPCEvent, in transaction: DatabaseTransaction) async throws -> Bool
    /// Does what waited for another book, which is read at its own pace; after each page.
    /// - Returns: how much was done.
    func catchUp(in transaction: DatabaseTransaction) async throws -> Int
    /// Reads from the ledger as it is now what no event told of: what `Indexer.Fault.unknown`
    /// named.
    /// - Returns: whether it is there now.
    func fill(_ subject: String, from rpc: SorobanRPC, in database: Database) async throws -> Bool
    /// The same, of all that the book should have, when it begins in the middle.
    /// - Returns: how much was found.
    func seed(from rpc: SorobanRPC, in database: Database) async throws -> Int
    /// What an event that was written down is to accounts.
    func news(of event: RPCEvent, in transaction: DatabaseTransaction) async throws
        -> [LedgerNews]
    /// What was written can be read by others from now on.
    func didRead() async
    /// Forgets all that was written, to write it again.
    func clear(in transaction: DatabaseTransaction) async throws
}

extension EventBook {
    var lease: String { "reader.\(name)" }
    func catchUp(in transaction: DatabaseTransaction) async throws -> Int { 0 }
    func fill(_ subject: String, from rpc: SorobanRPC, in database: Database) async throws -> Bool {
        false
    }
    func seed(from rpc: SorobanRPC, in database: Database) async throws -> Int { 0 }
    func didRead() async {}
}

/// The money of bookings, and what airlines sell on the ledger: events of Booking, and of the
/// contracts of the registry.
struct MoneyBook: EventBook {
    let escrows: EscrowRepository
    let contract: ContractID
    /// What airlines sell on the ledger, if that is wanted.
    let registry: RegistryBook?

    var name: String { SCAddress.contract(contract).description }
    var subject: String { "money" }
    var lease: String { "indexer.\(name)" }

    var contracts: [ContractID] {
        guard let others = registry?.contracts else { return [contract] }
        return [contract, others.airline, others.flights, others.refund]
    }

    func apply(_ event: RPCEvent, in transaction: DatabaseTransaction) async throws -> Bool {
        guard let source = event.contract else { return false }
        return source == contract
            ? try await EscrowBook(escrows: escrows).apply(event, of: name, in: transaction)
            : try await registry?.apply(event, of: source, in: transaction) ?? false
    }

    func fill(_ subject: String, from rpc: SorobanRPC, in database: Database) async throws -> Bool {
        try await registry?.fill(subject, from: rpc, in: database) ?? false
    }

    func news(of event: RPCEvent, in transaction: DatabaseTransaction) async throws
        -> [LedgerNews]
    {
        if event.contract == contract {
            guard
                let change = try BookingContract.Change(
                    topics: event.topics, value: event.value)
            else { return [] }
            let row: EscrowRow? =
                if let id = change.id { try await escrows.find(id, in: transaction) } else { nil }
            return LedgerNews.ofBookings(change, row)
        }
        guard let registry, event.contract == registry.contracts.flights,
            let (name, flight) = try LedgerNews.ofFlights(event),
            let carrier = try await registry.registry.carrier(of: flight, in: transaction)
        else { return [] }
        var news = LedgerNews(.airlines, name, flightID: flight)
        news.airline = carrier
        return [news]
    }

    func didRead() async { await registry?.revisions.didChange() }

    func clear(in transaction: DatabaseTransaction) async throws {
        try await escrows.clear(in: transaction)
    }
}

/// What one event says, wherever it is written: who and when.
struct EventPlace: Sendable {
    /// The event's id: of two, the later has the greater.
    var id: String
    var ledger: UInt32
    var transactionHash: String
    /// The ledger's time.
    var time: Instant

    /// - Throws: `TravelError` for a time that is none.
    init(_ event: RPCEvent) throws {
        time = try Instant(parsing: event.ledgerClosedAt)
        (id, ledger) = (event.id, event.ledger)
        transactionHash = event.transactionHash.description
    }
}
