internal import CSQLite

/// An open connection, closed when it is let go.
// Safe: its actor alone uses the pointer, but for `interrupt`, which SQLite allows any thread while
// the connection is open; the actor waits for that before it goes on.
final class SQLiteHandle: @unchecked Sendable {
    let pointer: OpaquePointer
    /// When the statement that runs has taken too long; the clock is the monotonic one.
    private var deadline = ContinuousClock.now
    private var isOverdue = false

    init(path: String, busyTimeoutMilliseconds: Int) throws(DatabaseError) {
        var opened: OpaquePointer?
        let flags =
            SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX
            | SQLITE_OPEN_EXRESCODE | SQLITE_OPEN_PRIVATECACHE
        let status = sqlite3_open_v2(path, &opened, flags, nil)
        guard let opened else { throw DatabaseError(.cannotOpen, "out of memory") }
        guard status == SQLITE_OK else {
            let message = String(cString: sqlite3_errmsg(opened))
            sqlite3_close_v2(opened)
            throw DatabaseError(.cannotOpen, "\(path): \(message)")
        }
        pointer = opened
        sqlite3_busy_timeout(opened, Int32(clamping: busyTimeoutMilliseconds))
    }

    deinit {
        sqlite3_close_v2(pointer)
    }

    /// Stops the statement that runs.
    func interrupt() {
        sqlite3_interrupt(pointer)
    }

    /// From now on a statement may take that long; `nil` is without limit.
    func limit(milliseconds: Int?) {
        isOverdue = false
        guard let milliseconds else {
            return sqlite3_progress_handler(pointer, 0, nil, nil)
        }
        deadline = ContinuousClock.now + .milliseconds(milliseconds)
        let steps: Int32 = 10_000
        sqlite3_progress_handler(
            pointer, steps,
            { context in
                guard let context else { return 0 }
                return Unmanaged<SQLiteHandle>.fromOpaque(context).takeUnretainedValue().check()
            }, Unmanaged.passUnretained(self).toOpaque())
    }

    private func check() -> Int32 {
        isOverdue = ContinuousClock.now >= deadline
        return isOverdue ? 1 : 0
    }

    /// The error of the last call on this connection.
    func error(_ status: Int32, sql: String?) -> DatabaseError {
        if status & 0xff == SQLITE_INTERRUPT, isOverdue {
            return DatabaseError(.timeout, "the statement took too long", sql: sql)
        }
        return DatabaseError(
            Self.code(of: status), String(cString: sqlite3_errmsg(pointer)), sql: sql)
    }

    private static func code(of status: Int32) -> DatabaseError.Code {
        let extended: [Int32: DatabaseError.Code] = [
            SQLITE_CONSTRAINT | 8 << 8: .unique, SQLITE_CONSTRAINT | 6 << 8: .unique,
            SQLITE_CONSTRAINT | 10 << 8: .unique, SQLITE_CONSTRAINT | 3 << 8: .foreignKey,
            SQLITE_CONSTRAINT | 5 << 8: .notNull,
        ]
        if let code = extended[status] { return code }
        return switch status & 0xff {
        case SQLITE_BUSY, SQLITE_LOCKED: .busy
        case SQLITE_INTERRUPT: .cancelled
        case SQLITE_CONSTRAINT: .check
        case SQLITE_FULL: .full
        case SQLITE_READONLY, SQLITE_PERM, SQLITE_AUTH: .readOnly
        case SQLITE_CORRUPT, SQLITE_NOTADB: .corrupt
        case SQLITE_IOERR: .inputOutput
        case SQLITE_CANTOPEN: .cannotOpen
        case SQLITE_ERROR, SQLITE_RANGE, SQLITE_MISUSE, SQLITE_TOOBIG: .statement
        default: .other
        }
    }
}
