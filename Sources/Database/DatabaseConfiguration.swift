/// Where the database is and how patient it is.
public struct DatabaseConfiguration: Sendable, Hashable {
    /// Which engine keeps the data, and where.
    public enum Location: Sendable, Hashable {
        /// A SQLite file; it is made if there is none. Its folder must exist.
        case file(String)
        /// SQLite in memory: gone when the database is closed. For tests.
        case memory
    }

    /// Which engine, and where.
    public var location: Location
    /// How long a statement waits for another process, or for its turn in this one.
    public var busyTimeoutMillisecondsMax: Int
    /// How many connections read beside the one that writes. In memory there is only that one.
    public var readers: Int
    /// How many prepared statements a connection keeps.
    public var cachedStatementsMax: Int

    /// Settings with their defaults.
    public init(
        _ location: Location, busyTimeoutMillisecondsMax: Int = 5_000, readers: Int = 4,
        cachedStatementsMax: Int = 128
    ) {
        self.location = location
        self.busyTimeoutMillisecondsMax = busyTimeoutMillisecondsMax
        self.readers = readers
        self.cachedStatementsMax = cachedStatementsMax
    }
}
