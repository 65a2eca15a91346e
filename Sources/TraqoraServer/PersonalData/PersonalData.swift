public import Database
public import Travel

/// What is owed to people about their data: sealing it with a new key, and erasing it.
public struct PersonalData: Sendable {
    private let repository: PersonalDataRepository
    private let bookings: BookingRepository
    private let cipher: ColumnCipher
    private let database: Database
    private let now: @Sendable () -> Instant

    /// Why a booking's data stays.
    public enum Refusal: Error, Hashable, CustomStringConvertible {
        /// There is none.
        case noBooking
        /// It was erased before.
        case alreadyErased
        /// Somebody has still to fly, to be paid or to be asked.
        case notOver(Fulfilment)

        /// What to do.
        public var description: String {
            switch self {
            case .noBooking: "there is no such booking"
            case .alreadyErased: "it has been erased"
            case .notOver(let state):
                "the booking is not over (\(state.rawValue)): wait until the trip is flown and its "
                    + "money is settled, or cancel it"
            }
        }
    }

    /// Over a database with the schema of ``Migrations/all``.
    public init(
        database: Database, keys: ColumnKeys, now: @escaping @Sendable () -> Instant,
        random: @escaping @Sendable (Int) -> [UInt8]
    ) {
        self.database = database
        self.now = now
        cipher = ColumnCipher(keys: keys, random: random)
        repository = PersonalDataRepository(database: database)
        bookings = BookingRepository(database: database, cipher: cipher)
    }

    /// Seals everything with the current key that is sealed with another, some rows at a time.
    ///
    /// A run that is stopped is continued by the next. Programs may run meanwhile, if all of them
    /// have both keys. When it returns, keys of older versions open nothing any more. Rows that
    /// cannot be opened do not stop the others.
    /// - Parameters:
    ///   - batch: how many rows are sealed in one transaction.
    ///   - progress: told how many are done, after each batch; what it throws ends the run.
    /// - Returns: how many rows were sealed anew.
    /// - Throws: ``Unopened`` when everything else is sealed anew.
    @discardableResult
    public func rotateKeys(
        batch: Int = 200, progress: (Int) throws -> Void = { _ in }
    ) async throws -> Int {
        var count = 0
        var unopened: [String] = []
        for table in SealedTable.all {
            var (last, closed, isSealing) = ("", [String](), false)
            while true {
                try Task.checkCancellation()
                let rows = try await repository.outdated(
                    in: table, current: cipher.keys.current, after: last, limit: batch)
                if let end = rows.last?.key {
                    let before = closed.count
                    count += try await sealAgain(rows, in: table, &closed)
                    isSealing = isSealing || closed.count - before < rows.count
                    last = end
                    try progress(count)
                } else if isSealing {
                    // What somebody else wrote meanwhile was passed over.
                    (last, closed, isSealing) = ("", [], false)
                } else {
                    break
                }
            }
            unopened += closed
        }
        guard unopened.isEmpty else { throw Unopened(rows: unopened) }
        return count
    }

    /// Rows that no key here opens: their older keys are still needed, or they are damaged.
    public struct Unopened: Error, Hashable, CustomStringConvertible {
        /// Table and key of each.
        public let rows: [String]

        /// What to do.
        public var description: String {
            "\(rows.count) rows cannot be opened and are as they were, so keep the older keys: "
                + rows.prefix(20).joined(separator: ", ") + (rows.count > 20 ? ", …" : "")
        }
    }

    /// How many rows wait for ``rotateKeys(batch:progress:)``.
    public func outdatedRows() async throws -> Int {
        var count = 0
        for table in SealedTable.all {
            count += try await repository.outdatedCount(in: table, current: cipher.keys.current)
        }
        return count
    }

    /// Erases the personal data of a booking that is over. Amounts and what the ledger tells
    /// everyone stay.
    /// - Throws: ``Refusal``.
    public func erase(_ id: BookingID) async throws {
        let time = now()
        let (bookings, repository) = (bookings, repository)
        try await database.transaction { transaction in
            guard let row = try await bookings.find(id, in: transaction) else {
                throw Refusal.noBooking
            }
            guard row.isOver(at: time) else { throw Refusal.notOver(row.booking.fulfilment) }
            guard try await repository.erase(id, now: time, in: transaction) else {
                throw Refusal.alreadyErased
            }
        }
    }

    private func sealAgain(
        _ rows: [PersonalDataRepository.SealedRow], in table: SealedTable,
        _ unopened: inout [String]
    ) async throws -> Int {
        var sealed: [(row: PersonalDataRepository.SealedRow, values: [[UInt8]?])] = []
        for row in rows {
            do {
                let values = try zip(table.columns, row.values).map { column, value in
                    try value.map { try cipher.sealAgain($0, for: table.place(column, row.key)) }
                }
                sealed.append((row, values))
            } catch is ColumnCipher.Fault {
                unopened.append("\(table.name) \(row.key)")
            }
        }
        let anew = sealed
        return try await database.transaction { transaction in
            var count = 0
            for (row, values) in anew {
                // Somebody else wrote it meanwhile: it is found again.
                let isReplaced = try await repository.replace(
                    row, with: values, current: cipher.keys.current, in: table, transaction)
                if isReplaced { count += 1 }
            }
            return count
        }
    }
}

extension EscrowRow {
    /// Whether the money is where it belongs, or anyone may send it there and nobody can object.
    fileprivate func isSettled(at now: Instant) -> Bool {
        state.isFinal || state == .ticketed && staleAt <= now
    }
}

extension BookingRow {
    /// Whether nobody has anything to do or to get any more.
    func isOver(at now: Instant) -> Bool {
        switch booking.fulfilment {
        case .released, .refunded, .cancelled: true
        case .ticketed, .changed:
            booking.offer.itinerary.arrives.instant < now && (escrow?.isSettled(at: now) ?? true)
        case .held, .ordering, .uncertain, .ordered, .declined, .refused: false
        }
    }
}
