extension UInt64 {
    /// Seconds since 1970 as RFC 3339 writes them, in UTC. Thousands of events bear one.
    var timestamp: String {
        let (date, time) = (CivilDate(seconds: self), timeOfDay)
        return
            "\(Self.digits(date.year, 4))-\(Self.digits(date.month, 2))-\(Self.digits(date.day, 2))"
            + "T\(time)Z"
    }

    /// Seconds since 1970 as HTTP writes them (RFC 9110, section 5.6.7).
    var httpDate: String {
        let date = CivilDate(seconds: self)
        let weekdays = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
        let months = [
            "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
        ]
        return "\(weekdays[Int(self / 86_400 % 7)]), \(Self.digits(date.day, 2)) "
            + "\(months[Int(date.month - 1)]) \(Self.digits(date.year, 4)) \(timeOfDay) GMT"
    }

    private var timeOfDay: String {
        let second = self % 86_400
        return [second / 3_600, second / 60 % 60, second % 60]
            .map { Self.digits($0, 2) }.joined(separator: ":")
    }

    private static func digits(_ number: UInt64, _ count: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: Swift.max(0, count - text.utf8.count)) + text
    }
}

/// A day of the Gregorian calendar, up to the year 9999.
private struct CivilDate {
    let year, month, day: UInt64

    init(seconds: UInt64) {
        // Days since 1 March of the year 0, so that a leap day ends its year.
        let days = Swift.min(seconds / 86_400, 2_932_896) + 719_468
        let (era, dayOfEra) = days.quotientAndRemainder(dividingBy: 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }
}
