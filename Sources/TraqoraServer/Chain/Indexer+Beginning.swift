import Stellar
import StellarXDR
import Telemetry

/// Where a book begins, and what is done about what happened before: a network forgets, and a book
/// that is added to a service that runs may find only the end of its contracts' lives.
extension Indexer {
    /// What is remembered between rounds.
    struct Memory: Sendable {
        var beginning: BookRepository.Beginning?
        /// The contracts of which something was read.
        var noted: Set<ContractID> = []
        /// Whether what was missing has been looked for on the ledger.
        var isSeeded = false
    }

    /// The first ledgers of a network: who still has them has forgotten nothing.
    static let firstOfNetwork: UInt32 = 2

    /// Where this book begins: decided once.
    func beginning(after place: EscrowRepository.Cursor?) async throws
        -> BookRepository.Beginning
    {
        // Whoever has it built anew forgets the place.
        if let known = memory.withLock({ $0.beginning }), place != nil { return known }
        if try await books.find(book.name) == nil {
            let (ledger, isAnnounced) = try await firstToRead(after: place)
            try await books.begin(book.name, in: ledger, isAnnounced: isAnnounced)
            if !isAnnounced, ledger > 0 {
                log.warning(
                    "A book begins at the oldest ledger that the server has",
                    ["book": .string(book.subject), "ledger": .integer(Int(ledger))])
            }
        }
        guard let beginning = try await books.find(book.name) else { throw CancellationError() }
        let noted = try await books.noted(in: book.name)
        memory.withLock { memory in
            memory = Memory(beginning: beginning)
            memory.noted = Set(
                book.contracts.filter {
                    noted.contains(SCAddress.contract($0).description)
                })
        }
        tell(beginning)
        return beginning
    }

    private func firstToRead(after place: EscrowRepository.Cursor?) async throws -> (UInt32, Bool) {
        // An older release did not say where it began.
        guard place == nil else { return (0, false) }
        if let firstLedger { return (firstLedger, true) }
        let oldest = max(1, try await rpc.health().oldestLedger)
        return (oldest, oldest <= Self.firstOfNetwork)
    }

    /// Notes with what each contract of the page begins that was not heard of before.
    func note(
        _ events: [RPCEvent], after beginning: BookRepository.Beginning,
        in transaction: DatabaseTransaction
    ) async throws {
        guard !beginning.isAnnounced, beginning.firstLedger > 0 else { return }
        let known = memory.withLock { $0.noted }
        for contract in book.contracts where !known.contains(contract) {
            let own = events.filter { $0.contract == contract && !$0.isSystem }
            guard !own.isEmpty else { continue }
            try await books.note(
                contract, in: book.name, isWhole: Self.isDeployment(own), transaction)
        }
    }

    /// Whether the first events of a contract are those of its deployment: it says who administers
    /// it, or by which settings it works, and at once who may pause it.
    static func isDeployment(_ events: [RPCEvent]) -> Bool {
        let names = events.prefix(2).map { event -> String in
            guard case .symbol(let name)? = event.topics.first else { return "" }
            return name.description
        }
        guard let first = names.first, first == "admin" || first == "settings" else { return false }
        // The page may end between the two.
        guard names.count > 1 else { return true }
        return names[1] == "guardian" && events[1].transactionHash == events[0].transactionHash
    }

    /// After a page: looks once for what the book should have and no event will tell of.
    /// - Returns: how much was found.
    func seed() async throws -> Int {
        guard let beginning = try await books.find(book.name) else { return 0 }
        let noted = Set(try await books.noted(in: book.name))
        let isDue = memory.withLock { memory in
            let isTold = memory.beginning?.truncated == beginning.truncated
            memory.beginning = beginning
            memory.noted = Set(
                book.contracts.filter { noted.contains(SCAddress.contract($0).description) })
            return beginning.truncated > 0 && (!memory.isSeeded || !isTold)
        }
        guard isDue else { return 0 }
        tell(beginning)
        log.warning(
            "A book begins in the middle of its contracts' lives: what happened before is missing",
            [
                "book": .string(book.subject),
                "ledger": .integer(Int(beginning.firstLedger)),
                "contracts": .integer(beginning.truncated),
            ])
        let count = try await book.seed(from: rpc, in: database)
        memory.withLock { $0.isSeeded = true }
        if count > 0 { try await filled(count) }
        return count
    }

    /// Reads from the ledger as it is now what an event is about and no event told of.
    /// - Throws: `Fault.unknown` if it is not there: then the book stands still.
    func fill(_ subject: String) async throws -> Int {
        guard try await book.fill(subject, from: rpc, in: database) else {
            throw Fault.unknown(subject)
        }
        log.warning(
            "What a book did not know was filled in from the ledger",
            ["book": .string(book.subject), "what": .string(subject)])
        try await filled(1)
        return 1
    }

    private func filled(_ count: Int) async throws {
        try await books.addFilled(count, to: book.name)
        metrics?.counter(
            "traqora_book_filled_total",
            "What books did not know and read from the ledger as it is.", ["book": book.subject]
        ).increment(by: count)
    }

    private func tell(_ beginning: BookRepository.Beginning) {
        metrics?.gauge(
            "traqora_book_contracts_truncated",
            "Contracts of a book of whose beginning nothing could be read.",
            ["book": book.subject]
        ).set(Double(beginning.truncated))
    }
}

extension SorobanRPC {
    /// What a call that changes nothing returns, and in which ledger.
    /// - Throws: `RPCError`, `SCValError`.
    func readNow<Value>(_ call: ContractCall<Value>) async throws -> (value: Value, ledger: UInt32)
    {
        let transaction = Transaction(
            sourceAccount: .ed25519(.zero), fee: 100, seqNum: 1, cond: .none, memo: .none,
            operations: [call.operation])
        let simulation = try await simulate(transaction)
        return (try (simulation.result ?? .void).decode(), simulation.latestLedger)
    }
}
