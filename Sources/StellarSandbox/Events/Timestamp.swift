extension UInt64 {
    /// Seconds since 1970 as RFC 3339 writes them, in UTC. Thousands of events bear one.
    var timestamp: String {
        let (day, second) = quotientAndRemainder(dividingBy: 86_400)
        // Days since 1 March of the year 0, so that a leap day ends its year.
        let days = Swift.min(day, 2_932_896) + 719_468
        let (era, dayOfEra) = days.quotientAndRemainder(dividingBy: 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        let date = [
            Self.digits(year, 4), Self.digits(month, 2),
            Self.digits(dayOfYear - (153 * monthFromMarch + 2) / 5 + 1, 2),
        ].joined(separator: "-")
        let time = [second / 3_600, second / 60 % 60, second % 60]
            .map { Self.digits($0, 2) }.joined(separator: ":")
        return "\(date)T\(time)Z"
    }

    private static func digits(_ number: UInt64, _ count: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: Swift.max(0, count - text.utf8.count)) + text
    }
}
