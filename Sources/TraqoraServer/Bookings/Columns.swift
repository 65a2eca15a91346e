public import Database
import Foundation
public import Travel

/// A transaction of the database, where one of the ledger is meant by the short name.
typealias DatabaseTransaction = Transaction

extension SQLConvertible where Self: TextCodable {
    /// The text.
    public var sqlValue: SQLValue { .text(description) }

    /// `nil` for a text that is none of these.
    public init?(sqlValue: SQLValue) {
        guard case .text(let text) = sqlValue, let value = try? Self(parsing: text) else {
            return nil
        }
        self = value
    }
}

extension BookingID: SQLConvertible {}
extension RecordLocator: SQLConvertible {}
extension EscrowState: SQLConvertible {}
extension Fulfilment: SQLConvertible {}
extension BookingStatus: SQLConvertible {}
extension MailKind: SQLConvertible {}

extension Instant: SQLConvertible {
    /// Seconds since the epoch.
    public var sqlValue: SQLValue { .integer(seconds) }

    /// `nil` for what is no whole number.
    public init?(sqlValue: SQLValue) {
        guard case .integer(let seconds) = sqlValue else { return nil }
        self.init(seconds: seconds)
    }
}

extension TokenAmount: SQLConvertible {
    /// Base units.
    public var sqlValue: SQLValue { .integer(baseUnits) }

    /// `nil` for what is no whole number.
    public init?(sqlValue: SQLValue) {
        guard case .integer(let baseUnits) = sqlValue else { return nil }
        self.init(baseUnits: baseUnits)
    }
}

/// A value that is kept as JSON in one column.
struct JSONColumn<Value: Codable & Sendable>: SQLConvertible {
    var value: Value

    init(_ value: Value) { self.value = value }

    var sqlValue: SQLValue {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // What was read from JSON can be written; a value that cannot would leave no text, which
        // the column refuses.
        guard let data = try? encoder.encode(value) else { return .null }
        return .text(String(decoding: data, as: UTF8.self))
    }

    init?(sqlValue: SQLValue) {
        guard case .text(let text) = sqlValue,
            let value = try? JSONDecoder().decode(Value.self, from: Data(text.utf8))
        else { return nil }
        self.value = value
    }
}
