/// A value as an engine stores it.
public enum SQLValue: Sendable, Hashable {
    case null
    case bool(Bool)
    case integer(Int64)
    case real(Double)
    case text(String)
    case blob([UInt8])

    /// Whether every engine can keep it.
    /// - Throws: ``DatabaseError/Code/value``.
    func check(sql: String) throws(DatabaseError) {
        switch self {
        case .real(let value) where !value.isFinite:
            throw DatabaseError(.value, "a real must be a finite number", sql: sql)
        case .text(let text) where text.utf8.contains(0):
            throw DatabaseError(.value, "text must not contain a NUL", sql: sql)
        case .null, .bool, .integer, .real, .text, .blob: break
        }
    }
}

/// What can be bound to a statement and read from a column.
public protocol SQLConvertible: Sendable {
    /// The value to bind.
    var sqlValue: SQLValue { get }

    /// The value of a column, `nil` if it cannot be one of these.
    init?(sqlValue: SQLValue)
}

extension SQLConvertible where Self: RawRepresentable, RawValue: SQLConvertible {
    /// The raw value's.
    public var sqlValue: SQLValue { rawValue.sqlValue }

    /// `nil` for a raw value that is no case.
    public init?(sqlValue: SQLValue) {
        guard let raw = RawValue(sqlValue: sqlValue) else { return nil }
        self.init(rawValue: raw)
    }
}

extension Optional: SQLConvertible where Wrapped: SQLConvertible {
    /// `NULL` for `nil`.
    public var sqlValue: SQLValue { self?.sqlValue ?? .null }

    /// `NULL` is `nil`; what is not `NULL` must be a `Wrapped`.
    public init?(sqlValue: SQLValue) {
        if sqlValue == .null {
            self = .none
        } else {
            guard let wrapped = Wrapped(sqlValue: sqlValue) else { return nil }
            self = wrapped
        }
    }
}

extension Bool: SQLConvertible {
    /// The value to bind.
    public var sqlValue: SQLValue { .bool(self) }

    /// SQLite has no type of its own for it: 0 and 1 are taken, nothing else.
    public init?(sqlValue: SQLValue) {
        switch sqlValue {
        case .bool(let value): self = value
        case .integer(0): self = false
        case .integer(1): self = true
        default: return nil
        }
    }
}

extension Int64: SQLConvertible {
    /// The value to bind.
    public var sqlValue: SQLValue { .integer(self) }

    /// `nil` for a value of another type, or out of range.
    public init?(sqlValue: SQLValue) {
        guard case .integer(let value) = sqlValue else { return nil }
        self = value
    }
}

extension Int: SQLConvertible {
    /// The value to bind.
    public var sqlValue: SQLValue { .integer(Int64(self)) }

    /// `nil` for a value of another type, or out of range.
    public init?(sqlValue: SQLValue) {
        guard case .integer(let value) = sqlValue else { return nil }
        self.init(exactly: value)
    }
}

extension Int32: SQLConvertible {
    /// The value to bind.
    public var sqlValue: SQLValue { .integer(Int64(self)) }

    /// `nil` for a value of another type, or out of range.
    public init?(sqlValue: SQLValue) {
        guard case .integer(let value) = sqlValue else { return nil }
        self.init(exactly: value)
    }
}

extension UInt32: SQLConvertible {
    /// The value to bind.
    public var sqlValue: SQLValue { .integer(Int64(self)) }

    /// `nil` for a value of another type, or out of range.
    public init?(sqlValue: SQLValue) {
        guard case .integer(let value) = sqlValue else { return nil }
        self.init(exactly: value)
    }
}

extension Double: SQLConvertible {
    /// The value to bind.
    public var sqlValue: SQLValue { .real(self) }

    /// `nil` for a value of another type, or out of range.
    public init?(sqlValue: SQLValue) {
        guard case .real(let value) = sqlValue else { return nil }
        self = value
    }
}

extension String: SQLConvertible {
    /// The value to bind.
    public var sqlValue: SQLValue { .text(self) }

    /// `nil` for a value of another type, or out of range.
    public init?(sqlValue: SQLValue) {
        guard case .text(let value) = sqlValue else { return nil }
        self = value
    }
}

extension [UInt8]: SQLConvertible {
    /// The value to bind.
    public var sqlValue: SQLValue { .blob(self) }

    /// `nil` for a value of another type, or out of range.
    public init?(sqlValue: SQLValue) {
        guard case .blob(let value) = sqlValue else { return nil }
        self = value
    }
}
