import Foundation
import Testing

@testable import StellarSandbox

struct TimestampTests {
    /// `Sun, 06 Nov 1994 08:49:37 GMT`
    private static let httpDate = Date.VerbatimFormatStyle(
        format: """
            \(weekday: .abbreviated), \(day: .twoDigits) \(month: .abbreviated) \
            \(year: .padded(4)) \(hour: .twoDigits(clock: .twentyFourHour, hourCycle: .zeroBased)):\
            \(minute: .twoDigits):\(second: .twoDigits) GMT
            """,
        locale: Locale(identifier: "en_US_POSIX"), timeZone: .gmt,
        calendar: Calendar(identifier: .gregorian))

    @Test func `times are written as everybody writes them`() {
        var random = SplitMix(state: 3)
        let edges: [UInt64] = [
            0, 951_782_399, 951_782_400, 1_709_251_199, 4_107_542_399, 253_402_300_799,
        ]
        let others = (0..<2_000).map { _ in UInt64.random(in: 0...253_402_300_799, using: &random) }
        for seconds in edges + others {
            let expected = Date(timeIntervalSince1970: Double(seconds)).formatted(.iso8601)
            #expect(seconds.timestamp == expected)
            let date = Date(timeIntervalSince1970: Double(seconds))
            #expect(seconds.httpDate == date.formatted(Self.httpDate))
        }
    }
}
