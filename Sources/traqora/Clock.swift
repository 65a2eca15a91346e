import Foundation
import Travel

/// The clock on the wall: the one place where the program reads it.
enum Clock {
    /// Now, to the second.
    static let now: @Sendable () -> Instant = { Instant(seconds: Int64(seconds())) }

    /// Seconds since 1970, with their fraction.
    static let seconds: @Sendable () -> Double = { Date().timeIntervalSince1970 }
}
