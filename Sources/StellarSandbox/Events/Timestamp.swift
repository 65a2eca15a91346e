internal import Foundation

extension UInt64 {
    /// Seconds since 1970 as RFC 3339 writes them, in UTC.
    var timestamp: String {
        Date(timeIntervalSince1970: Double(self)).formatted(.iso8601)
    }
}
