import Database
import Stellar
import Travel

/// The books of the ledger, for whoever runs the service.
extension TraqoraServer {
    /// How far a book is, and what it lacks.
    public struct BookState: Sendable, Hashable {
        /// What it is about: `money`, `airlines`.
        public var subject: String
        /// The first ledger that was read; `nil` before the first time, 0 for a book that an older
        /// release began.
        public var firstLedger: UInt32?
        /// The last one.
        public var lastLedger: UInt32?
        /// What is missing, in words; `nil` if nothing is known to be.
        public var gap: String?
    }

    /// Why a book cannot be read by this program.
    public enum BookFault: Error, Hashable, CustomStringConvertible {
        /// There is none about that.
        case unknown(String, known: [String])
        /// Another process reads it.
        case busy(String)

        /// What to do.
        public var description: String {
            switch self {
            case .unknown(let subject, let known):
                "there is no book “\(subject)”: use one of \(known.joined(separator: ", "))"
            case .busy(let subject):
                "another process reads the book “\(subject)”: stop the service, then try again"
            }
        }
    }

    private func readers(_ subject: String?) throws(BookFault) -> [Indexer] {
        let all = [parts.indexer] + parts.otherReaders
        guard let subject else { return all }
        let chosen = all.filter { $0.book.subject == subject }
        guard !chosen.isEmpty else {
            throw .unknown(subject, known: all.map(\.book.subject))
        }
        return chosen
    }

    /// All books, that of the money first.
    public func books() async throws -> [BookState] {
        var states: [BookState] = []
        for reader in try readers(nil) {
            let beginning = try await reader.books.find(reader.book.name)
            states.append(
                BookState(
                    subject: reader.book.subject, firstLedger: beginning?.firstLedger,
                    lastLedger: try await parts.escrows.cursor(of: reader.book.name)?.ledger,
                    gap: beginning?.gap(among: reader.book.contracts.count)))
        }
        return states
    }

    /// Forgets what was read, to read it again: whoever reads now goes on from the first ledger.
    /// - Parameters:
    ///   - subject: of which book; `nil` for all.
    ///   - ledger: the first to be read; `nil` for the one of the configuration, or the oldest that
    ///     the network's server has.
    ///   - isAlone: whether nobody else may be reading, as before ``readBooks(_:progress:)``; then
    ///     nothing is forgotten while somebody is.
    /// - Throws: ``BookFault``.
    public func rebuild(
        _ subject: String? = nil, from ledger: UInt32? = nil, isAlone: Bool = false
    ) async throws {
        let escrows = parts.escrows
        for reader in try readers(subject) where isAlone {
            guard try await reader.isMine() else { throw BookFault.busy(reader.book.subject) }
        }
        for reader in try readers(subject) {
            try await escrows.database.transaction { transaction in
                try await reader.book.clear(in: transaction)
                try await escrows.forgetCursor(of: reader.book.name, in: transaction)
                try await reader.books.forget(reader.book.name, from: ledger, transaction)
            }
        }
    }

    /// Reads books up to the newest ledger, here and now: with another server than the service's,
    /// whose memory is longer.
    /// - Parameter progress: told the subject and the ledger reached, after each page.
    /// - Throws: ``BookFault``.
    public func readBooks(
        _ subject: String? = nil, progress: (String, UInt32) -> Void = { _, _ in }
    ) async throws {
        for reader in try readers(subject) {
            guard try await reader.isMine() else { throw BookFault.busy(reader.book.subject) }
            let newest = try await reader.rpc.latestLedger().sequence
            var ledger: UInt32 = 0
            while ledger < newest {
                try Task.checkCancellation()
                guard try await reader.isMine() else { throw BookFault.busy(reader.book.subject) }
                _ = try await reader.run()
                ledger = try await parts.escrows.cursor(of: reader.book.name)?.ledger ?? 0
                progress(reader.book.subject, ledger)
            }
            try await reader.end()
        }
    }
}
