/// Where the database is and how patient it is.
public struct DatabaseConfiguration: Sendable, Hashable {
    /// Which engine keeps the data, and where.
    public enum Location: Sendable, Hashable {
        /// A SQLite file; it is made if there is none. Its folder must exist.
        case file(String)
        /// SQLite in memory: gone when the database is closed. For tests.
        case memory
        /// A PostgreSQL server.
        case server(ServerURL)

        /// Reads `sqlite:PATH`, `sqlite::memory:` or `postgres://…`.
        /// - Throws: ``DatabaseError/Code/cannotOpen``.
        public init(url text: String) throws(DatabaseError) {
            if text.hasPrefix("sqlite:"), text.utf8.count > 7 {
                let path = String(text.dropFirst(7))
                self = path == ":memory:" ? .memory : .file(path)
            } else if text.hasPrefix("postgres") {
                self = .server(try ServerURL(text))
            } else {
                throw DatabaseError(
                    .cannotOpen, "a database is sqlite:PATH or postgres://USER@HOST/NAME")
            }
        }
    }

    /// Which engine, and where.
    public var location: Location
    /// How long a statement waits for another process, or for its turn in this one.
    public var busyTimeoutMillisecondsMax: Int
    /// SQLite: how many connections read beside the one that writes. In memory there is only that
    /// one.
    public var readers: Int
    /// PostgreSQL: how many connections this process uses at most.
    public var connectionsMax: Int
    /// How long one statement may take.
    public var statementTimeoutMillisecondsMax: Int
    /// How many prepared statements a connection keeps.
    public var cachedStatementsMax: Int

    /// Settings with their defaults.
    public init(
        _ location: Location, busyTimeoutMillisecondsMax: Int = 5_000, readers: Int = 4,
        connectionsMax: Int = 10, statementTimeoutMillisecondsMax: Int = 30_000,
        cachedStatementsMax: Int = 128
    ) {
        self.location = location
        self.busyTimeoutMillisecondsMax = busyTimeoutMillisecondsMax
        self.readers = readers
        self.connectionsMax = connectionsMax
        self.statementTimeoutMillisecondsMax = statementTimeoutMillisecondsMax
        self.cachedStatementsMax = cachedStatementsMax
    }
}
