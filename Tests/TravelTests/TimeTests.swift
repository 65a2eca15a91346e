import Testing
import Travel

@Suite struct TimeTests {
    @Test(arguments: [
        ("1970-01-01", 0), ("2000-02-29", 11_016), ("2026-12-24", 20_811), ("1969-12-31", -1),
        ("2199-12-31", 84_005), ("1900-01-01", -25_567),
    ])
    func `a date is its number of days`(text: String, days: Int) throws {
        let date = try LocalDate(parsing: text)
        #expect(date.daysSinceEpoch == days)
        #expect(LocalDate(daysSinceEpoch: days) == date)
        #expect(date.description == text)
    }

    @Test func `every day of a century comes back from its number`() {
        for days in -25_567...84_005 {
            let date = LocalDate(daysSinceEpoch: days)
            #expect(date.daysSinceEpoch == days)
            #expect(LocalDate(year: date.year, month: date.month, day: date.day) == date)
        }
    }

    @Test(arguments: [
        "2026-02-29", "2026-13-01", "2026-1-01", "2026-01-00", "20260101", "", "2026-01-01T",
        "２０２６-01-01", "1899-12-31", "-026-01-01", "2026-04-31", "2100-02-29",
    ])
    func `what is no date is refused`(text: String) {
        #expect(throws: TravelError.malformedDate(text)) { try LocalDate(parsing: text) }
    }

    @Test(arguments: [
        ("2026-12-24T18:30:00Z", 1_798_137_000), ("1970-01-01T00:00:00Z", 0),
        ("1969-12-31T23:59:59Z", -1),
    ])
    func `an instant is written in UTC`(text: String, seconds: Int64) throws {
        #expect(try Instant(parsing: text).seconds == seconds)
        #expect(Instant(seconds: seconds).description == text)
    }

    @Test(arguments: [
        "2026-12-24T18:30:00", "2026-12-24T24:00:00Z", "2026-12-24 18:30:00Z", "", "Z",
        "2026-12-24T18:60:00Z", "2026-12-24T18:30:00+",
    ])
    func `what is no instant is refused`(text: String) {
        #expect(throws: TravelError.self) { try Instant(parsing: text) }
    }

    @Test(arguments: [
        // A plain day, the hour that spring skips, the hour that autumn shows twice, and a zone
        // that is half an hour off.
        ("2026-07-01T12:00:00", "Europe/London", "2026-07-01T11:00:00Z", "2026-07-01T12:00:00"),
        ("2026-03-29T01:30:00", "Europe/London", "2026-03-29T01:30:00Z", "2026-03-29T02:30:00"),
        ("2026-10-25T01:30:00", "Europe/London", "2026-10-25T00:30:00Z", "2026-10-25T01:30:00"),
        ("2026-12-24T18:30:00", "Asia/Kolkata", "2026-12-24T13:00:00Z", "2026-12-24T18:30:00"),
        ("2026-11-01T01:30:00", "America/New_York", "2026-11-01T05:30:00Z", "2026-11-01T01:30:00"),
    ])
    func `a time on a wall is an instant`(
        local: String, zone: String, instant: String, shown: String
    ) throws {
        let time = try ZonedTime(local: LocalTime(parsing: local), in: zone)
        #expect(time.instant.description == instant)
        #expect(time.local.description == shown)
        #expect(try ZonedTime(time.instant, in: zone) == time)
    }

    @Test(arguments: ["Mars/Olympus", "", "EST5", "+02:00"])
    func `an unknown zone is refused`(zone: String) {
        #expect(throws: TravelError.unknownTimeZone(zone)) {
            try ZonedTime(Instant(seconds: 0), in: zone)
        }
    }

    @Test(arguments: [
        ("2000-02-29", "2026-02-28", 25), ("2000-02-29", "2026-03-01", 26),
        ("2024-12-25", "2026-12-24", 1), ("2024-12-24", "2026-12-24", 2),
    ])
    func `an age changes on the birthday`(born: String, day: String, age: Int) throws {
        #expect(try LocalDate(parsing: born).years(until: LocalDate(parsing: day)) == age)
    }
}
